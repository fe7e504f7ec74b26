/** How far the employee is: the phases with what became of each. */

import { h } from "../dom.js";
import { t } from "../languages.js";
import { phaseName, resultText, stepName } from "../wording.js";

/**
 * @param {import("../types.d.ts").CompanyPhase[]} phases
 * @param {import("./session.js").Session} session
 * @param {string} step of the phase in hand
 * @param {boolean} busy whether the coach is at work
 */
export function railItems(phases, session, step, busy) {
  const order = phases.map((spec) => spec.phase);
  const at = session.state.phase === "done" ? order.length : order.indexOf(session.state.phase);
  const here = busy ? `${stepName(step)} …` : session.state.awaiting_confirmation ? t("waits for you") : stepName(step);
  return order.map((phase, index) => item(phase, index, at, index === at ? here : result(session.goal(phase))));
}

/** @param {any} goal */
const result = (goal) => (goal ? resultText(goal) : t("to come"));

/**
 * @param {string} phase
 * @param {number} index
 * @param {number} at
 * @param {string} told
 */
function item(phase, index, at, told) {
  return h(
    "li",
    { class: index === at ? "here" : index < at ? "done" : "", "aria-current": index === at ? "step" : null },
    h("span", { class: "dot", "aria-hidden": "true" }, index < at ? "✓" : index + 1),
    h("span", {}, h("strong", {}, phaseName(phase)), h("span", { class: "small soft" }, told)),
  );
}
