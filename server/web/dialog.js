/** The window over a page that waits for an answer. */

import { fill, freshId, h } from "./dom.js";
import { t } from "./languages.js";

/** @typedef {import("./dom.js").Child} Child */

/**
 * Show a dialog until it is closed; gives what it was closed with, "" for Escape and for the Close of a `closable` one.
 * @param {string} heading
 * @param {(close: (value: string) => void) => Child[]} content
 * @param {{wide?: boolean, closable?: boolean}} [options]
 * @returns {Promise<string>}
 */
export function dialog(heading, content, { wide = false, closable = false } = {}) {
  const id = freshId("dialog");
  const element = h("dialog", { "aria-labelledby": id, class: wide ? "stack wide" : "stack" });
  const close = (/** @type {string} */ value) => element.close(value);
  fill(element,
    h("div", { class: "row apart" }, h("h2", { id, tabindex: -1 }, heading), closable && h("button", { class: "plain", type: "button", onclick: () => close("") }, t("Close"))),
    ...content(close));
  document.body.append(element);
  element.showModal();
  return new Promise((resolve) => {
    element.addEventListener("close", () => {
      element.remove();
      resolve(element.returnValue);
    });
  });
}
