/** Tabs: one panel shows, arrow keys go along, and each tab says how much in it has to be corrected. */

import { fill, freshId, h } from "../dom.js";

export class Tabs {
  /**
   * @param {string} label
   * @param {{id: string, name: string, panel: HTMLElement}[]} parts
   * @param {string} chosen
   */
  constructor(label, parts, chosen) {
    this.parts = parts.map(({ id, name, panel }) => {
      const tab = h("button", { type: "button", role: "tab", id: freshId("tab"), onclick: () => this.choose(id) }, name);
      const shown = h("div", { role: "tabpanel", id: freshId("panel"), "aria-labelledby": tab.id }, panel);
      tab.setAttribute("aria-controls", shown.id);
      return { id, name, tab, shown };
    });
    const list = h("div", { role: "tablist", "aria-label": label, class: "tablist", onkeydown: (event) => this.key(event) }, this.parts.map((part) => part.tab));
    this.element = h("div", { class: "stack" }, list, this.parts.map((part) => part.shown));
    this.chosen = "";
    this.choose(chosen);
  }

  /** @param {string} id */
  choose(id) {
    if (!this.parts.some((part) => part.id === id)) return;
    this.chosen = id;
    for (const part of this.parts) {
      const is = part.id === id;
      part.tab.setAttribute("aria-selected", String(is));
      part.tab.tabIndex = is ? 0 : -1;
      part.shown.hidden = !is;
    }
  }

  /**
   * @param {string[]} wrong the tab of each thing to correct
   */
  count(wrong) {
    for (const { id, name, tab } of this.parts) {
      const here = wrong.filter((one) => one === id).length;
      fill(tab, name, here > 0 && h("span", { class: "badge bad" }, here, h("span", { class: "unseen" }, " to correct")));
    }
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const at = this.parts.findIndex((part) => part.id === this.chosen);
    const last = this.parts.length - 1;
    const next = /** @type {Record<string, number>} */ ({ ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at ? at - 1 : last, Home: 0, End: last })[event.key];
    const part = next === undefined ? undefined : this.parts[next];
    if (!part) return;
    event.preventDefault();
    this.choose(part.id);
    part.tab.focus();
  }
}
