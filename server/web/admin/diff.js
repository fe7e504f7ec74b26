/** What is different between two configurations, field by field, in words. */

import { h } from "../dom.js";
import { wordDiff } from "../word_diff.js";
import { criterionName, phaseName, scoreText } from "../wording.js";
import { promptsByOurNames } from "./draft.js";
import { flagName } from "./flags.js";
import { GOAL_PHASES } from "./ui.js";

/** @typedef {import("../types.d.ts").Config} Config */
/** @typedef {import("../types.d.ts").Criterion} Criterion */
/** @typedef {Record<string, Record<string, Criterion>>} Rubrics */
/** @typedef {{where: string, before: string, after: string}} Change */

/** A shorter text is shown whole, before and after; so is one that would keep the browser busy. */
const [FEWEST_WORDS, MOST_WORDS] = [4, 750];
const FIELDS = /** @type {Record<string, string>} */ ({
  prompts_json: "prompts", scoring_rubric_json: "rubric", phases_json: "phases", threshold: "threshold", ui_flags_json: "switches",
  rag_enabled: "company documents", session_expiration_days: "days a session is kept", llm_model: "language model",
});

/** @param {string} name a column of the configuration */
export const configFieldName = (name) => FIELDS[name] ?? name;

/**
 * @param {Omit<Config, "version">} before
 * @param {Omit<Config, "version">} after
 * @param {Rubrics} ours what holds in a phase without a rubric of its own
 * @returns {Change[]}
 */
export function changes(before, after, ours) {
  return [
    ...GOAL_PHASES.flatMap((phase) => rubricChanges(phase, before.scoring_rubric_json, after.scoring_rubric_json, ours)),
    ...GOAL_PHASES.flatMap((phase) => phaseChanges(phase, before.phases_json, after.phases_json)),
    ...changed("Threshold", scoreText(before.threshold), scoreText(after.threshold)),
    ...mapChanges(before.ui_flags_json, after.ui_flags_json, flagName, (value) => (value === undefined ? "as usual" : value ? "on" : "off")),
    ...changed("Company documents", onOff(before.rag_enabled), onOff(after.rag_enabled)),
    ...changed("Days a session is kept", before.session_expiration_days, after.session_expiration_days),
    ...changed("Language model", before.llm_model ?? "the server's", after.llm_model ?? "the server's"),
    ...mapChanges(promptsByOurNames(before.prompts_json), promptsByOurNames(after.prompts_json), (name) => `Prompt ${name}`, (value) => value ?? "ours"),
  ];
}

/** @param {boolean} value */
const onOff = (value) => (value ? "on" : "off");

/**
 * @param {string} where
 * @param {unknown} before
 * @param {unknown} after
 * @returns {Change[]}
 */
function changed(where, before, after) {
  const [old, now] = [String(before ?? ""), String(after ?? "")];
  return old === now ? [] : [{ where, before: old, after: now }];
}

/**
 * @template V
 * @param {Record<string, V>} before
 * @param {Record<string, V>} after
 * @param {(name: string) => string} named
 * @param {(value: V | undefined) => string} shown
 */
function mapChanges(before, after, named, shown) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => changed(named(name), shown(before[name]), shown(after[name])));
}

/**
 * @param {string} phase
 * @param {any} before
 * @param {any} after
 * @param {Rubrics} ours
 */
function rubricChanges(phase, before, after, ours) {
  const [old, now] = [before[phase] ?? ours[phase] ?? {}, after[phase] ?? ours[phase] ?? {}];
  const at = phaseName(phase);
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  const kept = (/** @type {object} */ rubric) => Object.keys(rubric).filter((name) => name in old && name in now).map(criterionName).join(", ");
  return [
    ...changed(`${at}: rubric`, before[phase] ? "your own" : "ours", after[phase] ? "your own" : "ours"),
    ...names.flatMap((name) => criterionChanges(`${at} › ${criterionName(name)}`, old[name], now[name])),
    ...changed(`${at}: order of the criteria`, kept(old), kept(now)),
  ];
}

/**
 * @param {string} where
 * @param {Criterion | undefined} before
 * @param {Criterion | undefined} after
 * @returns {Change[]}
 */
function criterionChanges(where, before, after) {
  if (!before || !after) {
    const told = (/** @type {Criterion | undefined} */ one) => (one ? `weight ${one.weight}: ${one.description}` : "");
    return [{ where: `${where} (${after ? "added" : "removed"})`, before: told(before), after: told(after) }];
  }
  const levels = (/** @type {Criterion} */ one) => Object.entries(one.levels ?? {}).map(([level, text]) => `${level}: ${text}`).join("\n");
  return [
    ...changed(`${where}: weight`, before.weight, after.weight),
    ...changed(`${where}: description`, before.description, after.description),
    ...changed(`${where}: keywords`, (before.keywords ?? []).join(", "), (after.keywords ?? []).join(", ")),
    ...changed(`${where}: levels`, levels(before), levels(after)),
    ...changed(`${where}: example`, before.example, after.example),
  ];
}

/**
 * @param {string} phase
 * @param {any} before
 * @param {any} after
 */
function phaseChanges(phase, before, after) {
  const [old, now] = [before[phase] ?? {}, after[phase] ?? {}];
  const at = phaseName(phase);
  const told = (/** @type {any} */ value) => value ?? "as usual";
  const listed = (/** @type {string[] | null | undefined} */ all) => (all ? all.join(", ") || "none" : "as usual");
  return [
    ...changed(`${at}: most characters`, told(old.limit), told(now.limit)),
    ...changed(`${at}: time frame in months`, told(old.horizon_months), told(now.horizon_months)),
    ...changed(`${at}: preferred categories`, listed(old.categories), listed(now.categories)),
  ];
}

/**
 * Changes as a list; long texts word by word.
 * @param {Change[]} all
 */
export function changeList(all) {
  if (!all.length) return h("p", { class: "soft" }, "Nothing is different.");
  return h("dl", { class: "changes" }, ...all.map(({ where, before, after }) =>
    h("div", {}, h("dt", { class: "small" }, where), h("dd", { class: "text", dir: "auto" }, ...words(before, after)))));
}

/**
 * @param {string} before
 * @param {string} after
 */
function words(before, after) {
  const sizes = [before, after].map((text) => text.split(/\s+/).length);
  if (Math.min(...sizes) < FEWEST_WORDS || Math.max(...sizes) > MOST_WORDS) {
    return [before && h("del", {}, before), before && after && h("span", {}, " → "), after && h("ins", {}, after)];
  }
  return wordDiff(before, after).map(({ kind, text }) => (kind === "same" ? text : h(kind, {}, text)));
}
