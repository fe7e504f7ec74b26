/** “What would the coach see?”: a question, and the passages that would stand before the coach. */

import { fill, h } from "../dom.js";
import { counted, phaseName } from "../wording.js";
import { change, companyId } from "./server.js";
import { GOAL_PHASES, during, field, select, setFault } from "./ui.js";

/** @typedef {import("../types.d.ts").FoundPassage} FoundPassage */

/** @param {AbortSignal} signal */
export function trySearch(signal) {
  const query = h("textarea", { rows: 2, maxlength: 2000, dir: "auto" });
  const phase = select([["", "Any"], ...GOAL_PHASES.map((name) => /** @type {[string, string]} */ ([name, phaseName(name)]))], "g4_future");
  const results = h("div", { class: "stack" });
  const spoken = h("p", { role: "status", class: "small soft" });
  const ask = () => during(button, results, async () => {
    fill(spoken);
    if (!query.value.trim()) {
      setFault(query, "Write what an employee might say, for example: I want to lead a team.");
      query.focus();
      return;
    }
    const body = { query: query.value.trim(), phase: phase.value || null, k: 5 };
    const found = await change("POST", `/api/admin/rag/search/${companyId()}`, body, { signal });
    fill(spoken, found.results.length ? `${counted(found.results.length, "passage")}, the most relevant first` : "Nothing in your documents fits this. Add a document that says something on it, or ask in other words.");
    fill(results, found.results.map(passage));
  });
  const button = h("button", { type: "submit" }, "Try a question");
  query.addEventListener("input", () => setFault(query, ""));
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    void ask();
  };
  return h("section", { class: "card stack" }, h("h2", {}, "What would the coach see?"),
    h("form", { class: "stack", onsubmit: submit },
      field("Question", query, "Write it as an employee would."),
      h("div", { class: "row bottom" }, field("Phase", phase, ""), button)),
    spoken, results);
}

/** @param {FoundPassage} found */
function passage(found) {
  const percent = Math.round(found.relevance * 100);
  const filling = h("i", {});
  filling.style.setProperty("--share", `${percent}%`);
  return h("article", { class: "found stack tight" },
    h("h3", { dir: "auto" }, found.document),
    h("p", { class: "small soft", dir: "auto" }, [found.heading, found.page === null ? "" : `page ${found.page}`, found.category].filter(Boolean).join(" · ")),
    h("div", { class: "row" }, h("div", { class: "bar grow", "aria-hidden": "true" }, filling), h("span", { class: "small number" }, `relevance ${percent}%`)),
    h("p", { class: "text", dir: "auto" }, found.content));
}
