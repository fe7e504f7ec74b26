/** Welcome: what is stored and who sees it, then the basic information, checked and saved as one types. */

import { ApiError } from "../api.js";
import { fill, freshId, h } from "../dom.js";
import { t, tn } from "../languages.js";
import { Session } from "./session.js";

/** @typedef {{name: string, label: string, flag?: string, autocomplete?: string, hint?: string, type?: string, options?: [string, string][]}} Field */

/** @returns {Field[]} */
const fields = () => [
  { name: "name", label: t("Name"), autocomplete: "given-name", hint: t("How the coach may call you") },
  { name: "employee_code", label: t("Employee code") },
  { name: "department", label: t("Department") },
  { name: "position", label: t("Position"), autocomplete: "organization-title", hint: t("It helps the coach to ask well") },
  { name: "grade", label: t("Grade"), flag: "show_grade" },
  { name: "years_of_service", label: t("Years here"), flag: "show_years_of_service", type: "number" },
  { name: "age_range", label: t("Age range"), flag: "show_age_field", options: ages() },
  {
    name: "job_type",
    label: t("Job type"),
    options: [["full_time", t("Full-time")], ["part_time", t("Part-time")], ["contract", t("Contract")], ["temporary", t("Temporary")], ["intern", t("Internship")]],
  },
];

/** @returns {[string, string][]} */
function ages() {
  const ranges = ["18-22", "23-27", "28-32", "33-40", "41-50", "51-60"];
  return [...ranges.map((range) => /** @type {[string, string]} */ ([range, range])), ["over 60", t("over 60")]];
}

const LONGEST = 200;
const MOST_YEARS = 70;
const SAVE_AFTER = 600;

/**
 * @param {import("./main.js").App} app
 * @param {AbortSignal} signal
 */
export async function welcomeScreen(app, signal) {
  const known = app.session?.state ?? {};
  const saved = h("p", { class: "soft small", role: "status" });
  const inputs = fields().filter(({ flag }) => !flag || app.tenant.ui_flags[flag] !== false).map((field) => new FieldInput(field, known[field.name]));
  const saver = new Saver(app, inputs, saved);
  const next = () => import("./conversation.js");
  const form = h(
    "form",
    { class: "card stack", novalidate: true, oninput: () => saver.soon(), onchange: () => saver.soon(), onsubmit: submit, onfocusin: next },
    h("div", {}, h("h2", {}, t("About you")), h("p", { class: "soft" }, t("Everything here may stay empty. It is saved as you type."))),
    h("div", { class: "fields" }, inputs.map((input) => input.element)),
    h("div", { class: "row apart" }, saved, h("button", { class: "main", type: "submit" }, t("Start the conversation"))),
  );
  signal.addEventListener("abort", () => saver.leave());
  app.leaving = () => saver.settled();

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    const wrong = inputs.find((input) => input.check());
    if (wrong) return wrong.control.focus();
    if (!(await saver.now()) || !app.session) return undefined;
    app.session.begin();
    await app.session.refresh();
    return app.show(app.session.state.status === "completed" ? "review" : "conversation");
  }

  return h(
    "div",
    { class: "welcome stack" },
    h("div", { class: "stack tight" }, h("h1", { tabindex: "-1" }, t("Three goals that fit you")),
      h("p", { class: "lead" }, t("In a short conversation you put into words where you want to go, what matters to you and what you will do. At the end you hold three goals that can be checked, and that fit {company}.", { company: app.tenant.name }))),
    privacy(app.tenant, app.session?.state.admins_may_read ?? app.tenant.admins_may_read),
    form,
  );
}

/**
 * @param {import("../types.d.ts").Company} tenant
 * @param {boolean} mayRead whether admins may read this conversation: a session keeps what was told when it began
 */
function privacy(tenant, mayRead) {
    const reading = mayRead
    ? t("Your company has decided that they may also read this conversation, and each reading is written down.")
    : t("They can't read this conversation, and nobody can turn that on for it later.");
  const stored = tn(
    "what you enter below, what you and the coach write, and your goals with their scores. After {n} day your session ends, and a day later all of it is erased.",
    "what you enter below, what you and the coach write, and your goals with their scores. After {n} days your session ends, and a day later all of it is erased.",
    tenant.session_expiration_days,
  );
  return h(
    "section",
    { class: "card stack tight", "aria-labelledby": "privacy" },
    h("h2", { id: "privacy" }, t("Before you start")),
    h("ul", { class: "plain-list stack tight" },
      told(t("What is stored:"), stored),
      told(t("Who sees it:"), t("you, in this browser. HR admins see when you were here, from which network and browser, and how your goals scored, with your employee code, department and position."), " ", reading),
      told(t("Who answers:"), answering(tenant)),
      told(t("You decide:"), t("under Your sessions you can erase everything at any time."))),
  );
}

/**
 * @param {string} about
 * @param {...string} texts
 */
function told(about, ...texts) {
  return h("li", {}, h("strong", {}, about), " ", texts);
}

/** @param {import("../types.d.ts").Company} tenant */
function answering({ coach, embeddings }) {
  if (coach !== "rules") return t("The coach is a language model that your company chose. What you write is sent to it to be answered.");
  if (!embeddings || embeddings === "local") return t("The coach is a program on this server. It is no language model, and what you write goes nowhere else.");
  return t("The coach is a program on this server. It is no language model, and what you write is sent only to the model that finds what fits it in your company's documents.");
}

class FieldInput {
  /**
   * @param {Field} field
   * @param {unknown} value
   */
  constructor(field, value) {
    this.field = field;
    const id = freshId(field.name);
    const shared = { id, name: field.name, "aria-describedby": `${id}-note` };
    this.control = field.options
      ? h("select", shared, h("option", { value: "" }, t("I'd rather not say")), field.options.map(([key, label]) => h("option", { value: key }, label)))
      : h("input", { ...shared, maxlength: LONGEST, autocomplete: field.autocomplete ?? "off", inputmode: field.type === "number" ? "numeric" : null, dir: "auto" });
    if (value !== null && value !== undefined) {
      const unlisted = field.options && !field.options.some(([key]) => key === value);
      if (unlisted) this.control.append(h("option", { value: String(value) }, String(value)));
      this.control.value = String(value);
    }
    this.note = h("p", { class: "hint", id: `${id}-note` }, field.hint);
    this.control.addEventListener("input", () => this.check());
    this.element = h("div", { class: "field" }, h("label", { for: id }, field.label), this.control, this.note);
  }

  /** What is wrong with it, shown below it; empty when nothing is. */
  check() {
    const fault = this.#fault();
    this.note.className = fault ? "fault" : "hint";
    fill(this.note, fault || this.field.hint);
    if (fault) this.control.setAttribute("aria-invalid", "true");
    else this.control.removeAttribute("aria-invalid");
    return fault;
  }

  /** Its value as the server takes it; an empty field takes back what was saved. */
  get value() {
    const text = this.control.value.trim();
    if (!text) return null;
    return this.field.type === "number" ? Number(text) : text;
  }

  #fault() {
    const text = this.control.value.trim();
    if (this.field.type !== "number" || !text) return "";
    const years = Number(text);
    return /^\d+$/.test(text) && years <= MOST_YEARS ? "" : t("Give whole years from 0 to {most}, for example 3.", { most: MOST_YEARS });
  }
}

class Saver {
  /**
   * @param {import("./main.js").App} app
   * @param {FieldInput[]} inputs
   * @param {HTMLElement} told
   */
  constructor(app, inputs, told) {
    this.app = app;
    /** The session whose form it is: another one may be opened while a save is under way. */
    this.session = app.session;
    this.inputs = inputs;
    this.told = told;
    /** @type {number | undefined} */
    this.timer = undefined;
    /** @type {Promise<boolean>} one save after the other */
    this.last = Promise.resolve(true);
  }

  soon() {
    this.cancel();
    this.timer = setTimeout(() => this.now(), SAVE_AFTER);
  }

  cancel() {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** The form is left: what was typed last is saved now, and stands in the next form of this session at once. */
  leave() {
    if (this.timer === undefined) return;
    this.cancel();
    if (!this.session) return;
    Object.assign(this.session.state, this.#right());
    void this.now();
  }

  /** All that was typed is saved, where something was; the form may be drawn anew either way. */
  async settled() {
    await (this.timer === undefined ? this.last : this.now());
    return true;
  }

  /** Save what is right by now; whether that worked. */
  now() {
    this.cancel();
    this.last = this.last.then(() => this.#save());
    return this.last;
  }

  /** The values of the fields that hold nothing wrong. */
  #right() {
    const right = this.inputs.filter((input) => !input.check());
    return Object.fromEntries(right.map((input) => [input.field.name, input.value]));
  }

  async #save() {
    const body = this.#right();
    try {
      this.session ??= await this.#begin();
      Object.assign(this.session.state, await this.session.call("PUT", "/info", body));
      fill(this.told, t("Saved."));
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      fill(this.told, t("Not saved: {why}", { why: error.message }));
      return false;
    }
  }

  async #begin() {
    this.app.session = await Session.create(this.app.tenant.admins_may_read);
    return this.app.session;
  }
}
