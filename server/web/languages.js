/**
 * The page's language: what this browser chose here before, else what the server saw it ask for. English needs no catalogue: messages
 * are written in it. The others come as modules that the server makes of its gettext files (docs/frontend.md).
 */

const STORED = "petraf-language";
const root = document.documentElement;

/** The languages, each by its own name. @type {Record<string, string>} */
export const LANGUAGES = { en: "English", de: "Deutsch", es: "Español", fr: "Français", pl: "Polski" };
/** Which of the forms of a message each kind of number takes. @type {Record<string, Record<string, number>>} */
const FORMS = { pl: { one: 0, few: 1, many: 2, other: 1 } };
const TWO_FORMS = /** @type {Record<string, number>} */ ({ one: 0 });

/** @type {Record<string, string | string[]>} */
let catalogue = {};
let current = "en";
let plurals = new Intl.PluralRules(current);

/** The tag of the language that the page is in. */
export const language = () => current;

/** What this browser chose on a page of ours; null where nothing was chosen. */
export function chosen() {
  const stored = localStorage.getItem(STORED) ?? "";
  return stored in LANGUAGES ? stored : null;
}

/** @param {string} tag what to choose, also for the next visits */
export const choose = (tag) => localStorage.setItem(STORED, tag);

/**
 * Say everything from now on in a language. Raises where its catalogue can't be loaded; then nothing changes.
 * @param {string} tag
 */
export async function speak(tag) {
  catalogue = tag === "en" ? {} : (await import(`./languages/${tag}.js`)).default;
  current = tag;
  plurals = new Intl.PluralRules(tag);
  root.lang = tag;
}

/** @typedef {Record<string, string | number>} Values */

/**
 * A message in the page's language.
 * @param {string} message in English, with `{placeholders}`
 * @param {Values} [values]
 */
export function t(message, values = {}) {
  const said = catalogue[message];
  return filled(typeof said === "string" ? said : message, values);
}

/**
 * A message in the form that a number asks for; `{n}` is the number.
 * @param {string} one
 * @param {string} many
 * @param {number} n
 * @param {Values} [values] `n` may be given as it is to be shown
 */
export function tn(one, many, n, values = {}) {
  const said = catalogue[one];
  const form = (FORMS[current] ?? TWO_FORMS)[plurals.select(n)] ?? 1;
  return filled((Array.isArray(said) ? said[form] : undefined) ?? (form ? many : one), { n, ...values });
}

/**
 * A message with elements in it.
 * @param {string} message
 * @param {Record<string, Node>} elements by placeholder
 * @returns {(string | Node)[]}
 */
export function te(message, elements) {
  return t(message).split(/\{(\w+)\}/).map((piece, index) => (index % 2 ? (elements[piece] ?? piece) : piece));
}

/**
 * @param {string} message
 * @param {Values} values
 */
const filled = (message, values) => message.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

// A page that doesn't name its languages is in English. One whose catalogue can't be loaded is too, rather than not there at all.
if (root.dataset.languages) await speak(chosen() ?? root.lang).catch(() => speak("en"));
