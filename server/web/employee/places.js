/** Where each of the employee's messages stands in the log, and the place in one of them that is marked. */

import { say } from "./bubble.js";

/** @typedef {import("./turn.js").TurnView} TurnView */

export class Places {
  /** @param {import("./log.js").Log} log */
  constructor(log) {
    this.log = log;
    /** @type {Map<string, TurnView>} by the message's id */
    this.views = new Map();
    /** @type {TurnView | null} the newest that shows a message */
    this.newest = null;
    /** @type {TurnView | null} */
    this.marked = null;
  }

  /** @param {TurnView} view */
  add(view) {
    if (view.said) this.newest = view;
  }

  /**
   * A message got its id; the view that shows it. One that was tried again stands where it was first written.
   * @param {string} id
   * @param {TurnView} view
   */
  know(id, view) {
    const shown = view.said ? view : this.newest;
    if (shown) this.views.set(id, shown);
    return shown;
  }

  /**
   * Go where something was said and mark it; whether that is in the log.
   * @param {{message_id: string, start: number, end: number}} place
   */
  show(place) {
    const view = this.views.get(place.message_id) ?? this.#unnamed();
    if (!view) return false;
    this.unmark();
    say(view.words, view.said, place);
    this.marked = view;
    this.log.show(view.bubble, view.words.querySelector("mark") ?? view.bubble);
    return true;
  }

  unmark() {
    if (this.marked) say(this.marked.words, this.marked.said);
    this.marked = null;
  }

  /** @param {TurnView} view whose message is no longer there */
  forget(view) {
    for (const [id, shown] of this.views) if (shown === view) this.views.delete(id);
    if (this.marked === view) this.marked = null;
    if (this.newest === view) this.newest = null;
  }

  /** The newest message, while the page doesn't know its id yet. */
  #unnamed() {
    return this.newest && ![...this.views.values()].includes(this.newest) ? this.newest : null;
  }
}
