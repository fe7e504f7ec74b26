/** One line of what the coach understood: a fact with its sign, what it took the place of, and its details indented under it. */

import { h, svg } from "../dom.js";
import { t } from "../languages.js";
import { pieces, wording } from "./facts.js";

/** @typedef {import("./facts.js").Fact} Fact */
/** @typedef {import("./facts.js").Line} Line */

/**
 * @typedef {object} LineActions
 * @property {boolean} busy whether nothing can be changed right now
 * @property {(fact: Fact) => void} show where it was said
 * @property {(line: Line) => void} edit
 * @property {(fact: Fact) => void} strike
 * @property {(fact: Fact) => HTMLElement | null} editor what a fact is being edited in
 */

/** @type {(kind: string) => string} */
const kindName = (kind) => ({
  role: t("Your role"), deliverable: t("What you will do"), amount: t("How much"), date: t("By when"),
  frequency: t("How often"), value: t("What matters to you"), reason: t("Why"),
})[kind] ?? kind;

/** Each kind's sign, as lines within 16 × 16. @type {Record<string, string>} */
const SIGNS = {
  role: "M8 8a3 3 0 1 0 0-6a3 3 0 1 0 0 6M2.5 14c.5-3 2.600-4 5.500-4s5 1 5.500 4",
  deliverable: "M4 14V2.500h8L9.800 5.500L12 8.500H4",
  amount: "M6.500 2L5 14M11 2L9.500 14M2.500 6h11.500M2 10h11.500",
  date: "M2.500 3.500h11v10.500h-11zM2.500 7h11M5.500 1.500v3.500M10.500 1.500v3.500",
  frequency: "M13.500 8a5.500 5.500 0 1 1-1.600-3.900M13.500 1.500v3.500h-3.500",
  value: "M8 13.500C3 10 2 7.500 2.500 5.500C3.200 3 6.500 2.500 8 5C9.500 2.500 12.800 3 13.500 5.500C14 7.500 13 10 8 13.500z",
  reason: "M2.500 3h11v8h-6l-3 3v-3h-2z",
};

/**
 * @param {Line} line
 * @param {LineActions} actions
 * @returns {HTMLElement}
 */
export function lineItem(line, actions) {
  const last = line.facts[line.facts.length - 1];
  const editor = actions.editor(last);
  return h(
    "li",
    { class: last.state === "holds" ? "fact" : "fact gone" },
    h("div", { class: "row apart fact-head" }, kind(last.kind), last.state === "holds" && !editor && buttons(line, last, actions)),
    h("div", { class: "fact-words" }, line.facts.slice(0, -1).map((fact) => gone(fact, actions)), editor ?? now(line, last, actions)),
    line.details.length > 0 && h("ul", { class: "plain-list" }, line.details.map((detail) => lineItem(detail, actions))),
  );
}

/** @param {string} name */
function kind(name) {
  const sign = svg("svg", { class: "sign", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: SIGNS[name] ?? "" }));
  return h("span", { class: "fact-kind small soft" }, sign, kindName(name));
}

/**
 * @param {Line} line
 * @param {Fact} fact
 * @param {LineActions} actions
 */
function buttons(line, fact, { busy, edit, strike }) {
  const words = wording(fact, line.details);
  const named = (/** @type {string} */ name) => ({ class: "plain compact", type: "button", disabled: busy, "aria-label": `${name}: ${words}` });
  return h(
    "span",
    { class: "fact-buttons" },
    h("button", { ...named(t("Edit")), "data-key": `edit ${fact.id}`, onclick: () => edit(line) }, t("Edit")),
    h("button", { ...named(t("Strike")), onclick: () => strike(fact) }, t("Strike")),
  );
}

/**
 * What holds, or what was taken back.
 * @param {Line} line
 * @param {Fact} fact
 * @param {LineActions} actions
 */
function now(line, fact, actions) {
  if (fact.state !== "holds") return gone(fact, actions, line.gaveWay);
  const shown = pieces(fact, line.details).map(({ text, changed }) => (changed ? h("ins", {}, text) : text));
  return place(fact, shown, wording(fact, line.details), actions);
}

/**
 * What holds no more, with what became of it.
 * @param {Fact} fact
 * @param {LineActions} actions
 * @param {Fact | null} [gaveWay]
 */
function gone(fact, actions, gaveWay = null) {
  const fate = fact.state === "withdrawn" ? t("taken back") : gaveWay ? t("replaced by “{words}”", { words: gaveWay.text }) : t("replaced");
  const seen = fact.state === "withdrawn" || gaveWay;
  return h("span", {}, place(fact, [h("del", {}, fact.text)], fact.text, actions), " ", h("span", { class: seen ? "small soft" : "unseen" }, fate));
}

/**
 * The button that opens where a fact was said.
 * @param {Fact} fact
 * @param {(string | HTMLElement)[]} shown
 * @param {string} words
 * @param {LineActions} actions
 */
function place(fact, shown, words, { show }) {
  const label = `${words}: ${t("show where you said it")}`;
  return h("button", { class: "fact-place", type: "button", dir: "auto", "aria-label": label, "data-key": `show ${fact.id}`, onclick: () => show(fact) }, h("span", {}, ...shown));
}
