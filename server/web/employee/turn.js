/** One turn on the screen: what the employee said, what the coach says to it word by word, and the goal that comes of it. */

import { ApiError } from "../api.js";
import { fill, h } from "../dom.js";
import { t } from "../languages.js";
import { Piecewise, bubble, speech } from "./bubble.js";

/** @typedef {import("./conversation.js").Conversation} Conversation */
/** @typedef {import("./goal_card.js").GoalCard} GoalCard */

export class TurnView {
  /**
   * @param {Conversation} conversation
   * @param {string} said the employee's message; empty when there was none to show
   * @param {GoalCard | null} card the card whose goal this turn changes
   */
  constructor(conversation, said, card = null) {
    this.conversation = conversation;
    this.edited = card;
    this.said = said;
    this.bubble = bubble("you", said);
    this.words = /** @type {HTMLElement} */ (this.bubble.firstElementChild);
    this.coach = h("div", { class: "turn-coach" });
    this.note = h("div", { class: "note" });
    this.element = h("div", { class: "turn" }, said && this.bubble, this.note, this.coach);
    /** @type {Piecewise | null} */
    this.text = null;
    /** @type {GoalCard | null} */
    this.card = null;
    this.spoken = "";
    /** Whether the goal was written anew. */
    this.wrote = false;
    this.phase = "";
    /** @type {"running" | "done" | "failed"} */
    this.outcome = "running";
  }

  /**
   * Show one event of the turn.
   * @param {import("../types.d.ts").TurnEvent} event
   */
  show(event) {
    switch (event.event) {
      case "restart": return this.#restart();
      case "start": return this.#start(event.data);
      case "message": return this.#message(event.data);
      case "complete": return this.#complete(/** @type {any} */ (event.data));
      case "understood": return this.conversation.learned(event.data);
      case "score": return this.#score(event.data);
      case "confirm": return this.#confirm(event.data);
      case "transition": return this.#transition(event.data);
      case "end": return this.#over("done");
      case "error": return this.#failed(event.data.error);
    }
  }

  /**
   * The employee's message is for nobody else: say so, and let them erase it.
   * @param {() => unknown} erase
   */
  keepPrivate(erase) {
    this.note.className = "private row apart small";
    fill(this.note, h("p", {}, t("Only you can see this")), h("button", { class: "compact", type: "button", onclick: erase }, t("Erase this message")));
  }

  /** The message and what was answered to it are gone; a goal that stands here stays. */
  erased() {
    this.said = "";
    this.bubble.remove();
    for (const answer of this.coach.querySelectorAll(".bubble")) answer.remove();
    this.note.className = "soft small";
    fill(this.note, t("The message and the answer to it are erased."));
  }

  /**
   * Show that it came to nothing, and offer to try again.
   * @param {{code?: string, message: string, recoverable?: boolean}} error
   */
  #failed(error) {
    this.#over("failed");
    (this.card ?? this.edited)?.interrupted();
    const again = this.conversation.againFor(this);
    const stopped = error.code === "TURN_STOPPED";
    const offer = again && error.recoverable !== false ? h("p", {}, h("button", { class: "compact", type: "button", onclick: again }, t("Try again"))) : null;
    const notice = h("div", { class: stopped ? "notice" : "notice warn", role: "alert" }, h("p", {}, stopped ? t("Stopped. What you wrote is kept.") : error.message), offer);
    if (this.edited) fill(this.edited.trouble, notice);
    else this.coach.append(notice);
    this.conversation.offer = offer;
  }

  /** @param {unknown} error what was thrown while it was followed */
  fail(error) {
    if (!(error instanceof ApiError)) throw error;
    this.#failed({ code: error.code, message: error.message, recoverable: error.recoverable });
  }

  #restart() {
    fill(this.coach, h("p", { class: "small soft" }, t("The server was restarted; the coach begins this answer again.")));
    this.text = null;
    if (this.card && this.card !== this.edited) this.conversation.cards.remove(this.card);
    this.card = null;
  }

  /** @param {import("../types.d.ts").Start} data */
  #start({ phase, step }) {
    this.phase = phase;
    this.conversation.stepIs(phase, step);
    this.text?.finish();
    this.text = null;
    this.spoken = "";
    if (step === "collect") {
      const said = h("div", { class: "said", dir: "auto" });
      this.text = new Piecewise(said);
      this.coach.append(speech("coach", said));
    }
    if (step === "refine") {
      this.wrote = true;
      this.card = this.conversation.cards.for(phase, this.edited, this.coach);
      this.text = new Piecewise(this.card.beginWriting());
    }
  }

  /** @param {import("../types.d.ts").MessagePiece} data */
  #message({ content }) {
    if (this.text) this.text.add(content);
    else this.spoken += content;
  }

  /** @param {any} data */
  #complete(data) {
    this.text?.finish();
    if (data.step === "collect") {
      const button = this.conversation.sources.button(data.sources ?? []);
      if (button) this.coach.lastElementChild?.append(h("p", { class: "bubble-foot" }, button));
    }
    if (data.step === "refine") this.card?.written(data.full_response, data.proposals ?? [], data.note ?? "");
    this.text = null;
  }

  /** @param {import("../types.d.ts").Confirm} data */
  #confirm(data) {
    this.card = this.conversation.cards.ask(this.phase || this.conversation.phase, data, this.card, this.coach);
  }

  /** @param {import("../types.d.ts").Score} data */
  #score(data) {
    if (!this.card) {
      // A typed yes: the card that waited for it shows how the goal scores.
      this.card = this.conversation.cards.waiting(this.phase) ?? this.conversation.cards.for(this.phase, this.edited, this.coach);
      const draft = this.conversation.session.state.draft;
      if (draft && !this.card.text) this.card.written(draft.text, draft.proposals, draft.note);
    }
    this.card.scored(data);
    if (!data.meets_threshold && this.spoken) {
      // The score itself stands on the card; what follows it is what the coach asks.
      const [, ...rest] = this.spoken.split("\n\n");
      if (rest.length) this.coach.append(bubble("coach", rest.join("\n\n")));
    }
  }

  /** @param {import("../types.d.ts").Transition} data */
  #transition(data) {
    this.conversation.moved(data);
    if (data.next_prompt && data.to.phase !== data.from.phase) this.coach.append(bubble("coach", data.next_prompt));
  }

  /** @param {"done" | "failed"} outcome */
  #over(outcome) {
    this.text?.finish();
    this.text = null;
    this.outcome = outcome;
  }
}

/**
 * What the employee said in a turn.
 * @param {any[]} messages
 * @param {string} turnId
 */
export function said(messages, turnId) {
  return messages.find((message) => message.turn_id === turnId && message.role === "user" && message.step === "collect")?.content ?? "";
}
