/** Sample goals, scored by the rubric that counts now and by the draft, side by side. */

import { fill, freshId, h } from "../dom.js";
import { counted, criterionName, phaseName, scoreText } from "../wording.js";
import { change, companyId } from "./server.js";
import { GOAL_PHASES, failed, field, select } from "./ui.js";

/** @typedef {import("../types.d.ts").Scorecard} Scorecard */
/** @typedef {{phase: string, content: string}} Sample */
/** @typedef {Sample & {current: Scorecard, draft: Scorecard, change: number}} Compared */

const MOST = 20;

/** The samples stay while the page does. @type {Sample[]} */
const samples = [
  { phase: "g4_future", content: "Within 24 months, become team lead in customer service, finish the leadership course and train 4 new colleagues." },
  { phase: "g4_future", content: "Lead a project next year and improve my skills." },
  { phase: "g4_future", content: "I want to be better at my job and make a difference." },
  { phase: "g6_values", content: "My values at work\n- Honesty: I report my own mistakes the same day\n- Respect: I let people finish before I answer\n- Care: I check each order before it leaves" },
  { phase: "g6_values", content: "Honesty, respect, teamwork" },
  { phase: "g6_values", content: "Be a good person" },
  { phase: "g8_actions", content: "In the next 6 months\n- Complete the leadership course by March\n- Train 2 new colleagues by May\n- Hold one feedback talk with my team every month" },
  { phase: "g8_actions", content: "- Read two books\n- Help the team with the new system" },
  { phase: "g8_actions", content: "Work harder and learn new things" },
];

/**
 * @param {Omit<import("../types.d.ts").Config, "version">} config
 * @param {AbortSignal} [signal]
 * @returns {Promise<Compared[]>}
 */
export async function compare(config, signal) {
  const goals = samples.filter((one) => one.content.trim());
  const answer = await change("POST", `/api/admin/config/${companyId()}/preview`, { config, goals }, signal ? { signal } : {});
  return answer.goals;
}

/**
 * The section with samples and scores.
 * @param {() => Omit<import("../types.d.ts").Config, "version"> | null} config the draft; null when something has to be corrected first
 * @param {AbortSignal} signal
 */
export function previewSection(config, signal) {
  const heading = h("h2", { tabindex: -1 }, "Preview on sample goals");
  const spoken = h("p", { role: "status" });
  const results = h("div", { class: "stack" });
  const run = async () => {
    const draft = config();
    if (!draft) return;
    element.hidden = false;
    heading.focus();
    if (!samples.some((one) => one.content.trim())) return fill(results, h("p", { class: "soft" }, "Write at least one sample goal below."));
    fill(spoken, "Scoring the sample goals …");
    try {
      const goals = await compare(draft, signal);
      fill(spoken, inSum(goals));
      fill(results, resultList(goals));
    } catch (error) {
      if (signal.aborted) return;
      fill(spoken);
      fill(results, failed(error, () => void run()));
    }
  };
  const element = h("section", { class: "card stack", hidden: true }, heading,
    h("p", { class: "soft" }, "Scored by the coach by rules, without company documents. Nothing is recorded."),
    spoken, results, h("details", {}, h("summary", {}, "Change the sample goals"), editor(() => void run())));
  return { element, run };
}

/** @param {Compared[]} goals */
export function inSum(goals) {
  const rise = goals.filter((goal) => goal.change > 0).length;
  const fall = goals.filter((goal) => goal.change < 0).length;
  const passes = goals.filter((goal) => goal.draft.meets_threshold).length;
  const passed = goals.filter((goal) => goal.current.meets_threshold).length;
  const same = goals.length - rise - fall;
  return `${counted(goals.length, "sample goal")}: ${rise} would score higher, ${fall} lower, ${same} the same. ${passes} would reach the threshold; now it is ${passed}.`;
}

/** @param {Compared[]} goals */
export function resultList(goals) {
  return GOAL_PHASES.map((phase) => ({ phase, of: goals.filter((goal) => goal.phase === phase) })).filter(({ of }) => of.length).map(({ phase, of }) =>
    h("div", { class: "stack tight" }, h("h3", {}, phaseName(phase)), ...of.map(result)));
}

/** @param {Compared} goal */
function result(goal) {
  return h("details", { class: "compared" },
    h("summary", {}, h("span", { class: "grow", dir: "auto" }, goal.content), scores(goal.current, goal.draft), moved(goal.change)),
    h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Scores by criterion" }, criteria(goal)));
}

/**
 * @param {Scorecard} current
 * @param {Scorecard} draft
 */
function scores(current, draft) {
  const told = (/** @type {Scorecard} */ card) => h("span", { class: card.meets_threshold ? "reached" : "soft" }, scoreText(card.score));
  return h("span", { class: "number scores" }, h("span", { class: "unseen" }, "now "), told(current), " → ", h("span", { class: "unseen" }, "then "), told(draft));
}

/** @param {number} change */
function moved(change) {
  if (Math.abs(change) < 0.05) return h("span", { class: "badge number" }, "same");
  return h("span", { class: `badge number ${change > 0 ? "good" : "warn"}` }, `${change > 0 ? "▲ +" : "▼ −"}${scoreText(Math.abs(change))}`);
}

/** @param {Compared} goal */
function criteria({ current, draft }) {
  const names = [...new Set([...current.criteria, ...draft.criteria].map((one) => one.name))];
  const told = (/** @type {Scorecard} */ card, /** @type {string} */ name) => {
    const found = card.criteria.find((one) => one.name === name);
    return found ? `${scoreText(found.score)} × ${found.weight}%` : "–";
  };
  const difference = (/** @type {string} */ name) => {
    const points = (/** @type {Scorecard} */ card) => (card.criteria.find((one) => one.name === name)?.weighted_score ?? 0) / 10;
    return moved(points(draft) - points(current));
  };
  return h("table", { class: "number" },
    h("thead", {}, h("tr", {}, ...["Criterion", "Now", "Draft", "Points of the score"].map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, ...names.map((name) => h("tr", {}, h("th", { scope: "row" }, criterionName(name)), h("td", {}, told(current, name)), h("td", {}, told(draft, name)), h("td", {}, difference(name))))));
}

/** @param {() => void} run */
function editor(run) {
  const list = h("ol", { class: "samples stack" });
  const phases = GOAL_PHASES.map((phase) => /** @type {[string, string]} */ ([phase, phaseName(phase)]));
  const draw = () => {
    fill(list, samples.map((sample, n) => {
      const phase = select(phases, sample.phase);
      const content = h("textarea", { rows: 2, maxlength: 5000, dir: "auto", id: freshId("sample") });
      content.value = sample.content;
      phase.addEventListener("change", () => (sample.phase = phase.value));
      content.addEventListener("input", () => (sample.content = content.value));
      const remove = () => {
        samples.splice(n, 1);
        draw();
        add.focus();
      };
      return h("li", { class: "sample" }, field(`Phase of sample ${n + 1}`, phase), field(`Sample goal ${n + 1}`, content),
        h("button", { type: "button", class: "compact plain", "aria-label": `Remove sample goal ${n + 1}`, onclick: remove }, "Remove"));
    }));
    add.hidden = samples.length >= MOST;
  };
  const more = () => {
    samples.push({ phase: samples.at(-1)?.phase ?? "g4_future", content: "" });
    draw();
    /** @type {HTMLElement | null} */ (list.querySelector("li:last-child textarea"))?.focus();
  };
  const add = h("button", { type: "button", onclick: more }, "Add a sample goal");
  draw();
  return h("div", { class: "stack" }, list, h("div", { class: "row" }, add, h("button", { type: "button", onclick: run }, "Score them again")));
}
