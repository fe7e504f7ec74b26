/** Audit: who did what, filtered and page by page; the filters stand in the address. */

import { fill, h } from "../dom.js";
import { counted, numberText } from "../wording.js";
import { eraser } from "./erase.js";
import { companyId, read, withQuery } from "./server.js";
import { field, load, select, setFault, timeElement, title } from "./ui.js";

/** @typedef {import("../types.d.ts").AuditEntry} Entry */
/** @typedef {{action: string, actor: string, session_id: string, from: string, to: string}} Filters */

export { name as title };
const name = "Audit";
const A_PAGE = 50;
const TYPING = 350;

const ACTIONS = /** @type {Record<string, string>} */ ({
  "session.created": "Session began", "session.resumed": "Session resumed", "session.info_updated": "Basic information told", "session.completed": "Session completed",
  "session.shared": "Goals shared by a link", "session.share_revoked": "Shared link revoked",
  "goal.scored": "Goal scored", "goal.needs_help": "Low scores, help offered", "conversation.read": "Conversation read by an admin",
  "rag.document_uploaded": "Document uploaded", "rag.document_replaced": "Document replaced", "rag.document_deleted": "Document deleted", "rag.upload_cancelled": "Upload cancelled",
  "config.replaced": "Rubric and prompts saved", "admin.signed_in": "Admin signed in", "admin_key.created": "Admin key made", "admin_key.revoked": "Admin key revoked",
  "employee.erased": "Employee's data erased", "tenant.created": "Company created", "tenant.erased": "Company erased",
});

/** @param {import("./main.js").Visit} visit */
export function open({ main, query, readdress, signal }) {
  const results = h("div", { class: "stack" });
  const exporting = h("a", { class: "button", download: "" }, "Export CSV");
  const filters = filterFields(query, () => void show(1));
  const show = (/** @type {number} */ page) => {
    const wanted = filters.read();
    // What was typed just before leaving is applied too late.
    if (!wanted || signal.aborted) return Promise.resolve();
    const shown = { ...wanted, page: page > 1 ? page : null };
    readdress(withQuery("#audit", shown));
    const asked = { ...moments(wanted), tenant_id: companyId(), order: "newest" };
    exporting.setAttribute("href", withQuery("/api/admin/audit-logs.csv", asked));
    return load(results, () => read(withQuery("/api/admin/audit-logs", { ...asked, limit: A_PAGE, page }), signal), (found) => drawn(found, (next) => void turn(next)));
  };
  const turn = async (/** @type {number} */ page) => {
    await show(page);
    results.querySelector("p")?.focus();
  };
  fill(main, h("div", { class: "stack" }, h("div", { class: "row apart" }, title(name), exporting),
    h("p", { class: "soft" }, "Everything that changed something, newest first. Nothing of a conversation and no goal's text stands here; what employees gave as their employee code, department and position does."),
    h("section", { class: "card stack", "aria-label": "Filters" }, filters.element), results, eraser(() => void show(1))));
  void show(Math.max(1, Number.parseInt(query.get("page") ?? "1", 10) || 1));
}

/**
 * @param {URLSearchParams} query
 * @param {() => void} onChange
 */
function filterFields(query, onChange) {
  const asked = query.get("action") ?? "";
  const actions = Object.entries(ACTIONS).sort(([, one], [, other]) => one.localeCompare(other));
  const known = /** @type {[string, string][]} */ (asked && !ACTIONS[asked] ? [...actions, [asked, asked]] : actions);
  const action = select([["", "Any"], ...known], asked);
  const text = (/** @type {string} */ key, /** @type {string} */ type) => h("input", { type, value: query.get(key) ?? "", autocomplete: "off", spellcheck: "false" });
  const fields = { actor: text("actor", "search"), session_id: text("session_id", "search"), from: text("from", "date"), to: text("to", "date") };
  let timer = 0;
  action.addEventListener("change", onChange);
  for (const control of Object.values(fields)) {
    control.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(onChange, TYPING);
    });
  }
  const clear = () => {
    for (const control of [action, ...Object.values(fields)]) control.value = "";
    action.focus();
    onChange();
  };
  const element = h("div", { class: "fields filters" }, field("Action", action), field("Actor", fields.actor, "For example an admin's email"), field("Session", fields.session_id, "Its whole id"),
    field("From", fields.from), field("To", fields.to));
  const clearing = h("button", { type: "button", class: "plain compact start", onclick: clear }, "Clear the filters");
  const wanted = () => {
    const given = { action: action.value, ...Object.fromEntries(Object.entries(fields).map(([key, control]) => [key, control.value.trim()])) };
    const filters = /** @type {Filters} */ (given);
    const backwards = Boolean(filters.from && filters.to && filters.from > filters.to);
    clearing.hidden = !Object.values(filters).some(Boolean);
    setFault(fields.to, backwards ? "This is before the first day." : "");
    return backwards ? null : filters;
  };
  return { element: [element, clearing], read: wanted };
}

/**
 * Days here as moments: the first one's beginning until the last one's end.
 * @param {Filters} filters
 */
function moments(filters) {
  const day = (/** @type {string} */ text, after = 0) => {
    const [year = 0, month = 1, date = 1] = text.split("-").map(Number);
    return text ? new Date(year, month - 1, date + after).toISOString() : "";
  };
  return { ...filters, from: day(filters.from), to: day(filters.to, 1) };
}

/**
 * @param {{logs: Entry[], total: number, page: number, per_page: number}} found
 * @param {(page: number) => void} turn
 */
function drawn({ logs, total, page, per_page }, turn) {
  const pages = Math.max(1, Math.ceil(total / per_page));
  if (!total) return h("p", { class: "instead", role: "status", tabindex: -1 }, "Nothing fits these filters.");
  if (!logs.length) return h("p", { class: "instead row apart", role: "status", tabindex: -1 }, `There are only ${counted(pages, "page")}.`, h("button", { type: "button", onclick: () => turn(1) }, "First page"));
  const heads = ["When", "Action", "Actor", "Session", "Details"];
  const step = (/** @type {string} */ text, /** @type {number} */ to) => h("button", { type: "button", disabled: to < 1 || to > pages, onclick: () => turn(to) }, text);
  return h("div", { class: "stack" }, h("p", { role: "status", class: "small soft", tabindex: -1 }, `${counted(total, "entry", "entries")}, page ${numberText(page)} of ${numberText(pages)}`),
    h("section", { class: "card" }, h("table", { class: "cards" }, h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", { scope: "col" }, text)))), h("tbody", {}, logs.map(row)))),
    pages > 1 && h("nav", { class: "row", "aria-label": "Pages" }, step("Newer", page - 1), h("span", { class: "number" }, `Page ${numberText(page)} of ${numberText(pages)}`), step("Older", page + 1)));
}

/** @param {Entry} entry */
function row(entry) {
  return h("tr", {}, h("td", {}, timeElement(entry.created_at)),
    h("td", {}, ACTIONS[entry.action] ?? entry.action, entry.status !== "success" && h("span", { class: "badge warn" }, entry.status)),
    h("td", { "data-label": "Actor", dir: "auto" }, entry.actor),
    h("td", { "data-label": "Session" }, entry.session_id ? h("a", { href: `#session/${encodeURIComponent(entry.session_id)}`, class: "number", title: entry.session_id }, h("span", { class: "unseen" }, "Session "), `…${entry.session_id.slice(-8)}`) : "–"),
    h("td", {}, h("details", {}, h("summary", {}, "Details", h("span", { class: "unseen" }, ` of ${ACTIONS[entry.action] ?? entry.action}`)), facts(entry))));
}

/** @param {Entry} entry */
function facts(entry) {
  const shown = (/** @type {unknown} */ value) => (typeof value === "string" ? value : JSON.stringify(value));
  const known = /** @type {[string, unknown][]} */ ([
    ["action", entry.action], [entry.resource_type, entry.resource_id ?? "–"], ...Object.entries(entry.payload), ...Object.entries(entry.changes),
    ["session", entry.session_id], ["address", entry.ip_address], ["browser", entry.user_agent], ["time", entry.created_at]]);
  return h("dl", { class: "details small" }, ...known.filter(([, value]) => value !== null).map(([key, value]) =>
    h("div", {}, h("dt", { class: "soft" }, key.replaceAll("_", " ")), h("dd", { dir: "auto" }, shown(value)))));
}
