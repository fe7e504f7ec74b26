/**
 * What the coach understood, fact by fact: a column beside the conversation, a drawer where there is no room for one. A fact opens
 * where it was said, can be struck, and edited in place.
 */

import { ApiError } from "../api.js";
import { fill, h } from "../dom.js";
import { t } from "../languages.js";
import { FactEditor } from "./fact_edit.js";
import { lineItem } from "./fact_line.js";
import { holding, linesOf, wording } from "./facts.js";

/** @typedef {import("./facts.js").Fact} Fact */
/** @typedef {import("./facts.js").Line} Line */

/** Answers that tell of facts which changed elsewhere. */
const CHANGED_ELSEWHERE = ["FACT_REPLACED", "FACT_NOT_FOUND"];

/**
 * @typedef {object} UnderstoodActions what it asks of the conversation
 * @property {(fact: Fact) => void} show where it was said
 * @property {() => unknown} writeAnew let the coach write the goal from what holds
 * @property {() => boolean} busy whether the coach is at work
 * @property {() => void} opens the drawer opens
 */

export class Understood {
  /**
   * @param {import("./session.js").Session} session
   * @param {UnderstoodActions} actions
   */
  constructor(session, actions) {
    this.session = session;
    this.actions = actions;
    /** @type {Fact[]} */
    this.facts = [];
    /** @type {FactEditor | null} */
    this.editor = null;
    /** The phase whose facts are shown. */
    this.phase = "";
    /** Whether something was changed here since the draft was written. */
    this.changed = false;
    /** Whether the server is being asked. */
    this.changing = false;
    this.heading = h("h2", { tabindex: "-1", "data-key": "heading" }, t("What I understood"));
    this.list = h("div", { class: "stack" });
    this.told = h("p", { class: "small soft", role: "status" });
    this.offer = h("div", {});
    this.element = h(
      "section",
      { class: "understood card stack", "aria-label": t("What I understood"), onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && this.close() },
      h("div", { class: "row apart" }, this.heading, h("button", { class: "plain closing", type: "button", onclick: () => this.close() }, t("Close"))),
      this.list,
      this.told,
      this.offer,
    );
    /** Opens the drawer. */
    this.button = h("button", { class: "plain compact opening", type: "button", "aria-expanded": "false", onclick: () => (this.open ? this.close() : this.#open()) });
  }

  get open() {
    return this.element.classList.contains("open");
  }

  /** Read it from the server. */
  async read() {
    this.replace((await this.session.call("GET", "/facts")).facts);
  }

  /** @param {Fact[]} facts all of the session */
  replace(facts) {
    const news = facts.length > this.facts.length;
    this.facts = facts;
    const edited = this.editor?.fact.id;
    if (edited && !facts.some(({ id, state }) => id === edited && state === "holds")) this.editor = null;
    this.render();
    if (news) this.#toTheEnd();
  }

  /** The goal was written from what stands here. */
  written() {
    this.changed = false;
  }

  render() {
    const { phase } = this.session.state;
    const key = this.#focused();
    const lines = linesOf(this.facts, phase);
    const busy = this.actions.busy();
    if (busy || phase !== this.phase) fill(this.told);
    if (phase !== this.phase) this.changed = false;
    this.phase = phase;
    if (this.editor) this.editor.busy = busy;
    fill(this.list, lines.length ? h("ul", { class: "plain-list facts" }, lines.map((line) => lineItem(line, this.#lineActions(busy)))) : empty());
    fill(this.offer, this.#offered(busy));
    fill(this.button, t("What I understood ({n})", { n: holding(this.facts, phase) }));
    this.element.hidden = this.button.hidden = phase === "done";
    if (key) this.#focus(key);
  }

  /** Close the drawer; where it is a column it stays. */
  close() {
    if (!this.open) return;
    this.element.classList.remove("open");
    this.button.setAttribute("aria-expanded", "false");
    if (this.element.contains(document.activeElement)) this.button.focus();
  }

  #open() {
    this.actions.opens();
    this.element.classList.add("open");
    this.button.setAttribute("aria-expanded", "true");
    this.heading.focus();
  }

  /**
   * @param {boolean} busy
   * @returns {import("./fact_line.js").LineActions}
   */
  #lineActions(busy) {
    return {
      busy,
      show: (fact) => {
        this.close();
        this.actions.show(fact);
      },
      edit: (line) => this.#edit(line),
      strike: (fact) => this.#change(fact, "DELETE", undefined, t("Taken back.")),
      editor: (fact) => (this.editor?.fact.id === fact.id ? this.editor.element : null),
    };
  }

  /** @param {boolean} busy */
  #offered(busy) {
    const { phase, draft } = this.session.state;
    if (!this.changed || !draft || !holding(this.facts, phase)) return null;
    const write = () => {
      this.close();
      return this.actions.writeAnew();
    };
    return h("button", { class: "main", type: "button", disabled: busy, onclick: write }, t("Write it anew from this"));
  }

  /** @param {Line} line */
  #edit(line) {
    const fact = line.facts[line.facts.length - 1];
    const editor = new FactEditor(fact, wording(fact, line.details), {
      save: (text) => this.#change(fact, "PATCH", { text }, t("Changed.")),
      leave: () => {
        this.editor = null;
        this.render();
        this.#focus(`edit ${fact.id}`);
      },
    });
    this.editor = editor;
    fill(this.told);
    this.render();
    editor.focus();
  }

  /**
   * @param {Fact} fact
   * @param {string} method
   * @param {{text: string} | undefined} body
   * @param {string} done what to say then
   */
  async #change(fact, method, body, done) {
    if (this.changing || this.actions.busy()) return;
    this.changing = true;
    try {
      const { facts } = await this.session.call(method, `/facts/${fact.id}`, body);
      this.changing = false;
      this.#taken(fact, facts, done);
    } catch (error) {
      this.changing = false;
      if (!(error instanceof ApiError)) throw error;
      if (CHANGED_ELSEWHERE.includes(error.code)) await this.read();
      this.render();
      if (this.editor) this.editor.tell(error.message);
      else fill(this.told, error.message);
    }
  }

  /**
   * The server has changed a fact.
   * @param {Fact} fact as it was
   * @param {Fact[]} facts as they are
   * @param {string} done
   */
  #taken(fact, facts, done) {
    this.changed = true;
    fill(this.told, done);
    this.editor = null;
    this.replace(facts);
    this.#focus(`show ${facts.find(({ id }) => id === fact.id)?.replaced_by ?? fact.id}`);
  }

  /** What came last is in sight, unless somebody is at work in the column. */
  #toTheEnd() {
    const column = this.element.parentElement;
    if (!column || column.contains(document.activeElement) || column.querySelector(".sources:not([hidden])")) return;
    column.scrollTop = column.scrollHeight;
  }

  /** What has the focus here, by its key; the heading where that has none. */
  #focused() {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || !this.element.contains(element)) return "";
    return element.dataset.key ?? (this.list.contains(element) || this.offer.contains(element) ? "heading" : "");
  }

  /** @param {string} key */
  #focus(key) {
    const found = [...this.element.querySelectorAll("[data-key]")].find((element) => element instanceof HTMLElement && element.dataset.key === key);
    const element = /** @type {HTMLButtonElement | undefined} */ (found);
    (element && !element.disabled ? element : this.heading).focus({ preventScroll: key === "heading" });
  }
}

function empty() {
  return h("p", { class: "small soft" }, t("Nothing yet. What you tell the coach about this goal stands here, and you can put it right."));
}
