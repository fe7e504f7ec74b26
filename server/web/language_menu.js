/** The choice of the page's language. */

import { h } from "./dom.js";
import { LANGUAGES, language, t } from "./languages.js";

/**
 * @param {(tag: string) => unknown} chosen
 */
export function languageMenu(chosen) {
  const options = Object.entries(LANGUAGES).map(([tag, name]) => h("option", { value: tag, lang: tag, selected: tag === language() }, name));
  const menu = h("select", { class: "language", "aria-label": t("Language"), onchange: () => chosen(menu.value) }, options);
  return menu;
}
