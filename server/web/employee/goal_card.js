/** A goal: its text with the proposals in it, how it scores, its versions, and how to change it. */

import { copyButton } from "../copy_button.js";
import { fill, h } from "../dom.js";
import { t } from "../languages.js";
import { numberText, phaseName, resultText, scoreText, thresholdText } from "../wording.js";
import { GoalEditor, versionsDialog } from "./goal_edit.js";
import { judgement } from "./scorecard.js";

/**
 * @typedef {object} GoalActions what the card asks of the screen it stands on
 * @property {(card: GoalCard, body: {message?: string, strike?: string[], confirm?: boolean, keep?: boolean}) => Promise<void>} refine
 * @property {(sources: any[]) => HTMLElement | null} sourcesButton
 * @property {() => boolean} busy whether the coach is at work
 * @property {() => void} tellBusy
 * @property {() => void} stay the card is worked on: nothing may scroll it away
 */

/** @type {(phase: string) => string} */
const goalName = (phase) => ({ g4_future: t("Your goal: future vision"), g6_values: t("Your goal: values"), g8_actions: t("Your goal: action plan") })[phase] ?? phaseName(phase);

export class GoalCard {
  /**
   * @param {import("./main.js").App} app
   * @param {string} phase
   * @param {GoalActions} actions
   */
  constructor(app, phase, actions) {
    this.app = app;
    this.phase = phase;
    this.actions = actions;
    this.limit = app.tenant.phases.find((/** @type {any} */ spec) => spec.phase === phase).limit;
    this.text = "";
    /** @type {import("../types.d.ts").Proposal[]} */
    this.proposals = [];
    /** Texts of proposals that the employee keeps, until all are decided. @type {Set<string>} */
    this.kept = new Set();
    /** @type {any[]} */
    this.sources = [];
    this.note = "";
    this.asking = false;
    /** @type {import("../types.d.ts").Score | any} how it scores */
    this.scorecard = null;
    this.saved = false;
    /** @type {GoalEditor | null} while it is edited */
    this.editor = null;
    this.badge = h("span", { class: "badge" });
    this.words = h("div", { class: "goal-text", dir: "auto" });
    this.below = h("div", { class: "stack" });
    this.status = h("p", { class: "small soft", role: "status" });
    /** Why the last change came to nothing. */
    this.trouble = h("div", { class: "trouble" });
    const name = goalName(phase);
    this.editing = h("button");
    this.element = h("article", { class: "card goal stack", "aria-label": name, tabindex: "-1" }, h("div", { class: "row apart" }, h("h2", {}, name), this.badge), this.status, this.words, this.trouble, this.below);
  }

  /**
   * Show a goal that is saved.
   * @param {any} goal as `GET /api/goals/session/{id}` tells it
   */
  showGoal(goal) {
    this.text = goal.content;
    this.proposals = goal.proposals;
    this.sources = goal.sources;
    this.scorecard = { ...goal.score_details, score: goal.score, below_threshold: goal.below_threshold };
    this.saved = true;
    this.#render();
  }

  /** The coach begins to write; the element takes the text as it comes. */
  beginWriting() {
    this.asking = false;
    this.scorecard = null;
    fill(this.trouble);
    fill(this.below);
    fill(this.status, t("The coach writes your goal …"));
    this.badge.textContent = t("Writing");
    this.badge.className = "badge";
    fill(this.words);
    this.element.setAttribute("aria-busy", "true");
    return this.words;
  }

  /**
   * @param {string} text
   * @param {import("../types.d.ts").Proposal[]} proposals
   * @param {string} note
   */
  written(text, proposals, note) {
    Object.assign(this, { text, proposals, note, saved: false });
    this.#renderText();
    fill(this.status, t("Scoring …"));
    this.badge.textContent = t("Scoring");
  }

  /** @param {import("../types.d.ts").Score} scorecard */
  scored(scorecard) {
    this.scorecard = scorecard;
    this.saved = Boolean(scorecard.goal_id);
    this.asking = false;
    const draft = this.app.session?.state.draft;
    if (!this.sources.length && draft?.sources) this.sources = draft.sources;
    this.#render();
  }

  /** The company asks employees to confirm before a goal is scored. */
  askToConfirm() {
    this.asking = true;
    this.#render();
  }

  /** The turn ended before the goal was scored: what was there before stands again, with every proposal open. */
  interrupted() {
    this.kept.clear();
    const goal = this.app.session?.goal(this.phase);
    if (goal) return this.showGoal(goal);
    if (this.text) this.#render();
    this.element.removeAttribute("aria-busy");
    if (!this.asking) this.badge.textContent = t("Not finished");
    if (!this.text) fill(this.status);
  }

  /** Another card takes over; this one stays as a line of the conversation. */
  retire() {
    const score = this.scorecard ? ` · ${resultText(this.scorecard)}` : "";
    this.element.replaceWith(h("details", { class: "retired" }, h("summary", {}, `${t("An earlier draft")}${score}`), h("p", { dir: "auto" }, this.text)));
  }

  /** Once every proposal is decided, what was kept becomes the employee's own words. */
  async settle() {
    if (!this.proposals.length || this.actions.busy() || !this.proposals.every((proposal) => this.kept.has(proposal.text))) return;
    this.kept.clear();
    await this.actions.refine(this, { message: this.text });
  }

  #render() {
    this.element.removeAttribute("aria-busy");
    this.#renderText();
    this.#renderBadge();
    fill(
      this.below,
      this.note && h("p", { class: "notice" }, this.note),
      this.#savedBefore(),
      this.#proposalList(),
      this.asking && this.#question(),
      this.scorecard && judgement(this.scorecard),
      !this.asking && this.#buttons(),
    );
  }

  /** Below the threshold an older goal stays the one that counts. */
  #savedBefore() {
    const goal = this.app.session?.goal(this.phase);
    if (!goal || this.saved || this.asking || !this.scorecard) return null;
    const threshold = thresholdText(this.scorecard.threshold);
    const told = goal.below_threshold
      ? t("This version is below {threshold}, so it is not saved. The goal that you keep stays.", { threshold })
      : t("This version is below {threshold}, so it is not saved. Your goal with {score} stays.", { threshold, score: scoreText(goal.score) });
    return h(
      "div",
      { class: "notice warn row apart" },
      h("p", {}, told),
      h("button", { class: "compact", type: "button", onclick: () => this.showGoal(goal) }, t("Show the saved goal")),
    );
  }

  #renderText() {
    // The server counts characters, JavaScript's strings don't: an emoji is two of their units.
    const characters = [...this.text];
    const slice = (/** @type {number} */ start, /** @type {number} */ end) => characters.slice(start, end).join("");
    /** @type {(string | HTMLElement)[]} */
    const parts = [];
    let at = 0;
    for (const { start, end, text } of [...this.proposals].sort((a, b) => a.start - b.start)) {
      parts.push(slice(at, start), h("mark", { class: this.kept.has(text) ? "kept" : "" }, slice(start, end)));
      at = end;
    }
    fill(this.words, h("p", {}, ...parts, slice(at, characters.length)));
    fill(this.status, t("{n} of {most} characters", { n: numberText(characters.length), most: numberText(this.limit) }));
  }

  #renderBadge() {
    const kept = this.saved && this.scorecard.below_threshold;
    this.badge.className = kept ? "badge" : this.saved ? "badge good" : "badge warn";
    this.badge.textContent = this.asking ? t("Waits for your word") : kept ? t("Kept by you") : this.saved ? t("Saved") : t("Not saved yet");
  }

  #proposalList() {
    if (!this.proposals.length) return null;
    return h(
      "section",
      { class: "proposals", "aria-label": t("Proposals") },
      h("p", { class: "small" }, t("What is marked was not said by you. It doesn't count in the score until you keep it.")),
      h("ul", { class: "plain-list" }, this.proposals.map((proposal) => this.#proposal(proposal))),
    );
  }

  /** @param {import("../types.d.ts").Proposal} proposal */
  #proposal(proposal) {
    const kept = this.kept.has(proposal.text);
    const keep = () => {
      if (this.actions.busy()) return this.actions.tellBusy();
      this.kept.add(proposal.text);
      this.#render();
      return this.settle();
    };
    const strike = () => this.actions.refine(this, { strike: [proposal.id] });
    const about = `: ${proposal.text.trim()}`;
    return h(
      "li",
      { class: "row" },
      h("span", { class: "grow", dir: "auto" }, h("mark", {}, proposal.text.trim()), " ", h("span", { class: "small soft" }, proposal.reason)),
      kept ? h("span", { class: "badge good" }, t("Kept")) : h("button", { class: "compact", type: "button", onclick: keep }, t("Keep"), h("span", { class: "unseen" }, about)),
      h("button", { class: "compact", type: "button", onclick: strike }, t("Strike"), h("span", { class: "unseen" }, about)),
    );
  }

  #question() {
    const confirm = () => {
      this.element.focus();
      return this.actions.refine(this, { confirm: true });
    };
    return h(
      "div",
      { class: "stack tight" },
      h("p", {}, t("Does this say what you mean? Choose below, or write what is to be different.")),
      h("div", { class: "row" },
        h("button", { class: "main", type: "button", onclick: confirm }, t("Yes, save it")),
        (this.editing = h("button", { type: "button", onclick: () => this.#edit() }, t("Change it"))),
        this.#copy()),
    );
  }

  /** Saves it as it is, although it scored too low: for the goal in hand only. */
  #keepAsItIs() {
    if (this.saved || !this.scorecard || this.scorecard.meets_threshold || this.phase !== this.app.session?.state.phase) return null;
    const keep = () => {
      this.element.focus();
      return this.actions.refine(this, { keep: true });
    };
    return h("button", { type: "button", onclick: keep }, t("Keep it as it is"));
  }

  #copy() {
    return copyButton(this.text, goalName(this.phase));
  }

  #buttons() {
    const versions = this.app.session?.goals.filter((goal) => goal.phase === this.phase) ?? [];
    this.editing = h("button", { type: "button", onclick: () => this.#edit() }, t("Edit"));
    return h(
      "div",
      { class: "row" },
      this.editing,
      this.#keepAsItIs(),
      this.#copy(),
      versions.length > 1 && h("button", { class: "plain", type: "button", onclick: () => versionsDialog(versions) }, t("Versions ({n})", { n: versions.length })),
      this.actions.sourcesButton(this.sources),
    );
  }

  #edit() {
    const editor = new GoalEditor(this.phase, this.text, this.limit, {
      save: (text) => {
        if (this.actions.busy()) return editor.tell(t("The coach is at work. Wait until it is done, then save."));
        this.#closeEditor();
        this.element.focus();
        return this.actions.refine(this, { message: text });
      },
      cancel: () => {
        this.#closeEditor();
        this.#render();
        this.editing.focus();
      },
    });
    this.editor = editor;
    fill(this.words);
    fill(this.status);
    fill(this.trouble);
    fill(this.below, editor.element);
    this.actions.stay();
    editor.focus();
  }

  #closeEditor() {
    this.editor?.close();
    this.editor = null;
  }
}
