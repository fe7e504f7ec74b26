/** Editing a goal in place with its score as one types, and what changed from version to version. */

import { ApiError, call } from "../api.js";
import { dialog } from "../dialog.js";
import { fill, freshId, h } from "../dom.js";
import { t, te, tn } from "../languages.js";
import { wordDiff } from "../word_diff.js";
import { numberText, resultText, timeText } from "../wording.js";
import { scorecard } from "./scorecard.js";

const PREVIEW_AFTER = 250;

export class GoalEditor {
  /**
   * @param {string} phase
   * @param {string} text
   * @param {number} limit characters
   * @param {{save: (text: string) => unknown, cancel: () => void}} done
   */
  constructor(phase, text, limit, done) {
    this.phase = phase;
    this.limit = limit;
    /** @type {AbortController | null} */
    this.asking = null;
    /** @type {number | undefined} */
    this.timer = undefined;
    const id = freshId("edit");
    this.area = h("textarea", { id, rows: Math.min(14, Math.max(4, Math.ceil(text.length / 60))), dir: "auto", "aria-describedby": `${id}-count`, oninput: () => this.#changed() });
    this.area.value = text;
    this.count = h("p", { class: "small soft", id: `${id}-count` });
    this.preview = h("div", { class: "preview", "aria-label": t("Score as you type"), role: "group" });
    this.told = h("p", { class: "fault small", role: "alert" });
    this.saving = h("button", { class: "main", type: "submit" }, t("Save and score"));
    this.element = h(
      "form",
      { class: "stack", onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), done.save(this.area.value.trim())) },
      h("div", { class: "field" }, h("label", { for: id }, t("Your goal in your words")), this.area, this.count),
      this.preview,
      h("p", { class: "small soft" }, t("While you type, company documents are not consulted; they count when you save.")),
      this.told,
      h("div", { class: "row" }, this.saving, h("button", { type: "button", onclick: () => done.cancel() }, t("Cancel"))),
    );
    this.#changed();
  }

  focus() {
    this.area.focus();
    this.area.setSelectionRange(this.area.value.length, this.area.value.length);
  }

  /**
   * Say why it wasn't saved.
   * @param {string} why
   */
  tell(why) {
    fill(this.told, why);
  }

  /** Nothing is asked any more. */
  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  #changed() {
    const length = [...this.area.value.trim()].length;
    const over = length - this.limit;
    const most = numberText(this.limit);
    this.count.textContent = over > 0
      ? tn("{n} character too many: at most {most}", "{n} characters too many: at most {most}", over, { n: numberText(over), most })
      : t("{n} of {most} characters", { n: numberText(length), most });
    this.count.className = over > 0 ? "fault small" : "small soft";
    this.saving.disabled = over > 0 || length === 0;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), PREVIEW_AFTER);
  }

  async #ask() {
    this.asking?.abort();
    const content = this.area.value.trim();
    if (!content) return fill(this.preview);
    this.asking = new AbortController();
    const { signal } = this.asking;
    try {
      const card = await call("POST", "/api/goals/preview-score", { phase: this.phase, content: content.slice(0, 5000) }, { signal });
      if (!signal.aborted) fill(this.preview, scorecard(card));
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 429) this.timer = setTimeout(() => this.#ask(), 1000);
      else fill(this.preview, h("p", { class: "small soft" }, error.message));
    }
    return undefined;
  }
}

/** @param {any[]} versions of one goal, oldest first */
export function versionsDialog(versions) {
  void dialog(t("Versions"), () => [
    h("p", { class: "small soft" }, te("{added} and {removed} words against the version before.", { added: h("ins", {}, t("Added")), removed: h("del", {}, t("removed")) })),
    h("ol", { class: "plain-list stack" }, versions.map((goal, index) => version(goal, versions[index - 1])).reverse()),
  ], { closable: true });
}

/**
 * @param {any} goal
 * @param {any} before
 */
function version(goal, before) {
  const words = before ? wordDiff(before.content, goal.content).map(({ kind, text }) => (kind === "same" ? text : h(kind, {}, text))) : goal.content;
  return h(
    "li",
    { class: "stack tight version" },
    h("h3", {}, `${t("Version {version}", { version: goal.version })} · ${resultText(goal)}`, " ", goal.is_final && h("span", { class: "badge good" }, t("Counts now"))),
    h("p", { class: "small soft" }, timeText(goal.created_at)),
    h("p", { class: "goal-text", dir: "auto" }, words),
  );
}
