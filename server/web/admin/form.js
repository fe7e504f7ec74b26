/** The editor's fields: each writes into the draft as one types, and can be found again by its path to say what is wrong with it. */

import { h } from "../dom.js";
import { field, setFault } from "./ui.js";

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./ui.js").Control} Control */

export class Form {
  /**
   * @param {Draft} draft
   * @param {() => void} changed
   */
  constructor(draft, changed) {
    this.draft = draft;
    this.changed = changed;
    /** @type {Map<string, Control>} */
    this.controls = new Map();
    /** Places that were typed in or left: only those complain while one still fills in the form.
     * @type {Set<string>} */
    this.touched = new Set();
  }

  /**
   * A labelled text field, or area with `rows`.
   * @param {string} path
   * @param {string} label
   * @param {string} value
   * @param {(value: string) => void} set
   * @param {{hint?: string, rows?: number} & Record<string, string | number | boolean>} [options]
   */
  text(path, label, value, set, { hint = "", rows = 0, ...attributes } = {}) {
    const control = rows ? h("textarea", { rows, dir: "auto", ...attributes }) : h("input", { dir: "auto", autocomplete: "off", ...attributes });
    control.value = value;
    control.addEventListener("input", () => {
      set(control.value);
      this.touched.add(path);
      this.changed();
    });
    this.controls.set(path, control);
    return field(label, control, hint);
  }

  /**
   * A switch with what it does.
   * @param {string} label
   * @param {string} about
   * @param {boolean} on
   * @param {(on: boolean) => void} set
   */
  toggle(label, about, on, set) {
    const control = h("input", { type: "checkbox", role: "switch", checked: on });
    control.addEventListener("change", () => {
      set(control.checked);
      this.changed();
    });
    const text = h("p", { class: "small soft", id: `about-${label.replaceAll(/\W+/g, "-")}` }, about);
    control.setAttribute("aria-describedby", text.id);
    return h("div", { class: "toggle" }, h("label", { class: "check" }, control, label), text);
  }

  /**
   * Show faults at their fields, all of them or of those that were touched; what is right again is cleared.
   * @param {import("./draft.js").Problem[]} problems
   * @param {boolean} all
   */
  show(problems, all) {
    for (const [path, control] of this.controls) {
      const problem = problems.find((one) => one.path === path);
      setFault(control, problem && (all || this.touched.has(path)) ? problem.text : "");
    }
  }

  /** @param {string} path */
  focus(path) {
    const control = this.controls.get(path);
    for (let around = control?.closest("details"); around; around = around.parentElement?.closest("details")) around.open = true;
    control?.focus();
  }
}
