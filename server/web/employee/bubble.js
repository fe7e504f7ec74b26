/** Somebody's words on the screen: whole, with a place in them marked, or growing piece by piece. */

import { fill, h } from "../dom.js";
import { t } from "../languages.js";

const BETWEEN_PARAGRAPHS = /\n{2,}/g;

/**
 * Somebody's words.
 * @param {"you" | "coach"} who
 * @param {string} text
 */
export function bubble(who, text) {
  const said = h("div", { class: "said", dir: "auto" });
  say(said, text);
  return speech(who, said);
}

/**
 * @param {"you" | "coach"} who
 * @param {HTMLElement} said what holds the words
 */
export const speech = (who, said) => h("article", { class: `bubble ${who}`, tabindex: "-1", "aria-label": who === "you" ? t("You") : t("Coach") }, said);

/**
 * Put words in their place, paragraph by paragraph, with those from `start` to `end` marked: characters as the server counts them,
 * where an emoji is one.
 * @param {Element} place
 * @param {string} text
 * @param {{start: number, end: number}} [marked]
 */
export function say(place, text, { start, end } = { start: 0, end: 0 }) {
  const [from, to] = [units(text, start), units(text, end)];
  const paragraphs = [];
  let at = 0;
  for (const gap of [...text.matchAll(BETWEEN_PARAGRAPHS), null]) {
    const until = gap ? gap.index : text.length;
    paragraphs.push(h("p", {}, ...markedWithin(text, at, until, from, to)));
    at = gap ? until + gap[0].length : until;
  }
  fill(place, paragraphs);
}

/**
 * How many units of JavaScript's strings the first characters of a text take.
 * @param {string} text
 * @param {number} characters
 */
const units = (text, characters) => [...text].slice(0, characters).join("").length;

/**
 * A piece of a text, with what is marked in it.
 * @param {string} text
 * @param {number} at
 * @param {number} until
 * @param {number} from
 * @param {number} to
 */
function markedWithin(text, at, until, from, to) {
  const begin = Math.min(Math.max(from, at), until);
  const end = Math.min(Math.max(to, begin), until);
  if (begin === end) return [text.slice(at, until)];
  return [text.slice(at, begin), h("mark", {}, text.slice(begin, end)), text.slice(end, until)];
}

/** Text that grows piece by piece: shown once a frame, however many pieces come, and one paragraph at a time. */
export class Piecewise {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.waiting = "";
    this.frame = 0;
    this.text = this.#paragraph();
  }

  /** @param {string} piece */
  add(piece) {
    this.waiting += piece;
    if (document.hidden) this.#flush();
    else if (!this.frame) this.frame = requestAnimationFrame(() => this.#flush());
  }

  finish() {
    cancelAnimationFrame(this.frame);
    this.#flush();
    if (!this.text.data) this.text.parentElement?.remove();
  }

  #flush() {
    this.frame = 0;
    const [first, ...others] = this.waiting.split(BETWEEN_PARAGRAPHS);
    const open = this.waiting.endsWith("\n") && !others.length;
    this.waiting = open ? "\n" : "";
    this.text.appendData(open ? first.replace(/\n$/, "") : first);
    for (const other of others) {
      this.text = this.#paragraph();
      this.text.appendData(other);
    }
  }

  #paragraph() {
    const text = document.createTextNode("");
    this.element.append(h("p", {}, text));
    return text;
  }
}
