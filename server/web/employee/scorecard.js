/** A score with its breakdown: one bar for the whole with the threshold's mark, and folded under it one for each criterion with reason and quote. */

import { h } from "../dom.js";
import { t } from "../languages.js";
import { criterionName, outOfTen, scoreText, thresholdText } from "../wording.js";

/**
 * How a goal was judged, with the reasons folded. One that the employee keeps although it scored too low is neither praised nor
 * measured: what the company asks for is said, and the reasons are there for whoever wants them.
 * @param {import("../types.d.ts").Score | any} card
 */
export function judgement(card) {
  const kept = card.below_threshold;
  const threshold = thresholdText(card.threshold);
  return h(
    "div",
    { class: "judgement stack tight" },
    kept ? h("p", {}, t("You keep it as it is. It lies below the {threshold} that your company asks for, so it counts in no statistics.", { threshold })) : total(card),
    !kept && h("p", { class: "feedback", dir: "auto" }, card.feedback),
    h("details", {}, h("summary", {}, t("How it was scored")), criteria(card, true)),
    card.suggestions.length > 0 &&
      h("details", { class: "suggestions" }, h("summary", {}, t("What would lift it")), h("ul", {}, card.suggestions.map((/** @type {string} */ line) => h("li", { dir: "auto" }, line)))),
  );
}

/**
 * A score with that of each criterion, while it is still written.
 * @param {import("../types.d.ts").Scorecard} card
 */
export function scorecard(card) {
  return h("div", { class: "scorecard stack tight" }, total(card), criteria(card, false));
}

/**
 * @param {any} card
 * @param {boolean} reasons
 */
function criteria(card, reasons) {
  return h("ul", { class: "criteria", "aria-label": t("Score by criterion") }, card.criteria.map((/** @type {any} */ criterion) => row(criterion, reasons)));
}

/** @param {any} card */
function total(card) {
  const threshold = thresholdText(card.threshold);
  const said = t("{score} of 10, needed: {threshold}", { score: scoreText(card.score), threshold });
  return h(
    "div",
    { class: "total" },
    h("strong", { class: "number" }, scoreText(card.score)),
    h("div", { class: "grow" },
      bar(card.score, said, card.threshold),
      h("p", { class: "small soft" }, card.meets_threshold ? t("At or above the {threshold} that your company asks for", { threshold }) : t("Below the {threshold} that your company asks for", { threshold }))),
  );
}

/**
 * @param {any} criterion
 * @param {boolean} reasons
 */
function row(criterion, reasons) {
  const name = criterionName(criterion.name);
  return h(
    "li",
    {},
    h("div", { class: "criterion" },
      h("span", { class: "criterion-name" }, name, " ", h("span", { class: "small soft" }, `${criterion.weight} %`)),
      bar(criterion.score, `${name}: ${outOfTen(criterion.score)}`),
      h("span", { class: "number" }, scoreText(criterion.score))),
    reasons && h("p", { class: "small soft", dir: "auto" }, criterion.reasoning),
    reasons && criterion.evidence && h("blockquote", { class: "small quote", dir: "auto" }, criterion.evidence),
  );
}

/**
 * @param {number} score 0-10
 * @param {string} said for those who don't see it
 * @param {number} [threshold]
 */
export function bar(score, said, threshold) {
  const filling = h("i");
  filling.style.setProperty("--share", `${score * 10}%`);
  const low = score < (threshold ?? 5);
  return h("div", { class: low ? "bar low" : "bar", role: "img", "aria-label": said }, filling, threshold !== undefined && markAt(threshold));
}

/** @param {number} threshold */
function markAt(threshold) {
  const mark = h("b");
  mark.style.setProperty("--mark-at", `${threshold * 10}%`);
  return mark;
}
