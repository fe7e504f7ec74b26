/** How phases, steps, criteria, numbers and dates are said on every page. */

import { language, t } from "./languages.js";

/** @returns {Record<string, string>} */
const phases = () => ({ g2_basic: t("About you"), g4_future: t("Future vision"), g6_values: t("Values"), g8_actions: t("Action plan"), done: t("Done") });
/** @returns {Record<string, string>} */
const steps = () => ({ collect: t("listening"), refine: t("writing"), score: t("scoring"), transition: t("moving on") });
/** Our own rubric's; a company's keep the names that it gave them. @returns {Record<string, string>} */
const criteria = () => ({
  specificity: t("Specificity"),
  measurability: t("Measurability"),
  time_bound: t("Time bound"),
  alignment: t("Alignment"),
  clarity: t("Clarity"),
  authenticity: t("Authenticity"),
  company_alignment: t("Company alignment"),
  achievability: t("Achievability"),
});

/** Numbers and dates are written as in the page's language, whatever the browser's own is. */
const locale = () => (language() === "en" ? "en-GB" : language());

/**
 * A formatter that is made once for each language.
 * @template T
 * @param {(locale: string) => T} make
 */
function inLanguage(make) {
  /** @type {Map<string, T>} */
  const made = new Map();
  return () => {
    const found = made.get(locale()) ?? make(locale());
    made.set(locale(), found);
    return found;
  };
}

/** @param {Intl.NumberFormatOptions} options */
const numbers = (options) => inLanguage((tag) => new Intl.NumberFormat(tag, options));
/** @param {Intl.DateTimeFormatOptions} options */
const moments = (options) => inLanguage((tag) => new Intl.DateTimeFormat(tag, options));

const wholes = numbers({ maximumFractionDigits: 0 });
const tenths = numbers({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
const hundredths = numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
const plain = numbers({ maximumFractionDigits: 2 });
const upToTenths = numbers({ maximumFractionDigits: 1 });
const dates = moments({ day: "numeric", month: "long", year: "numeric" });
const days = moments({ day: "numeric", month: "short", timeZone: "UTC" });
const times = moments({ dateStyle: "medium", timeStyle: "short" });

/** @param {string} phase */
export const phaseName = (phase) => phases()[phase] ?? phase;

/** @param {string} step */
export const stepName = (step) => steps()[step] ?? step;

/** @param {string} criterion as the rubric names it, for example time_bound */
export function criterionName(criterion) {
  const words = criterion.replaceAll("_", " ");
  return criteria()[criterion] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {number} number shown as a whole one */
export const numberText = (number) => wholes().format(number);

/** @param {number} score 0-10 */
export const scoreText = (score) => tenths().format(score);

/** @param {number} score 0-10, a mean of several */
export const averageText = (score) => hundredths().format(score);

/** @param {number} threshold as the company wrote it */
export const thresholdText = (threshold) => plain().format(threshold);

/**
 * A score with what it is out of.
 * @param {number} score 0-10
 */
export const outOfTen = (score) => t("{score} of 10", { score: scoreText(score) });

/**
 * What became of a goal: its score; none where the employee keeps it although it scored too low.
 * @param {{score: number, below_threshold?: boolean}} goal
 */
export const resultText = ({ score, below_threshold }) => (below_threshold ? t("kept by you") : outOfTen(score));

/** @param {string} time ISO 8601 */
export const dateText = (time) => dates().format(new Date(time));

/** @param {string} day of UTC, for example 2026-07-31 */
export const dayText = (day) => days().format(new Date(`${day}T00:00:00Z`));

/** @param {string} time ISO 8601 */
export const timeText = (time) => times().format(new Date(time));

/** @param {number} minutes */
export function durationText(minutes) {
  if (minutes < 1) return t("under a minute");
  if (minutes < 90) return t("{n} min", { n: numberText(minutes) });
  if (minutes < 48 * 60) return t("{n} h", { n: upToTenths().format(minutes / 60) });
  return t("{n} days", { n: upToTenths().format(minutes / 60 / 24) });
}

/**
 * A number with its noun, in the console's English.
 * @param {number} number
 * @param {string} one
 * @param {string} [many]
 */
export const counted = (number, one, many = `${one}s`) => `${numberText(number)} ${number === 1 ? one : many}`;
