/** One document: its passages, another file in its place, deleting it. */

import { fill, h } from "../dom.js";
import { counted, numberText } from "../wording.js";
import { change, companyId, read } from "./server.js";
import { confirmed, during, load, timeElement, title } from "./ui.js";
import { Uploads } from "./uploads.js";

/** @typedef {import("../types.d.ts").Document} Document */
/** @typedef {import("../types.d.ts").DocumentPassage} Passage */

const SHOWN_AT_ONCE = 50;

/** @param {import("./main.js").Visit} visit */
export function openDocument({ main, rest, signal }) {
  const body = h("div", { class: "stack" });
  fill(main, h("div", { class: "stack" }, h("p", {}, h("a", { href: "#knowledge" }, "All documents")), body));
  const path = `/api/admin/documents/${companyId()}/${encodeURIComponent(rest)}`;
  const both = () => Promise.all([read(path, signal), read(`${path}/passages`, signal)]);
  const show = () => load(body, both, ([document, { passages }]) => drawn(document, passages, path, signal, show));
  void show().then(() => body.querySelector("h1")?.focus());
}

/**
 * @param {Document} document
 * @param {Passage[]} passages
 * @param {string} path
 * @param {AbortSignal} signal
 * @param {() => void} again
 */
function drawn(document, passages, path, signal, again) {
  const trouble = h("div", {});
  const uploads = new Uploads(signal, again);
  return [
    title(document.title), facts(document),
    h("div", { class: "row" }, replacer(document, uploads), remover(document, path, trouble)), trouble, uploads.element,
    h("section", { class: "stack" }, h("h2", {}, "Passages"),
      h("p", { class: "soft" }, "The document as the coach finds it, word for word."), passageList(passages)),
  ];
}

/** @param {Document} document */
function facts(document) {
  const known = /** @type {[string, import("../dom.js").Child][]} */ ([
    ["File", document.filename], ["Category", document.category], ["Version", document.version], ["Department", document.department],
    ["Pages", document.pages === null ? null : numberText(document.pages)], ["Passages", numberText(document.chunks)],
    ["Added", timeElement(document.created_at)], ["By", document.uploaded_by],
  ]);
  return h("dl", { class: "facts card" }, ...known.filter(([, value]) => value).map(([label, value]) =>
    h("div", {}, h("dt", { class: "soft small" }, label), h("dd", { dir: "auto" }, value))));
}

/**
 * @param {Document} document
 * @param {Uploads} uploads
 */
function replacer(document, uploads) {
  const input = h("input", { type: "file", hidden: true });
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    input.value = "";
    if (file) uploads.add(file, document.category, {}, document.id);
  });
  return h("span", {}, h("button", { type: "button", onclick: () => input.click() }, "Replace the file"), input);
}

/**
 * @param {Document} document
 * @param {string} path
 * @param {Element} trouble
 */
function remover(document, path, trouble) {
  const button = h("button", { type: "button", class: "danger", onclick: () => void during(button, trouble, async () => {
    const text = [`“${document.title}” and its ${counted(document.chunks, "passage")} go away for good. The coach no longer finds them; goals that quote them keep their quotes.`];
    if (!(await confirmed({ heading: "Delete this document?", text, action: "Delete the document" }))) return;
    await change("DELETE", path);
    location.hash = "#knowledge";
  }) }, "Delete");
  return button;
}

/** @param {Passage[]} passages */
function passageList(passages) {
  const list = h("ol", { class: "passages" });
  let shown = 0;
  const more = h("button", { type: "button", onclick: () => grow(true) });
  const grow = (focus = false) => {
    const next = passages.slice(shown, shown + SHOWN_AT_ONCE).map(passageItem);
    shown += next.length;
    list.append(...next);
    const left = passages.length - shown;
    more.hidden = left <= 0;
    fill(more, `Show ${counted(Math.min(left, SHOWN_AT_ONCE), "more passage")} of ${numberText(left)}`);
    if (focus) next[0]?.focus();
  };
  grow();
  return h("div", { class: "stack" }, list, more);
}

/** @param {Passage} passage */
function passageItem(passage) {
  return h("li", { class: "card stack tight", tabindex: -1 },
    h("p", { class: "small soft row apart" }, h("span", { dir: "auto" }, passage.heading || "No heading"), passage.page !== null && h("span", {}, `page ${passage.page}`)),
    h("p", { class: "text", dir: "auto" }, passage.content));
}
