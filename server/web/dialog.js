/** The window over a page that waits for an answer. */

import { fill, freshId, h } from "./dom.js";

/** @typedef {import("./dom.js").Child} Child */

/**
 * Show a dialog until it is closed; gives what it was closed with, "" for Escape.
 * @param {string} heading
 * @param {(close: (value: string) => void) => Child[]} content
 * @param {{wide?: boolean}} [options]
 * @returns {Promise<string>}
 */
export function dialog(heading, content, { wide = false } = {}) {
  const id = freshId("dialog");
  const element = h("dialog", { "aria-labelledby": id, class: wide ? "stack wide" : "stack" });
  fill(element, h("h2", { id, tabindex: -1 }, heading), ...content((value) => element.close(value)));
  document.body.append(element);
  element.showModal();
  return new Promise((resolve) => {
    element.addEventListener("close", () => {
      element.remove();
      resolve(element.returnValue);
    });
  });
}
