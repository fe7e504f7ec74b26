/** The passages of company documents that the coach leaned on, beside the text. One panel at a time. */

import { fill, h } from "../dom.js";
import { t } from "../languages.js";

export class SourcesPanel {
  constructor() {
    this.heading = h("h2", { tabindex: "-1" }, t("Sources"));
    this.list = h("ol", { class: "stack plain-list" });
    this.element = h(
      "section",
      { class: "sources card stack", "aria-label": t("Sources"), hidden: true, onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && this.close() },
      h("div", { class: "row apart" }, this.heading, h("button", { class: "plain", type: "button", onclick: () => this.close() }, t("Close"))),
      h("p", { class: "small soft" }, t("What the coach leaned on, word for word from your company's documents.")),
      this.list,
    );
    /** @type {HTMLElement | null} */
    this.opener = null;
  }

  /**
   * The button that opens some sources; nothing when there are none.
   * @param {import("../types.d.ts").Source[]} sources
   */
  button(sources) {
    if (!sources.length) return null;
    const button = h("button", { class: "compact", type: "button", "aria-expanded": "false", onclick: () => this.toggle(button, sources) }, t("Sources ({n})", { n: sources.length }));
    return button;
  }

  /**
   * @param {HTMLElement} button
   * @param {import("../types.d.ts").Source[]} sources
   */
  toggle(button, sources) {
    const same = this.opener === button;
    this.close();
    if (same) return;
    this.opener = button;
    button.setAttribute("aria-expanded", "true");
    fill(this.list, sources.map(entry));
    this.element.hidden = false;
    this.heading.focus();
  }

  close() {
    this.element.hidden = true;
    const before = this.opener;
    this.opener = null;
    before?.setAttribute("aria-expanded", "false");
    before?.focus();
  }
}

/** @param {import("../types.d.ts").Source} source */
function entry(source) {
  const place = [source.heading, source.page ? t("page {page}", { page: source.page }) : "", source.version ? t("version {version}", { version: source.version }) : ""].filter(Boolean);
  return h(
    "li",
    { class: "source" },
    h("h3", { dir: "auto" }, source.document),
    h("p", { class: "small soft", dir: "auto" }, place.join(" · ")),
    h("blockquote", { class: "quote", dir: "auto" }, source.quote),
  );
}
