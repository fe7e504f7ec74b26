/** How phases, steps, criteria, numbers and dates are said on every page. */

/** @type {Record<string, string>} */
const PHASES = { g2_basic: "About you", g4_future: "Future vision", g6_values: "Values", g8_actions: "Action plan", done: "Done" };
/** @type {Record<string, string>} */
const STEPS = { collect: "listening", refine: "refining", score: "scoring", transition: "moving on" };

/** The pages speak English, so their numbers and dates do too, whatever the browser's own language is. */
const LOCALE = "en-GB";
const wholes = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const upToTenths = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });
const dates = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "long", year: "numeric" });
const days = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", timeZone: "UTC" });
const times = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "short" });

/** @param {string} phase */
export const phaseName = (phase) => PHASES[phase] ?? phase;

/** @param {string} step */
export const stepName = (step) => STEPS[step] ?? step;

/** @param {string} criterion as the rubric names it, for example time_bound */
export function criterionName(criterion) {
  const words = criterion.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {number} number shown as a whole one */
export const numberText = (number) => wholes.format(number);

/** @param {number} score 0-10 */
export const scoreText = (score) => tenths.format(score);

/** @param {string} time ISO 8601 */
export const dateText = (time) => dates.format(new Date(time));

/** @param {string} day of UTC, for example 2026-07-31 */
export const dayText = (day) => days.format(new Date(`${day}T00:00:00Z`));

/** @param {string} time ISO 8601 */
export const timeText = (time) => times.format(new Date(time));

/** @param {number} minutes */
export function durationText(minutes) {
  if (minutes < 1) return "under a minute";
  if (minutes < 90) return `${numberText(minutes)} min`;
  if (minutes < 48 * 60) return `${upToTenths.format(minutes / 60)} h`;
  return `${upToTenths.format(minutes / 60 / 24)} days`;
}

/**
 * A number with its noun.
 * @param {number} number
 * @param {string} one
 * @param {string} [many]
 */
export const counted = (number, one, many = `${one}s`) => `${numberText(number)} ${number === 1 ? one : many}`;
