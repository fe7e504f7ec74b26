/** A configuration while it is edited: as the fields hold it, back as the server takes it, and what still has to be corrected. */

import { CATEGORY } from "./category.js";
import { GOAL_PHASES } from "./ui.js";

/** @typedef {import("../types.d.ts").Config} Config */
/** @typedef {import("../types.d.ts").Criterion} Criterion */
/** @typedef {{name: string, weight: string, description: string, keywords: string, levels: string[], example: string}} Line */
/** @typedef {{own: boolean, criteria: Line[], limit: string, horizon: string, categories: string, none: boolean}} PhaseDraft */
/** @typedef {{phases: Record<string, PhaseDraft>, threshold: number, flags: Record<string, boolean>, rag: boolean, days: string, model: string, prompts: Record<string, string>, written: Record<string, string>}} Draft */
/** @typedef {{tab: string, path: string, text: string}} Problem */

/** What the weights of a rubric add up to. */
export const SUM = 100;
export const ANCHORS = [0, 2, 4, 6, 8, 10];
const NAME = /^[a-z][a-z0-9_]{1,39}$/;
const FOREIGN_TO_NAMES = /[^A-Za-z0-9 _-]/u;
/** @type {Record<string, string>} */
const OTHER_NAMES = { system_prompt: "system.goal_assistant", g4_future_prompt: "collect.g4_future", g6_values_prompt: "collect.g6_values", g8_actions_prompt: "collect.g8_actions" };
export const PLACEHOLDERS = ["employee_role", "company_name", "phase", "step", "months", "limit"];

/**
 * Prompts by the names that the editor shows; the specification calls some of them otherwise.
 * @param {Record<string, string>} prompts
 */
export function promptsByOurNames(prompts) {
  return Object.fromEntries(Object.entries(prompts).map(([name, text]) => [OTHER_NAMES[name] ?? name, text]));
}

/**
 * @param {Config} config
 * @returns {Draft}
 */
export function toDraft(config) {
  const phases = Object.fromEntries(GOAL_PHASES.map((phase) => {
    const rubric = /** @type {any} */ (config.scoring_rubric_json)[phase];
    const settings = /** @type {any} */ (config.phases_json)[phase] ?? {};
    return [phase, {
      own: Boolean(rubric), criteria: rubric ? lines(rubric) : [], limit: String(settings.limit ?? ""),
      horizon: String(settings.horizon_months ?? ""), categories: settings.categories ? settings.categories.join(", ") : "",
      none: settings.categories?.length === 0,
    }];
  }));
  return {
    phases, threshold: config.threshold, flags: { ...config.ui_flags_json }, rag: config.rag_enabled,
    days: String(config.session_expiration_days), model: config.llm_model ?? "",
    prompts: promptsByOurNames(config.prompts_json), written: Object.fromEntries(Object.keys(config.prompts_json).map((name) => [OTHER_NAMES[name] ?? name, name])),
  };
}

/**
 * The criteria of a rubric as lines of the editor.
 * @param {Record<string, Criterion>} rubric
 * @returns {Line[]}
 */
export function lines(rubric) {
  return Object.entries(rubric).map(([name, one]) => ({
    name, weight: String(one.weight), description: one.description, keywords: (one.keywords ?? []).join(", "),
    levels: ANCHORS.map((level) => one.levels?.[level] ?? ""), example: one.example ?? "",
  }));
}

/** @returns {Line} */
export function emptyLine() {
  return { name: "", weight: "", description: "", keywords: "", levels: ANCHORS.map(() => ""), example: "" };
}

/**
 * A criterion's name as the server takes it, where it can.
 * @param {string} text
 */
export const criterionKey = (text) => text.trim().toLowerCase().replaceAll(/[ -]+/g, "_");

/** @param {string} text */
const listOf = (text) => text.split(",").map((word) => word.trim()).filter(Boolean);

/** @param {Line[]} criteria */
export const sumOf = (criteria) => criteria.reduce((sum, line) => sum + (Number.parseInt(line.weight, 10) || 0), 0);

/**
 * How far weights are from what they have to add up to.
 * @param {number} sum
 */
export function sumText(sum) {
  if (sum === SUM) return `The weights add up to ${SUM}.`;
  return `The weights add up to ${sum}: ${sum < SUM ? `${SUM - sum} are missing` : `${sum - SUM} too many`}.`;
}

/**
 * The body of a PUT. Sent only when nothing has to be corrected.
 * @param {Draft} draft
 * @returns {Omit<Config, "version">}
 */
export function toConfig(draft) {
  const own = GOAL_PHASES.filter((phase) => draft.phases[phase]?.own);
  const of = (/** @type {string} */ phase) => /** @type {PhaseDraft} */ (draft.phases[phase]);
  return {
    prompts_json: Object.fromEntries(Object.entries(draft.prompts).filter(([, text]) => text.trim()).map(([name, text]) => [draft.written[name] ?? name, text])),
    scoring_rubric_json: Object.fromEntries(own.map((phase) => [phase, Object.fromEntries(of(phase).criteria.map((line) => [criterionKey(line.name), criterion(line)]))])),
    phases_json: Object.fromEntries(GOAL_PHASES.map((phase) => /** @type {const} */ ([phase, settings(of(phase))])).filter(([, given]) => Object.keys(given).length)),
    threshold: draft.threshold, ui_flags_json: draft.flags, rag_enabled: draft.rag,
    session_expiration_days: Number(draft.days), llm_model: draft.model.trim() || null,
  };
}

/** @param {Line} line */
function criterion(line) {
  const described = line.levels.some((text) => text.trim());
  return {
    weight: Number(line.weight), description: line.description.trim(), keywords: listOf(line.keywords),
    levels: described ? Object.fromEntries(ANCHORS.map((level, n) => [level, (line.levels[n] ?? "").trim()])) : null,
    example: line.example.trim() || null,
  };
}

/** @param {PhaseDraft} phase */
function settings(phase) {
  /** @type {{limit?: number, horizon_months?: number, categories?: string[]}} */
  const given = {};
  if (phase.limit.trim()) given.limit = Number(phase.limit);
  if (phase.horizon.trim()) given.horizon_months = Number(phase.horizon);
  if (phase.categories.trim()) given.categories = listOf(phase.categories);
  // A company may prefer no category at all; an empty field that says nothing is something else.
  else if (phase.none) given.categories = [];
  return given;
}

/**
 * What has to be corrected before this can be saved.
 * @param {Draft} draft
 * @returns {Problem[]}
 */
export function problems(draft) {
  const found = GOAL_PHASES.flatMap((phase) => phaseProblems(phase, /** @type {PhaseDraft} */ (draft.phases[phase])));
  if (!within(draft.days, 1, 365)) found.push({ tab: "settings", path: "session_expiration_days", text: "Write a whole number of days from 1 to 365." });
  for (const [name, text] of Object.entries(draft.prompts)) {
    const wrong = promptProblem(text);
    if (wrong) found.push({ tab: "prompts", path: `prompts_json.${name}`, text: wrong });
  }
  return found;
}

/**
 * @param {string} text
 * @param {number} least
 * @param {number} most
 */
function within(text, least, most) {
  return /^\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;
}

/**
 * @param {string} phase
 * @param {PhaseDraft} draft
 * @returns {Problem[]}
 */
function phaseProblems(phase, draft) {
  /** @type {Problem[]} */
  const found = [];
  const add = (/** @type {string} */ path, /** @type {boolean} */ wrong, /** @type {string} */ text) => wrong && found.push({ tab: phase, path: `${phase}.${path}`, text });
  if (draft.own) {
    add("sum", !draft.criteria.length, "A rubric needs at least one criterion. Add one, or start from ours.");
    draft.criteria.forEach((line, n) => found.push(...lineProblems(phase, line, n, draft.criteria)));
    const sum = sumOf(draft.criteria);
    if (draft.criteria.length) add("sum", sum !== SUM, sumText(sum));
  }
  add("limit", Boolean(draft.limit.trim()) && !within(draft.limit, 80, 4000), "Write a whole number from 80 to 4000, or leave it empty.");
  add("horizon", Boolean(draft.horizon.trim()) && !within(draft.horizon, 1, 120), "Write whole months from 1 to 120, or leave it empty.");
  const wrong = listOf(draft.categories).find((name) => !CATEGORY.test(name));
  add("categories", Boolean(wrong), `“${wrong}” is no category: use small letters, digits, - and _, with commas between.`);
  return found;
}

/**
 * @param {string} phase
 * @param {Line} line
 * @param {number} n
 * @param {Line[]} all
 * @returns {Problem[]}
 */
function lineProblems(phase, line, n, all) {
  /** @type {Problem[]} */
  const found = [];
  const add = (/** @type {string} */ what, /** @type {boolean} */ wrong, /** @type {string} */ text) => wrong && found.push({ tab: phase, path: `${phase}.${n}.${what}`, text });
  const key = criterionKey(line.name);
  const foreign = FOREIGN_TO_NAMES.exec(line.name.trim())?.[0];
  add("name", foreign !== undefined, `“${foreign}” can't stand in a name: use the letters a to z, digits, spaces, _ and -.`);
  add("name", !NAME.test(key), "Name it in 2 to 40 letters a to z, digits, spaces, _ and -, beginning with a letter.");
  add("name", NAME.test(key) && all.findIndex((other) => criterionKey(other.name) === key) < n, "Another criterion has this name already.");
  add("weight", !within(line.weight, 1, 100), "1 to 100");
  add("description", !line.description.trim(), "Say in one sentence what it asks for.");
  add("keywords", listOf(line.keywords).some((word) => word.length > 60), "A keyword has at most 60 characters.");
  const missing = ANCHORS.filter((_, at) => !line.levels[at]?.trim());
  add("levels", missing.length > 0 && missing.length < ANCHORS.length, `Describe ${missing.join(", ")} too, or leave all six empty.`);
  return found;
}

/** @param {string} text */
function promptProblem(text) {
  const rest = text.replaceAll("{{", "").replaceAll("}}", "").replaceAll(/\{([^{}]*)\}/g, (whole, name) => (PLACEHOLDERS.includes(name) ? "" : whole));
  const unknown = /\{[^{}]*\}/.exec(rest);
  const names = PLACEHOLDERS.map((name) => `{${name}}`).join(", ");
  if (unknown) return `${unknown[0]} is no placeholder. There are ${names}.`;
  return /[{}]/.test(rest) ? `A brace stands alone. Write it twice to mean a brace. Placeholders are ${names}.` : "";
}

/**
 * The field that the server means by a place such as scoring_rubric_json.g4_future.clarity.weight.
 * @param {string} place
 * @param {Draft} draft
 * @returns {{tab: string, path: string}}
 */
export function placeOf(place, draft) {
  const [column = "", second = "", third = "", fourth = ""] = place.split(".");
  if (column === "prompts_json") return { tab: "prompts", path: place };
  if (column === "phases_json") return { tab: second, path: `${second}.${third === "horizon_months" ? "horizon" : third}` };
  if (column !== "scoring_rubric_json") return { tab: "settings", path: column };
  const n = draft.phases[second]?.criteria.findIndex((line) => criterionKey(line.name) === third) ?? -1;
  return { tab: second, path: n < 0 ? `${second}.sum` : `${second}.${n}.${fourth}` };
}
