/** The button beside a text that people take elsewhere. */

import { fill, h } from "./dom.js";
import { t } from "./languages.js";

/**
 * A button that puts a text on the clipboard and says that it did.
 * @param {string} text
 * @param {string} [about] what it is, where there are several
 */
export function copyButton(text, about) {
  const done = h("span", { role: "status", class: "small soft copied" });
  const copy = async () => {
    const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    fill(done, copied ? t("Copied") : t("Copying is not allowed here: select the text and copy it"));
  };
  return h("span", { class: "row" }, h("button", { type: "button", "aria-label": about && `${t("Copy")}: ${about}`, onclick: copy }, t("Copy")), done);
}
