/** How phases, steps, criteria, numbers and dates are said on every page. */

/** @type {Record<string, string>} */
const PHASES = { g2_basic: "About you", g4_future: "Future vision", g6_values: "Values", g8_actions: "Action plan", done: "Done" };
/** @type {Record<string, string>} */
const STEPS = { collect: "listening", refine: "refining", score: "scoring", transition: "moving on" };

/** @param {string} phase */
export const phaseName = (phase) => PHASES[phase] ?? phase;

/** @param {string} step */
export const stepName = (step) => STEPS[step] ?? step;

/** @param {string} criterion as the rubric names it, for example time_bound */
export function criterionName(criterion) {
  const words = criterion.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {number} score 0-10 */
export const scoreText = (score) => score.toFixed(1);

/** @param {string} time ISO 8601 */
export const dateText = (time) => new Date(time).toLocaleDateString(undefined, { day: "numeric", month: "long", year: "numeric" });

/** @param {string} time ISO 8601 */
export const timeText = (time) => new Date(time).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });

/** @param {number} minutes */
export function durationText(minutes) {
  if (minutes < 1) return "under a minute";
  if (minutes < 90) return counted(minutes, "minute");
  if (minutes < 48 * 60) return counted(Math.round(minutes / 60), "hour");
  return counted(Math.round(minutes / 60 / 24), "day");
}

/**
 * @param {number} number
 * @param {string} what in the singular
 */
export const counted = (number, what) => `${number.toLocaleString()} ${what}${number === 1 ? "" : "s"}`;
