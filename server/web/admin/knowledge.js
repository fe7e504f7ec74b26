/** Knowledge: add documents, see what is there, and try what the coach would see. `#knowledge/<id>` opens one document. */

import { fill, freshId, h } from "../dom.js";
import { counted, numberText } from "../wording.js";
import { CATEGORY, categoryOf } from "./category.js";
import { openDocument } from "./document.js";
import { companyId, read } from "./server.js";
import { trySearch } from "./try_search.js";
import { field, load, setFault, timeElement, title } from "./ui.js";
import { Uploads, unsentFiles } from "./uploads.js";

/** @typedef {import("../types.d.ts").Document} Document */

export { name as title };
const name = "Knowledge";
const ACCEPTED = ".pdf,.docx,.pptx,.xlsx,.html,.htm,.md,.markdown,.txt,.eml,.msg";
const OURS = ["career_framework", "values", "performance_guidelines"];

/** Files that were chosen and wait for a category.
 * @type {File[]} */
let held = [];

/** What would be lost by leaving; empty when nothing would. */
export function leave() {
  const files = held.length + unsentFiles();
  return files ? `${counted(files, "file")} ${files === 1 ? "is" : "are"} not sent yet and would not be uploaded.` : "";
}

/** @param {import("./main.js").Visit} visit */
export function open(visit) {
  held = [];
  if (visit.rest) return openDocument(visit);
  const { main, signal } = visit;
  const list = h("div", {});
  const suggestions = h("datalist", { id: freshId("categories") });
  const show = () => load(list, () => documents(signal), (found) => {
    suggest(suggestions, found);
    return listed(found.documents);
  });
  const uploads = new Uploads(signal, () => void show());
  fill(main, h("div", { class: "stack" }, title(name),
    h("p", { class: "soft" }, "The coach leans on these documents and quotes them. Employees see the quote, the document and the page."),
    adder(uploads, suggestions),
    h("section", { class: "card stack" }, h("h2", {}, "Documents"), list),
    trySearch(signal)));
  void show();
  void uploads.resume();
}

/** @param {AbortSignal} signal */
async function documents(signal) {
  const [all, config] = await Promise.all([
    read(`/api/admin/documents/${companyId()}`, signal), read(`/api/admin/config/${companyId()}`, signal)]);
  return { documents: /** @type {Document[]} */ (all.documents), phases: config.phases_json };
}

/**
 * @param {Element} suggestions
 * @param {{documents: Document[], phases: Record<string, {categories?: string[] | null}>}} found
 */
function suggest(suggestions, { documents: all, phases }) {
  const own = Object.values(phases).flatMap((phase) => phase.categories ?? []);
  const names = [...new Set([...all.map((d) => d.category), ...own, ...OURS])].sort();
  fill(suggestions, names.map((value) => h("option", { value })));
}

/**
 * @param {Uploads} uploads
 * @param {HTMLElement} suggestions
 */
function adder(uploads, suggestions) {
  const category = h("input", { list: suggestions.id, autocomplete: "off", maxlength: 63, required: true });
  const more = { title: h("input", { maxlength: 200, dir: "auto" }), version: h("input", { maxlength: 200 }), department: h("input", { maxlength: 200, dir: "auto" }) };
  const waiting = h("div", { class: "row", role: "status" });
  const send = () => {
    const chosen = categoryOf(category.value);
    if (!CATEGORY.test(chosen)) {
      setFault(category, held.length ? "Name a category first; the files wait." : "Name a category first.");
      category.focus();
      return drawWaiting();
    }
    category.value = chosen;
    const metadata = Object.fromEntries(Object.entries(more).map(([key, input]) => [key, input.value.trim()]).filter(([, value]) => value));
    // A title is one document's; several files say their own.
    if (held.length > 1) delete metadata.title;
    for (const file of held) uploads.add(file, chosen, metadata);
    held = [];
    more.title.value = "";
    drawWaiting();
  };
  const drawWaiting = () => fill(waiting, held.length ? [h("span", {}, `Waiting: ${held.map((file) => file.name).join(", ")}`),
    h("button", { type: "button", class: "main", onclick: send }, `Upload ${counted(held.length, "file")}`)] : []);
  category.addEventListener("input", () => setFault(category, ""));
  category.addEventListener("change", () => (category.value = categoryOf(category.value)));
  const take = (/** @type {File[]} */ files) => {
    held = [...held, ...files];
    if (held.length) send();
  };
  return h("section", { class: "card stack" }, h("h2", {}, "Add documents"),
    h("div", { class: "fields" }, field("Category", category, "What kind of document it is. The rubric page says which categories each phase prefers."), suggestions),
    h("details", {}, h("summary", {}, "Title, version, department (optional)"),
      h("div", { class: "fields" }, field("Title", more.title, "Else the document's own."), field("Version", more.version), field("Department", more.department))),
    dropZone(take), waiting, uploads.element);
}

/** @param {(files: File[]) => void} take */
function dropZone(take) {
  const input = h("input", { type: "file", multiple: true, accept: ACCEPTED, hidden: true });
  input.addEventListener("change", () => {
    take([...(input.files ?? [])]);
    input.value = "";
  });
  const zone = h("div", { class: "drop" },
    h("button", { type: "button", class: "main", onclick: () => input.click() }, "Choose files"), input,
    h("p", {}, h("span", { class: "pointer-only" }, "or drop them here. "), h("span", { class: "soft small" }, "PDF, Word, PowerPoint, Excel, HTML, Markdown, text or e-mail, up to 25 MB each")));
  const over = (/** @type {boolean} */ is) => zone.classList.toggle("over", is);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  zone.addEventListener("dragleave", () => over(false));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    take([...(event.dataTransfer?.files ?? [])]);
  });
  return zone;
}

/** @param {Document[]} all */
function listed(all) {
  if (!all.length) {
    return h("p", { class: "instead" }, "No documents yet. Add your career framework, your values and your performance guidelines first: the coach asks and scores by them.");
  }
  const search = h("input", { type: "search", autocomplete: "off" });
  const body = h("tbody", {});
  const told = h("p", { class: "small soft", role: "status" });
  const draw = () => {
    const wanted = search.value.trim().toLowerCase();
    const found = all.filter((d) => [d.title, d.filename, d.category, d.department, d.version].join(" ").toLowerCase().includes(wanted));
    const passages = found.reduce((sum, d) => sum + d.chunks, 0);
    fill(told, wanted && !found.length ? "No document fits this search." : `${counted(found.length, "document")}, ${counted(passages, "passage")}`);
    fill(body, found.map(row));
  };
  search.addEventListener("input", draw);
  draw();
  const heads = ["Document", "Category", "Pages", "Passages", "Added"];
  return h("div", { class: "stack" }, all.length > 1 && field("Search documents", search), told,
    h("table", { class: "cards" }, h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", { scope: "col" }, text)))), body));
}

/** @param {Document} document */
function row(document) {
  return h("tr", {},
    h("td", {}, h("a", { href: `#knowledge/${encodeURIComponent(document.id)}`, dir: "auto" }, document.title),
      h("p", { class: "small soft", dir: "auto" }, [document.filename, document.version && `version ${document.version}`, document.department].filter(Boolean).join(" · "))),
    h("td", { "data-label": "Category" }, h("span", { class: "badge" }, document.category)),
    h("td", { "data-label": "Pages", class: "number" }, document.pages === null ? "–" : numberText(document.pages)),
    h("td", { "data-label": "Passages", class: "number" }, numberText(document.chunks)),
    h("td", { "data-label": "Added" }, timeElement(document.created_at)));
}
