/** Where the employee writes: kept until it is sent, and until the server has it. */

import { fill, freshId, h } from "../dom.js";
import { t, tn } from "../languages.js";
import { numberText } from "../wording.js";

/** @typedef {import("./conversation.js").Conversation} Conversation */

const LONGEST_MESSAGE = 10_000;

export class Composer {
  /** @param {Conversation} conversation */
  constructor(conversation) {
    this.conversation = conversation;
    const id = freshId("answer");
    this.area = h("textarea", {
      id, rows: 1, dir: "auto", placeholder: t("Write in your own words …"), enterkeyhint: "send", "aria-describedby": `${id}-hint`,
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event), oninput: () => this.#typed(),
    });
    this.area.value = conversation.session.writing;
    /** What was sent and the server has not taken yet. */
    this.unsent = "";
    this.fault = h("p", { class: "fault small", role: "alert" });
    /** Why nothing was sent, where that is no fault. */
    this.told = h("p", { class: "small soft", role: "status" });
    this.send = h("button", { class: "main", type: "submit" }, t("Send"));
    this.stop = h("button", { type: "button", onclick: () => this.#stop() }, t("Stop"));
    this.enough = h("button", { class: "plain", type: "button", onclick: () => conversation.refine() }, t("Write my goal now"));
    this.review = h("div", { class: "row", hidden: true }, h("p", { class: "grow" }, t("All three goals are set.")),
      h("button", { class: "main", type: "button", onclick: () => conversation.app.show("review") }, t("See your three goals")));
    this.form = h(
      "form",
      { class: "stack tight", onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), this.#submit()) },
      h("label", { class: "unseen", for: id }, t("Your answer")),
      this.area,
      this.fault,
      this.told,
      h("div", { class: "row apart" }, h("p", { class: "small soft keys", id: `${id}-hint` }, t("Enter sends, Shift+Enter begins a line")),
        h("div", { class: "row end" }, this.enough, this.stop, this.send)),
    );
    this.element = h("div", { class: "composer card" }, this.form, this.review);
  }

  /** What was written, to be sent; it stays stored until the server has taken it. */
  take() {
    this.unsent = this.area.value.trim();
    this.area.value = "";
    this.#typed();
    return this.unsent;
  }

  /** The server has what was sent. */
  taken() {
    if (!this.unsent) return;
    this.unsent = "";
    this.#typed();
  }

  /**
   * Put what was sent back, before what was written since.
   * @param {string} text
   */
  giveBack(text) {
    this.unsent = "";
    this.area.value = [text, this.area.value].filter(Boolean).join("\n\n");
    this.#typed();
  }

  /**
   * Nothing is to be sent again that the server has: its answer may have been lost on the way.
   * @param {string | undefined} said
   */
  forget(said) {
    if (said !== undefined && this.area.value.trim() === said.trim()) this.area.value = "";
    this.#typed();
  }

  render() {
    const { busy, session } = this.conversation;
    const done = session.state.phase === "done";
    const focused = this.element.contains(document.activeElement);
    this.form.hidden = done;
    this.review.hidden = !done || busy;
    this.send.hidden = busy;
    this.stop.hidden = !busy;
    this.stop.disabled = false;
    this.enough.disabled = busy || !this.conversation.log.element.querySelector(".bubble.you, .goal");
    if (!focused) return;
    if (done) this.review.querySelector("button")?.focus();
    else this.area.focus();
  }

  #submit() {
    const empty = !this.area.value.trim();
    fill(this.told, this.conversation.busy ? t("Not sent yet: the coach is still answering. What you write stays here.") : empty && t("Nothing was sent: write something first."));
    if (this.conversation.busy || this.#tooLong() || empty) return this.area.focus();
    return this.conversation.say(this.take());
  }

  #stop() {
    this.stop.disabled = true;
    this.area.focus();
    return this.conversation.stop();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  /** Whether it is longer than the server takes; then it says so. */
  #tooLong() {
    const over = [...this.area.value.trim()].length - LONGEST_MESSAGE;
    const values = { n: numberText(over), most: numberText(LONGEST_MESSAGE) };
    fill(this.fault, over > 0 && tn("This is {n} character too long: at most {most} fit into one answer.", "This is {n} characters too long: at most {most} fit into one answer.", over, values));
    return over > 0;
  }

  #typed() {
    if (this.fault.textContent) this.#tooLong();
    fill(this.told);
    this.conversation.session.writing = [this.unsent, this.area.value].filter(Boolean).join("\n\n");
    this.area.style.setProperty("height", "auto");
    this.area.style.setProperty("height", `${Math.min(this.area.scrollHeight + 2, 220)}px`);
  }
}
