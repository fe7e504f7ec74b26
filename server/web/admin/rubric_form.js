/** The editor of one phase: its criteria, and what the phase asks for. */

import { fill, h } from "../dom.js";
import { criterionName, phaseName } from "../wording.js";
import { ANCHORS, SUM, criterionKey, emptyLine, lines, sumOf, sumText } from "./draft.js";
import { confirmed } from "./ui.js";

/** @typedef {import("./form.js").Form} Form */
/** @typedef {import("./draft.js").Line} Line */
/** @typedef {import("./draft.js").PhaseDraft} PhaseDraft */
/** @typedef {{scoring_rubric_json: Record<string, any>, phases_json: Record<string, any>, prompts: string[]}} Defaults */

/**
 * @param {Form} form
 * @param {string} phase
 * @param {Defaults} ours
 * @returns {HTMLElement}
 */
export function phasePanel(form, phase, ours) {
  const draft = /** @type {PhaseDraft} */ (form.draft.phases[phase]);
  const place = h("div", { class: "stack" });
  const redraw = () => {
    for (const path of form.controls.keys()) if (/^\d/.test(path.slice(phase.length + 1)) && path.startsWith(`${phase}.`)) form.controls.delete(path);
    fill(place, ...(draft.own ? ownRubric(form, phase, draft, ours, redraw) : oursShown(form, phase, draft, ours, redraw)));
    form.changed();
  };
  redraw();
  return h("div", { class: "stack" }, place, settings(form, phase, draft, ours.phases_json[phase]));
}

/**
 * @param {Form} form
 * @param {string} phase
 * @param {PhaseDraft} draft
 * @param {Defaults} ours
 * @param {() => void} redraw
 */
function oursShown(form, phase, draft, ours, redraw) {
  const rubric = ours.scoring_rubric_json[phase];
  const start = () => {
    Object.assign(draft, { own: true, criteria: lines(rubric) });
    redraw();
    form.focus(`${phase}.0.name`);
  };
  return [
    h("div", { class: "row apart" }, h("h2", {}, `Criteria: ${phaseName(phase)}`), h("button", { type: "button", onclick: start }, "Start from ours")),
    h("p", { class: "notice" }, "Your company has no rubric of its own here, so goals are scored by ours. Start from it to change it."),
    h("ul", { class: "criteria" }, ...Object.entries(rubric).map(([name, one]) =>
      h("li", { class: "card" }, h("div", { class: "row apart" }, h("h3", {}, criterionName(name)), h("span", { class: "badge number" }, `weight ${one.weight}`)), h("p", {}, one.description)))),
  ];
}

/**
 * @param {Form} form
 * @param {string} phase
 * @param {PhaseDraft} draft
 * @param {Defaults} ours
 * @param {() => void} redraw
 */
function ownRubric(form, phase, draft, ours, redraw) {
  const sum = h("p", { role: "status", class: "sum number", "data-phase": phase });
  const again = async () => {
    const text = ["The criteria below make room for ours, with their levels and examples. Nothing is saved until you press Save."];
    if (!(await confirmed({ heading: "Start from ours?", text, action: "Fill in ours", danger: false }))) return;
    draft.criteria = lines(ours.scoring_rubric_json[phase]);
    redraw();
  };
  const giveUp = () => {
    Object.assign(draft, { own: false, criteria: [] });
    redraw();
  };
  const add = () => {
    draft.criteria.push(emptyLine());
    redraw();
    form.focus(`${phase}.${draft.criteria.length - 1}.name`);
  };
  return [
    h("div", { class: "row apart" }, h("h2", {}, `Criteria: ${phaseName(phase)}`), h("div", { class: "row" },
      h("button", { type: "button", class: "compact", onclick: () => void again() }, "Start from ours"),
      h("button", { type: "button", class: "compact plain", onclick: giveUp }, "Use ours as it is"))),
    h("p", { class: "soft" }, "Employees read the names and descriptions. Keywords, with commas between, are words that count as evidence."),
    h("ol", { class: "criteria" }, ...draft.criteria.map((line, n) => criterion(form, phase, draft, line, n, redraw))),
    h("div", { class: "row apart" }, h("button", { type: "button", onclick: add }, "Add a criterion"), sum),
  ];
}

/**
 * Show the sum of a phase's weights in its panel.
 * @param {Element} within
 * @param {string} phase
 * @param {PhaseDraft} draft
 */
export function showSum(within, phase, draft) {
  const place = within.querySelector(`.sum[data-phase="${phase}"]`);
  if (!place) return;
  const sum = sumOf(draft.criteria);
  place.classList.toggle("wrong", sum !== SUM);
  fill(place, sumText(sum));
}

/**
 * @param {Form} form
 * @param {string} phase
 * @param {PhaseDraft} draft
 * @param {Line} line
 * @param {number} n
 * @param {() => void} redraw
 */
function criterion(form, phase, draft, line, n, redraw) {
  const path = `${phase}.${n}`;
  const called = () => criterionName(line.name.trim()) || `criterion ${n + 1}`;
  const move = (/** @type {number} */ by) => {
    draft.criteria.splice(n + by, 0, ...draft.criteria.splice(n, 1));
    redraw();
    document.getElementById(`${phase}-${n + by}-${by < 0 ? "up" : "down"}`)?.focus();
  };
  const remove = () => {
    draft.criteria.splice(n, 1);
    redraw();
    form.focus(`${phase}.${Math.min(n, draft.criteria.length - 1)}.name`);
  };
  const button = (/** @type {string} */ text, /** @type {string} */ id, /** @type {() => void} */ act, off = false) =>
    h("button", { type: "button", class: "compact plain", id: `${phase}-${n}-${id}`, "aria-label": `${text}: ${called()}`, disabled: off, onclick: act }, text);
  return h("li", { class: "card stack" },
    h("div", { class: "criterion" },
      form.text(`${path}.name`, "Name", shownName(line.name), (value) => (line.name = value), { maxlength: 60 }),
      form.text(`${path}.weight`, "Weight", line.weight, (value) => (line.weight = value), { inputmode: "numeric", maxlength: 3 }),
      form.text(`${path}.description`, "Description", line.description, (value) => (line.description = value), { rows: 2, maxlength: 500 }),
      form.text(`${path}.keywords`, "Keywords", line.keywords, (value) => (line.keywords = value), { rows: 2 })),
    levels(form, path, line),
    h("div", { class: "row moves" }, button("Move up", "up", () => move(-1), n === 0), button("Move down", "down", () => move(1), n === draft.criteria.length - 1), button("Remove", "remove", remove)));
}

/**
 * A criterion's name as it is said, where that leads back to the same one.
 * @param {string} name
 */
function shownName(name) {
  return criterionKey(criterionName(name)) === name ? criterionName(name) : name;
}

/**
 * @param {Form} form
 * @param {string} path
 * @param {Line} line
 */
function levels(form, path, line) {
  const fields = ANCHORS.map((level, at) => {
    // All six say what is missing at the first one of them.
    const where = at ? `${path}.levels.${level}` : `${path}.levels`;
    return form.text(where, `At ${level}`, line.levels[at] ?? "", (value) => (line.levels[at] = value), { rows: 2, maxlength: 300 });
  });
  return h("details", {}, h("summary", {}, "Levels and example"),
    h("div", { class: "stack" },
      h("p", { class: "small soft" }, "What stands in a goal at each score, so that two people would score it alike: all six, or none."),
      h("div", { class: "fields" }, ...fields),
      form.text(`${path}.example`, "Example of a goal that holds it", line.example, (value) => (line.example = value), { rows: 2, maxlength: 300 })));
}

/**
 * @param {Form} form
 * @param {string} phase
 * @param {PhaseDraft} draft
 * @param {{limit: number, horizon_months: number | null, categories: string[]}} usual
 */
function settings(form, phase, draft, usual) {
  const categories = (/** @type {string} */ value) => {
    draft.categories = value;
    draft.none = false;
  };
  return h("section", { class: "card stack" }, h("h2", {}, "What this phase asks for"),
    h("div", { class: "fields" },
      form.text(`${phase}.limit`, "Most characters of the goal", draft.limit, (value) => (draft.limit = value), { inputmode: "numeric", maxlength: 4, placeholder: String(usual.limit), hint: `Empty: ${usual.limit}. From 80 to 4000.` }),
      usual.horizon_months !== null && form.text(`${phase}.horizon`, "Time frame in months", draft.horizon, (value) => (draft.horizon = value), { inputmode: "numeric", maxlength: 3, placeholder: String(usual.horizon_months), hint: `Empty: ${usual.horizon_months}. The opening question names it.` })),
    form.text(`${phase}.categories`, "Preferred categories of documents", draft.categories, categories, { placeholder: usual.categories.join(", "), hint: "With commas between. Their passages come first; all other documents may follow." }));
}
