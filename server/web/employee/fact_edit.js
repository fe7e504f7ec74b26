/** Editing a fact in place: Enter saves, Escape leaves. */

import { fill, h } from "../dom.js";
import { t } from "../languages.js";

const LONGEST = 500;

export class FactEditor {
  /**
   * @param {import("./facts.js").Fact} fact
   * @param {string} text what it says now
   * @param {{save: (text: string) => void, leave: () => void}} done
   */
  constructor(fact, text, done) {
    this.fact = fact;
    this.done = done;
    this.area = h("textarea", { rows: 1, maxlength: LONGEST, dir: "auto", "aria-label": t("In your words"), "data-key": "editor", onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event) });
    this.area.value = text;
    this.told = h("p", { class: "fault small", role: "alert" });
    this.saving = h("button", { class: "compact main", type: "submit" }, t("Save"));
    this.element = h(
      "form",
      { class: "stack tight fact-edit", onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), this.#save()) },
      this.area,
      this.told,
      h("div", { class: "row" }, this.saving, h("button", { class: "compact", type: "button", onclick: () => done.leave() }, t("Cancel"))),
    );
  }

  focus() {
    this.area.focus();
    this.area.select();
  }

  /** @param {boolean} busy whether nothing can be saved right now */
  set busy(busy) {
    this.saving.disabled = busy;
  }

  /**
   * Say why it wasn't saved.
   * @param {string} why
   */
  tell(why) {
    fill(this.told, why);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      this.done.leave();
    }
    if (event.key === "Enter") {
      event.preventDefault();
      this.#save();
    }
  }

  #save() {
    const text = this.area.value.trim();
    if (this.saving.disabled) return this.tell(t("The coach is at work. Wait until it is done, then save."));
    if (!text) return this.tell(t("Nothing is written here. To take it back, cancel and strike it."));
    return this.done.save(text);
  }
}
