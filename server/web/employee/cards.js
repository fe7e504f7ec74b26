/** The goals' cards of a conversation, one of each phase at a time. */

import { GoalCard } from "./goal_card.js";

/** @typedef {import("./goal_card.js").GoalActions} GoalActions */

export class Cards {
  /**
   * @param {import("./main.js").App} app
   * @param {GoalActions} actions
   */
  constructor(app, actions) {
    this.app = app;
    this.actions = actions;
    /** @type {Map<string, GoalCard>} */
    this.all = new Map();
  }

  /** Whether one is being edited: what is written there would be lost with it. */
  get editing() {
    return [...this.all.values()].some((card) => card.editor);
  }

  /**
   * The card that a turn writes its goal on: the one that is edited, else a new one in the turn's place.
   * @param {string} phase
   * @param {GoalCard | null} edited
   * @param {HTMLElement} place
   */
  for(phase, edited, place) {
    if (edited) return edited;
    const before = this.all.get(phase);
    const card = new GoalCard(this.app, phase, this.actions);
    before?.retire();
    this.all.set(phase, card);
    place.append(card.element);
    return card;
  }

  /**
   * The coach asks about a goal once more, or for the first time: the card that waits stands where that is said.
   * @param {string} phase
   * @param {import("../types.d.ts").Confirm} asked
   * @param {GoalCard | null} written the card of the same turn
   * @param {HTMLElement} place
   */
  ask(phase, asked, written, place) {
    const card = written ?? this.waiting(phase) ?? this.for(phase, null, place);
    if (card !== written) place.append(card.element);
    if (card.text !== asked.content) card.written(asked.content, asked.proposals, "");
    card.askToConfirm();
    return card;
  }

  /**
   * The card that waits for the employee's word.
   * @param {string} phase
   */
  waiting(phase) {
    const card = this.all.get(phase);
    return card?.asking ? card : null;
  }

  /** @param {GoalCard} card */
  remove(card) {
    card.element.remove();
    this.all.delete(card.phase);
  }
}
