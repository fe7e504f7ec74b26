/** One session: its turns as steps, times, tokens and scores, and the conversation where the employee was told that admins may read it. */

import { fill, h } from "../dom.js";
import { counted, criterionName, numberText, phaseName, scoreText, stepName } from "../wording.js";
import { read, withQuery } from "./server.js";
import { during, load, timeElement, title } from "./ui.js";

/** @typedef {{turn_id: string, phase: string, step: string, status: string, attempt: number, created_at: string, duration_ms: number | null, steps: {step: string, latency_ms: number, tokens_used: {total: number}}[], score: number | null, error: string | null}} Turn */
/** @typedef {{id: string, status: string, phase: string, step: string, created_at: string, admins_may_read: boolean}} Session */

export { name as title };
const name = "Session";
const A_PAGE = 100;

/** @param {import("./main.js").Visit} visit */
export function open({ main, rest, signal }) {
  const body = h("div", { class: "stack" });
  fill(main, h("div", { class: "stack" }, h("p", {}, h("a", { href: "#audit" }, "Audit")), title(name), body));
  const path = `/api/admin/sessions/${encodeURIComponent(rest)}`;
  void load(body, () => read(`${path}/timeline`, signal), ({ session, turns }) => [facts(session), timeline(turns), conversation(session, path, signal),
    h("p", {}, h("a", { href: `#audit?session_id=${encodeURIComponent(session.id)}` }, "What the audit says of this session"))]);
}

/** @param {Session} session */
function facts(session) {
  const known = /** @type {[string, import("../dom.js").Child][]} */ ([
    ["Session", h("span", { class: "small" }, session.id)], ["Status", session.status], ["Stands at", `${phaseName(session.phase)}${session.phase === "done" ? "" : `, ${stepName(session.step)}`}`], ["Began", timeElement(session.created_at)]]);
  return h("dl", { class: "facts card" }, ...known.map(([label, value]) => h("div", {}, h("dt", { class: "soft small" }, label), h("dd", {}, value))));
}

/** @param {Turn[]} turns */
function timeline(turns) {
  if (!turns.length) return h("p", { class: "instead" }, "No turn yet: the employee has not written to the coach.");
  const heads = ["When", "Phase", "Result", "Took", "Steps", "Tokens", "Score"];
  return h("section", { class: "card stack" }, h("h2", {}, "Turns"),
    h("table", { class: "cards" }, h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", { scope: "col" }, text)))), h("tbody", {}, turns.map(row))));
}

/** @param {Turn} turn */
function row(turn) {
  const tokens = turn.steps.reduce((sum, step) => sum + step.tokens_used.total, 0);
  const steps = turn.steps.map((step) => `${stepName(step.step)} ${took(step.latency_ms)}`).join(", ");
  return h("tr", {}, h("td", {}, timeElement(turn.created_at)), h("td", { "data-label": "Phase" }, phaseName(turn.phase)),
    h("td", { "data-label": "Result" }, status(turn), turn.attempt > 1 && h("span", { class: "badge warn" }, `attempt ${turn.attempt}`), turn.error && h("p", { class: "small" }, turn.error)),
    h("td", { "data-label": "Took", class: "number" }, took(turn.duration_ms)), h("td", { "data-label": "Steps" }, steps || "–"),
    h("td", { "data-label": "Tokens", class: "number" }, numberText(tokens)), h("td", { "data-label": "Score", class: "number" }, turn.score === null ? "–" : scoreText(turn.score)));
}

/** @param {Turn} turn */
function status(turn) {
  const kind = turn.status === "done" ? "good" : turn.status === "failed" ? "bad" : "";
  return h("span", { class: `badge ${kind}` }, criterionName(turn.status));
}

/** @param {number | null} milliseconds */
function took(milliseconds) {
  if (milliseconds === null) return "–";
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/**
 * @param {Session} session
 * @param {string} path
 * @param {AbortSignal} signal
 */
function conversation(session, path, signal) {
  const place = h("div", { class: "stack" });
  /** @type {HTMLElement[]} */
  const shown = [];
  let oldest = "";
  const button = h("button", { type: "button", onclick: () => void during(button, place, async () => {
    const { messages, total } = await read(withQuery(`${path}/messages`, { limit: A_PAGE, before: oldest }), signal);
    oldest = messages[0]?.id ?? oldest;
    shown.unshift(...messages.map(message));
    fill(button, "Show earlier messages");
    if (shown.length >= total) button.remove();
    fill(place, h("p", { role: "status", class: "small soft" }, shown.length < total ? `The newest ${numberText(shown.length)} of ${counted(total, "message")}` : counted(total, "message")), shown);
  }) }, "Read the conversation");
  return h("section", { class: "card stack" }, h("h2", {}, "Conversation"), session.admins_may_read
    ? h("p", {}, "The employee was told that HR admins may read it. That you read it is written to the audit.")
    : h("p", {}, "You can't read this conversation: when it began the employee was told that HR admins can't, or your company doesn't allow it now. The switch for conversations that begin later is under Rubric and prompts, Settings."),
  session.admins_may_read && h("div", {}, button), place);
}

/** @param {import("../types.d.ts").HistoryMessage} one */
function message(one) {
  return h("article", { class: `said ${one.role}` }, h("p", { class: "small soft row apart" }, h("span", {}, one.role === "user" ? "Employee" : "Coach", ` · ${phaseName(one.phase)}`), timeElement(one.created_at)),
    h("p", { class: "text", dir: "auto" }, one.content));
}
