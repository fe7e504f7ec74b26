/** The conversation: what was said so far, the turn in hand, and how far the employee is. */

import { ApiError, ignoreUnreached } from "../api.js";
import { fill, h } from "../dom.js";
import { newTurnId } from "../events.js";
import { t } from "../languages.js";
import { bubble } from "./bubble.js";
import { Cards } from "./cards.js";
import { Composer } from "./composer.js";
import { Log } from "./log.js";
import { Places } from "./places.js";
import { railItems } from "./rail.js";
import { SourcesPanel } from "./sources.js";
import { TurnView, said } from "./turn.js";
import { Understood } from "./understood.js";

const MESSAGES_SHOWN = 40;
/** Messages that a turn leaves, and some more. */
const MOST_OF_A_TURN = 4;
const MOVED_ELSEWHERE = ["PHASE_MISMATCH", "TURN_IN_PROGRESS", "SESSION_COMPLETED", "UNKNOWN_PROPOSAL", "NOTHING_TO_CONFIRM", "NOTHING_TO_KEEP"];

/**
 * @param {import("./main.js").App} app
 * @param {AbortSignal} signal
 */
export async function conversationScreen(app, signal) {
  const conversation = new Conversation(app, signal);
  await conversation.open();
  return conversation.element;
}

export class Conversation {
  /**
   * @param {import("./main.js").App} app
   * @param {AbortSignal} signal
   */
  constructor(app, signal) {
    this.app = app;
    this.signal = signal;
    this.session = /** @type {import("./session.js").Session} */ (app.session);
    this.log = new Log(signal);
    this.places = new Places(this.log);
    this.sources = new SourcesPanel();
    this.understood = new Understood(this.session, {
      show: (fact) => this.#showPlace(fact),
      writeAnew: () => this.#writeAnew(),
      busy: () => this.busy,
      opens: () => this.sources.close(),
    });
    this.cards = new Cards(app, {
      refine: (asking, body) => this.#refineCard(asking, body),
      sourcesButton: (sources) => this.sources.button(sources),
      busy: () => this.busy,
      tellBusy: () => this.#tellBusy(),
      stay: () => {
        this.log.pinned = false;
      },
    });
    /** @type {TurnView | null} the turn that runs */
    this.running = null;
    this.turnId = "";
    /** Whether the turn that runs has told something, and whether it is to be stopped. */
    this.heard = false;
    this.stopping = false;
    this.total = 0;
    /** Whether events are shown that are over already, all at once. */
    this.replaying = false;
    this.step = "collect";
    /** What else is to be shown anew when a turn is over. */
    this.onfinished = () => {};
    this.connection = h("p", { class: "connection small", role: "status" });
    this.rail = h("ol", { class: "rail" });
    this.composer = new Composer(this);
    app.leaving = async () => this.#mayLeave();
    this.element = h(
      "div",
      { class: "talk" },
      h("h1", { class: "unseen", tabindex: "-1" }, t("Conversation")),
      h("nav", { class: "progress", "aria-label": t("Progress") }, this.rail),
      h("section", { class: "conversation", "aria-label": t("Talk with the coach") }, this.log.element, h("div", { class: "row apart foot" }, this.connection, this.understood.button), this.composer.element),
      h("div", { class: "beside" }, this.sources.element, this.understood.element),
    );
  }

  /** What is being edited would be lost; what stands in the composer is kept. */
  #mayLeave() {
    const { editing } = this.cards;
    if (editing) fill(this.connection, t("A goal is being edited. Save it or cancel, then change the language."));
    else if (this.understood.editor) fill(this.connection, t("What I understood is being edited. Save it or cancel, then change the language."));
    return !editing && !this.understood.editor;
  }

  get phase() {
    return this.session.state.phase;
  }

  get busy() {
    return this.running !== null;
  }

  /** Show what was said before, then follow the turn that runs, if one does. */
  async open() {
    const [{ messages, total }] = await Promise.all([this.session.call("GET", `/messages?limit=${MESSAGES_SHOWN}`), this.session.readGoals(), this.understood.read()]);
    const name = this.session.state.name;
    const [first] = this.app.tenant.phases;
    const welcome = name ? t("Hi {name}! Let's start by looking ahead.", { name }) : t("Welcome! Let's start by looking ahead.");
    this.log.entries.append(bubble("coach", `${welcome}\n\n${first.question}`));
    this.total = total;
    this.composer.forget(messages.findLast((/** @type {any} */ message) => message.role === "user")?.content);
    addEventListener("focus", () => this.#lookAround().catch(ignoreUnreached), { signal: this.signal });
    if (total > messages.length) this.log.entries.append(h("p", { class: "soft small" }, t("Earlier messages are kept, but not shown here.")));
    await this.#replay(messages);
    this.#render();
    const running = this.session.state.running_turn_id;
    if (running) this.#run(new TurnView(this, said(messages, running)), running, null);
  }

  /**
   * Say something.
   * @param {string} message
   */
  say(message) {
    return this.#run(new TurnView(this, message), newTurnId(), { phase: this.phase, message, step: "collect" });
  }

  /** Refine what was said so far. What stands in the composer is said first. */
  async refine() {
    const message = this.composer.take();
    if (message) {
      await this.say(message);
      if (this.#last?.outcome !== "done" || this.#last.card) return;
    }
    await this.#writeAnew();
  }

  #writeAnew() {
    return this.#run(new TurnView(this, ""), newTurnId(), { phase: this.phase, message: "", step: "refine" });
  }

  /** Stop the turn that runs; one that the server doesn't know yet as soon as it does. */
  async stop() {
    this.stopping = true;
    if (this.heard) await this.#sendStop();
  }

  async #sendStop() {
    try {
      await this.session.call("DELETE", `/turns/${this.turnId}`);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      fill(this.connection, error.message);
    }
  }

  /**
   * What tries a turn again that came to nothing; nothing for one of long ago.
   * @param {TurnView} view
   */
  againFor(view) {
    const body = this.#bodies.get(view);
    if (!body) return null;
    return () => {
      this.composer.area.focus();
      return this.#run(new TurnView(this, "", view.edited), newTurnId(), body);
    };
  }

  /**
   * The step that the turn in hand is at.
   * @param {string} phase
   * @param {string} step
   */
  stepIs(phase, step) {
    if (phase !== this.phase || this.replaying) return;
    this.step = step === "transition" ? "collect" : step;
    this.#renderRail();
  }

  /**
   * What was said so far, as the coach understood it.
   * @param {import("../types.d.ts").Understood} understood
   */
  learned({ facts }) {
    if (!this.replaying) this.understood.replace(facts);
  }

  /** @param {import("../types.d.ts").Fact} fact */
  #showPlace(fact) {
    if (!this.places.show(fact)) fill(this.connection, t("You said that longer ago than what is shown here."));
  }

  /**
   * The session moved.
   * @param {import("../types.d.ts").Transition} to
   */
  moved({ to, completion_percentage }) {
    if (this.replaying) return;
    Object.assign(this.session.state, { phase: to.phase, step: to.step, completion_percentage });
  }

  /**
   * @param {import("./goal_card.js").GoalCard} card
   * @param {{message?: string, strike?: string[], confirm?: boolean, keep?: boolean}} body
   */
  async #refineCard(card, body) {
    if (this.busy) return this.#tellBusy();
    const view = new TurnView(this, "", card);
    await this.#run(view, newTurnId(), { phase: card.phase, step: "refine", message: "", ...body });
    if (view.outcome === "done" && body.strike) await card.settle();
    return undefined;
  }

  /** The server has the turn. */
  #taken() {
    this.heard = true;
    this.composer.taken();
    if (this.stopping) void this.#sendStop();
  }

  #tellBusy() {
    fill(this.connection, t("The coach is at work. Wait until it is done, then try again."));
  }

  /** @type {HTMLElement | null} the newest offer to try a turn again */
  offer = null;
  /** @type {TurnView | null} */
  #last = null;
  /** @type {Map<TurnView, import("../events.js").TurnBody>} */
  #bodies = new Map();

  /**
   * Run or follow a turn and show its events.
   * @param {TurnView} view
   * @param {string} turnId
   * @param {import("../events.js").TurnBody | null} body null follows a turn that runs already
   */
  async #run(view, turnId, body) {
    this.running = view;
    this.#last = view;
    this.turnId = turnId;
    this.stopping = false;
    this.heard = false;
    if (body) this.#bodies.set(view, body);
    this.offer?.remove();
    this.log.entries.append(view.element);
    this.places.add(view);
    this.places.unmark();
    this.log.busy = true;
    this.#render();
    this.log.pinned = true;
    try {
      const events = this.session.turn(turnId, body, { signal: this.signal, onConnection: (connected) => this.#connected(connected) });
      for await (const event of events) {
        if (!this.heard) this.#taken();
        view.show(/** @type {any} */ (event));
      }
    } catch (error) {
      if (error instanceof ApiError && MOVED_ELSEWHERE.includes(error.code)) return this.#showAnew(body?.message ?? "");
      view.fail(error);
    }
    if (!this.signal.aborted) await this.#finished(view);
    return undefined;
  }

  /**
   * Another window or tab went on with this session: show it as it stands, with what was written here and not sent.
   * @param {string} message
   */
  async #showAnew(message) {
    this.composer.giveBack(message);
    await this.session.refresh();
    const kept = message ? [t("What you wrote was not sent; it stands below.")] : [];
    await this.app.show("conversation", [t("This conversation went on elsewhere. Here is how it stands now."), ...kept].join(" "));
  }

  /** Look whether another window or tab went on with this session. */
  async #lookAround() {
    if (this.busy || document.hidden || this.cards.editing || this.understood.editor) return;
    const { phase, step, running_turn_id: turn, last_score: score } = this.session.state;
    const before = [phase, step, turn, score, this.total].join();
    const [now, { total }] = await Promise.all([this.session.call("GET", ""), this.session.call("GET", "/messages?limit=1")]);
    if (this.busy || this.signal.aborted || before === [now.phase, now.step, now.running_turn_id, now.last_score, total].join()) return;
    this.session.state = now;
    await this.app.show("conversation");
  }

  /** @param {TurnView} view of the turn that is over */
  async #finished(view) {
    this.running = null;
    this.log.busy = false;
    this.step = "collect";
    try {
      const [, , { messages, total }] = await Promise.all([this.session.refresh(), this.session.readGoals(), this.session.call("GET", `/messages?limit=${MOST_OF_A_TURN}`)]);
      this.total = total;
      this.#named(view, messages.filter((/** @type {any} */ row) => row.turn_id === this.turnId));
      if (view.outcome !== "done") await this.understood.read();
      this.#askAgain();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      fill(this.connection, error.message);
    }
    if (view.wrote) this.understood.written();
    const goal = view.card && this.session.goal(view.card.phase);
    if (view.card?.saved && goal) view.card.showGoal(goal);
    this.#render();
    this.onfinished();
  }

  /**
   * The messages of a turn are known.
   * @param {TurnView} view
   * @param {import("../types.d.ts").HistoryMessage[]} rows
   */
  #named(view, rows) {
    for (const row of rows.filter(({ role, step }) => role === "user" && step === "collect")) {
      const shown = this.places.know(row.id, view);
      if (row.withheld) shown?.keepPrivate(() => this.#erase(shown, row.id));
    }
  }

  /**
   * @param {TurnView} view
   * @param {string} messageId
   */
  async #erase(view, messageId) {
    try {
      const { erased } = await this.session.call("DELETE", `/messages/${messageId}`);
      this.total -= erased.messages;
      this.places.forget(view);
      view.erased();
      this.composer.area.focus();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      fill(this.connection, error.message);
    }
  }

  /**
   * Show turns that are over, from what the server kept of them.
   * @param {any[]} messages
   */
  async #replay(messages) {
    const turns = [...new Set(messages.map((message) => message.turn_id))].filter((id) => id !== this.session.state.running_turn_id);
    const kept = await Promise.all(turns.map((id) => this.#events(id)));
    this.replaying = true;
    turns.forEach((id, index) => this.#show(kept[index], messages.filter((message) => message.turn_id === id), id === turns.at(-1)));
    this.replaying = false;
    for (const [phase, card] of this.cards.all) {
      const goal = this.session.goal(phase);
      if (goal) card.showGoal(goal);
    }
    this.#askAgain();
  }

  /** A goal waits for the employee's word: whatever else happened, the question stands. */
  #askAgain() {
    const { awaiting_confirmation, draft } = this.session.state;
    if (!awaiting_confirmation || !draft || this.cards.waiting(this.phase)) return;
    this.cards.ask(this.phase, { content: draft.text, proposals: draft.proposals }, this.cards.all.get(this.phase) ?? null, this.log.entries);
  }

  /**
   * @param {import("../events.js").ServerEvent[]} events
   * @param {any[]} rows
   * @param {boolean} last whether it is the newest turn, which may be tried again
   */
  #show(events, rows, last) {
    const [row] = rows;
    const spoken = row.role === "user" ? row.content : "";
    const collects = row.step === "collect";
    const view = new TurnView(this, collects ? spoken : "", collects ? null : (this.cards.all.get(row.phase) ?? null));
    if (last && spoken) this.#bodies.set(view, { phase: row.phase, step: row.step, message: spoken });
    this.log.entries.append(view.element);
    this.places.add(view);
    this.#named(view, rows);
    for (const event of events) view.show(/** @type {any} */ (event));
    this.#last = view;
  }

  /** @param {string} turnId */
  async #events(turnId) {
    const events = [];
    for await (const event of this.session.turn(turnId, null, { signal: this.signal, onConnection: () => undefined })) events.push(event);
    return events;
  }

  /** @param {boolean} connected */
  #connected(connected) {
    this.connection.classList.toggle("lost", !connected);
    fill(this.connection, connected ? t("Connected again.") : t("Connection lost. Reconnecting …"));
  }

  #render() {
    this.#renderRail();
    this.understood.render();
    this.composer.render();
  }

  #renderRail() {
    fill(this.rail, railItems(this.app.tenant.phases, this.session, this.step, this.busy));
  }
}
