/** The versions of a configuration, what each changed, and bringing one back after seeing how scores would move. */

import { dialog } from "../dialog.js";
import { h } from "../dom.js";
import { changeList, changes, configFieldName } from "./diff.js";
import { compare, inSum, resultList } from "./preview.js";
import { read } from "./server.js";
import { load, timeElement } from "./ui.js";

/** @typedef {import("../types.d.ts").Config} Config */
/** @typedef {{version: number, changed_by: string | null, created_at: string, config: Omit<Config, "version">, fields_updated: string[]}} Version */
/** @typedef {{path: string, base: Config, ours: import("./diff.js").Rubrics, dirty: boolean}} Place */

/**
 * Show the versions until one is to be brought back; that one's configuration, or null.
 * @param {Place} place
 * @returns {Promise<Omit<Config, "version"> | null>}
 */
export async function showHistory(place) {
  /** @type {Version | null} */
  let chosen = null;
  await dialog("History", (close) => {
    const list = h("div", {});
    void load(list, () => read(`${place.path}/history`), ({ versions }) => versionList(versions, place, async (version) => {
      if (!(await agreed(version, place))) return;
      chosen = version;
      close("");
    }));
    return [list, h("div", { class: "row end" }, h("button", { type: "button", onclick: () => close("") }, "Close"))];
  }, { wide: true });
  return /** @type {Version | null} */ (chosen)?.config ?? null;
}

/**
 * @param {Version[]} versions
 * @param {Place} place
 * @param {(version: Version) => void} bringBack
 */
function versionList(versions, place, bringBack) {
  return h("ol", { class: "versions" }, ...versions.map((version, n) => {
    const before = versions[n + 1];
    return h("li", { class: "stack tight" },
      h("div", { class: "row apart" },
        h("p", {}, h("strong", {}, `Version ${version.version}`), " ", !n && h("span", { class: "badge good" }, "now"), " ",
          h("span", { class: "small soft" }, timeElement(version.created_at), version.changed_by ? ` by ${version.changed_by}` : "")),
        n > 0 && h("button", { type: "button", class: "compact", "aria-label": `Bring this back: version ${version.version}`, onclick: () => bringBack(version) }, "Bring this back")),
      version.fields_updated.length > 0 && h("p", { class: "small" }, `Changed: ${version.fields_updated.map(configFieldName).join(", ")}`),
      before ? h("details", {}, h("summary", { class: "small" }, `What version ${version.version} changed`), changeList(changes(before.config, version.config, place.ours)))
        : h("p", { class: "small soft" }, version.version > 1 ? "Older versions are not listed." : "The beginning."));
  }));
}

/**
 * @param {Version} version
 * @param {Place} place
 */
async function agreed(version, place) {
  const scores = h("div", { class: "stack tight" });
  void load(scores, () => compare(version.config), (goals) => [h("p", { role: "status" }, inSum(goals)), h("details", {}, h("summary", {}, "Each sample goal"), resultList(goals))]);
  const answer = await dialog(`Bring back version ${version.version}?`, (close) => [
    h("p", {}, "It becomes the newest version; nothing of the history is lost."),
    place.dirty && h("p", { class: "notice warn" }, "Your unsaved changes are dropped."),
    h("h3", {}, "What would change"), changeList(changes(place.base, version.config, place.ours)),
    h("h3", {}, "How scores would move"), scores,
    h("div", { class: "row end" }, h("button", { type: "button", onclick: () => close("") }, "Cancel"),
      h("button", { type: "button", class: "main", onclick: () => close("yes") }, "Bring it back")),
  ], { wide: true });
  return answer === "yes";
}
