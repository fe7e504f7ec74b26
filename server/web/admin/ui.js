/** Pieces that several screens are made of: fields, notices, waiting, questions and times. */

import { dialog } from "../dialog.js";
import { fill, freshId, h } from "../dom.js";
import { timeText } from "../wording.js";
import { told } from "./server.js";

/** @typedef {import("../dom.js").Child} Child */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/** The phases that end in a goal. */
export const GOAL_PHASES = ["g4_future", "g6_values", "g8_actions"];

const WAIT_UNSEEN = 300;

/**
 * A moment, which machines read too.
 * @param {string} iso
 */
export function timeElement(iso) {
  return h("time", { datetime: iso, title: iso, class: "number" }, timeText(iso));
}

/**
 * A label, its control, a hint and the place for what is wrong with it.
 * @param {string} name
 * @param {Control} control
 * @param {string} [hint]
 */
export function field(name, control, hint = "") {
  control.id ||= freshId("field");
  const fault = h("p", { class: "fault", id: `${control.id}-fault`, hidden: true });
  const about = hint ? h("p", { class: "hint", id: `${control.id}-hint` }, hint) : null;
  if (about) control.setAttribute("aria-describedby", about.id);
  return h("div", { class: "field" }, h("label", { for: control.id }, name), control, about, fault);
}

/**
 * Say at a control made by `field` what is wrong with it; an empty text takes it back.
 * @param {Control} control
 * @param {string} text
 */
export function setFault(control, text) {
  const fault = document.getElementById(`${control.id}-fault`) ?? control.parentElement?.querySelector(".fault");
  if (!(fault instanceof HTMLElement)) return;
  fill(fault, text);
  fault.hidden = !text;
  if (text) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
  const named = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== fault.id);
  if (text) named.push(fault.id);
  if (named.length) control.setAttribute("aria-describedby", named.join(" "));
  else control.removeAttribute("aria-describedby");
}

/**
 * @param {[value: string, name: string][]} choices
 * @param {string} chosen
 */
export function select(choices, chosen = "") {
  return h("select", {}, ...choices.map(([value, name]) => h("option", { value, selected: value === chosen }, name)));
}

/**
 * The heading of a screen; it takes the focus when the screen opens.
 * @param {string} text
 */
export const title = (text) => h("h1", { tabindex: -1, dir: "auto" }, text);

/**
 * An error with what can be done about it.
 * @param {unknown} error
 * @param {(() => void) | null} [again]
 */
export function failed(error, again = null) {
  return h("div", { class: "notice bad row apart", role: "alert" }, h("p", {}, told(error)),
    again && h("button", { type: "button", onclick: again }, "Try again"));
}

/**
 * Fill a place with what `work` brings: says so when it takes long, and offers to try again when it fails.
 * @template T
 * @param {Element} place
 * @param {() => Promise<T>} work
 * @param {(result: T) => Child | Child[] | void} draw what it gives fills the place; nothing leaves the place as `draw` made it
 * @returns {Promise<void>}
 */
export async function load(place, work, draw) {
  const timer = setTimeout(() => waits(place), WAIT_UNSEEN);
  try {
    const drawn = draw(await work());
    clearTimeout(timer);
    place.removeAttribute("aria-busy");
    if (drawn !== undefined) fill(place, drawn);
  } catch (error) {
    clearTimeout(timer);
    place.removeAttribute("aria-busy");
    if (error instanceof DOMException && error.name === "AbortError") return;
    fill(place, failed(error, () => void load(place, work, draw)));
  }
}

/**
 * Say that something is on its way; what stands there already stays in sight until it comes.
 * @param {Element} place
 */
function waits(place) {
  const news = h("p", { class: place.firstElementChild ? "unseen" : "soft", role: "status" }, "Loading …");
  place.setAttribute("aria-busy", "true");
  place.prepend(news);
}

/**
 * Keep a button from being pressed twice while its work is done, and show a failure in `place`.
 * @param {HTMLButtonElement} button
 * @param {Element} place
 * @param {() => Promise<void>} work
 */
export async function during(button, place, work) {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  fill(place);
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) fill(place, failed(error));
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

/**
 * Ask before something that can't be taken back. With `typed`, that text has to be written first.
 * @param {{heading: string, text: Child[], action: string, danger?: boolean, typed?: string}} question
 */
export async function confirmed({ heading, text, action, danger = true, typed }) {
  const answer = await dialog(heading, (close) => {
    const written = h("input", { autocomplete: "off", spellcheck: "false" });
    const sure = () => {
      if (typed === undefined || written.value.trim() === typed) return close("yes");
      setFault(written, `Write ${typed} here, exactly so.`);
      written.focus();
    };
    return [
      ...text.map((part) => (part instanceof Node ? part : h("p", { dir: "auto" }, part))),
      typed !== undefined && field(`Write ${typed} to confirm`, written),
      h("div", { class: "row end" }, h("button", { type: "button", onclick: () => close("") }, "Cancel"),
        h("button", { type: "button", class: danger ? "danger main" : "main", onclick: sure }, action)),
    ];
  });
  return answer === "yes";
}
