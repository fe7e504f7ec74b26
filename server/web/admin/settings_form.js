/** The editor of everything that is not a phase's: threshold, switches, coach, prompts. */

import { fill, h } from "../dom.js";
import { phaseName, scoreText } from "../wording.js";
import { PLACEHOLDERS } from "./draft.js";
import { FORM_FLAGS, TALK_FLAGS } from "./flags.js";
import { field } from "./ui.js";

/** @typedef {import("./form.js").Form} Form */

/** @param {Form} form */
export function settingsPanel(form) {
  const { draft } = form;
  const flags = (/** @type {import("./flags.js").Flag[]} */ all) => all.map(({ flag, name, text, usual }) =>
    form.toggle(name, text, draft.flags[flag] ?? usual, (on) => (draft.flags[flag] = on)));
  return h("div", { class: "stack" },
    h("section", { class: "card stack" }, h("h2", {}, "When a goal counts"), threshold(form)),
    h("section", { class: "card stack" }, h("h2", {}, "The conversation"), ...flags(TALK_FLAGS),
      form.text("session_expiration_days", "Days a session is kept", draft.days, (value) => (draft.days = value), { inputmode: "numeric", maxlength: 3, hint: "Counted from its beginning; afterwards it is erased. It holds for sessions that begin after you save." })),
    h("section", { class: "card stack" }, h("h2", {}, "The form before the conversation"), ...flags(FORM_FLAGS)),
    h("section", { class: "card stack" }, h("h2", {}, "The coach"),
      form.toggle("Lean on company documents", "Without them, the coach quotes nothing, and how well a goal fits your company is judged by the rubric's keywords alone.", draft.rag, (on) => (draft.rag = on)),
      form.text("llm_model", "Language model", draft.model, (value) => (draft.model = value), { maxlength: 120, dir: "ltr", placeholder: "the server's", hint: "Empty: what this server uses. Else its name, for example openai:gpt-4o-mini." })));
}

/** @param {Form} form */
function threshold(form) {
  const told = h("output", { class: "threshold number" }, scoreText(form.draft.threshold));
  const control = h("input", { type: "range", min: 0, max: 10, step: 0.1, value: form.draft.threshold });
  control.addEventListener("input", () => {
    form.draft.threshold = Number(control.value);
    fill(told, scoreText(form.draft.threshold));
    form.changed();
  });
  form.controls.set("threshold", control);
  const labelled = field("Threshold", control, "From this score on (0 to 10) a goal is saved and the conversation goes on. Below it the coach asks on; nobody is ever locked out.");
  told.htmlFor.add(control.id);
  labelled.insertBefore(told, control);
  return labelled;
}

/** @param {string} name of a prompt */
function purpose(name) {
  const [step = "", phase = ""] = name.split(".");
  if (step === "system") return "The coach as a whole: who it is and how it speaks";
  return `${phaseName(phase)}: ${step === "collect" ? "what the coach asks about" : "how the goal is written"}`;
}

/**
 * @param {Form} form
 * @param {string[]} names
 */
export function promptsPanel(form, names) {
  const { draft } = form;
  const all = [...new Set([...names, ...Object.keys(draft.prompts)])];
  return h("div", { class: "stack" },
    h("p", { class: "soft" }, "Prompts instruct a language model. The coach by rules, which works without one, doesn't read them. The judge's prompt is not here: you shape judging by the rubric."),
    h("p", { class: "soft" }, "In a prompt you may write ", ...PLACEHOLDERS.flatMap((name, n) => [n ? ", " : "", h("code", {}, `{${name}}`)]), ". They are filled in; to write a brace itself, write it twice."),
    ...all.map((name) => {
      const badge = h("span", { class: "badge" });
      const mark = (/** @type {string} */ text) => {
        badge.classList.toggle("good", Boolean(text.trim()));
        fill(badge, text.trim() ? "your own" : "ours");
      };
      mark(draft.prompts[name] ?? "");
      const set = (/** @type {string} */ text) => {
        draft.prompts[name] = text;
        mark(text);
      };
      return h("details", { class: "card" }, h("summary", {}, purpose(name), " ", badge),
        form.text(`prompts_json.${name}`, `Prompt ${name}`, draft.prompts[name] ?? "", set, { rows: 6, maxlength: 8000, hint: "Empty: ours is used." }));
    }));
}
