/** The log of the conversation: the newest words stay in sight, until the employee goes back to read. */

import { h } from "../dom.js";
import { t } from "../languages.js";

/** Pixels from the end within which the newest words count as being in sight. */
const NEAR_THE_END = 60;

export class Log {
  /** @param {AbortSignal} signal */
  constructor(signal) {
    /** Whether the newest words are kept in sight. */
    this.pinned = true;
    this.entries = h("div", { class: "entries" });
    this.element = h("div", { class: "log", onscroll: () => this.#scrolled(), role: "log", "aria-label": t("Conversation"), "aria-busy": "false", tabindex: "0" }, this.entries);
    const grown = new ResizeObserver(() => this.pinned && (this.element.scrollTop = this.element.scrollHeight));
    grown.observe(this.entries);
    signal.addEventListener("abort", () => grown.disconnect());
  }

  /** @param {boolean} busy whether something is being said */
  set busy(busy) {
    this.element.setAttribute("aria-busy", String(busy));
  }

  /**
   * Bring something into sight and go there.
   * @param {HTMLElement} element
   * @param {Element} [place] in it
   */
  show(element, place = element) {
    this.pinned = false;
    place.scrollIntoView({ block: "center" });
    element.focus({ preventScroll: true });
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    // Words that come in between move the end away, never the place: only going back is the employee's doing.
    if (scrollTop < this.#seenTo) this.pinned = false;
    if (scrollHeight - scrollTop - clientHeight < NEAR_THE_END) this.pinned = true;
    this.#seenTo = scrollTop;
  }

  #seenTo = 0;
}
