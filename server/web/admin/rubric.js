/** Rubric and prompts: edit, preview, save, go back to an earlier version. */

import { ApiError } from "../api.js";
import { dialog } from "../dialog.js";
import { fill, h } from "../dom.js";
import { counted, phaseName } from "../wording.js";
import { changeList, changes } from "./diff.js";
import { placeOf, problems, promptsByOurNames, toConfig, toDraft } from "./draft.js";
import { READING_TOLD } from "./flags.js";
import { Form } from "./form.js";
import { showHistory } from "./history.js";
import { previewSection } from "./preview.js";
import { phasePanel, showSum } from "./rubric_form.js";
import { change, companyId, read } from "./server.js";
import { promptsPanel, settingsPanel } from "./settings_form.js";
import { Tabs } from "./tabs.js";
import { GOAL_PHASES, confirmed, during, load, setFault, title } from "./ui.js";

/** @typedef {import("../types.d.ts").Config} Config */
/** @typedef {import("./rubric_form.js").Defaults} Defaults */

export { name as title };
const name = "Rubric and prompts";

/** @type {Editor | null} */
let editor = null;

/** What would be lost by leaving; empty when nothing would. */
export function leave() {
  return editor?.dirty ? "The rubric and prompts have changes that are not saved; they would be lost." : "";
}

/** @param {import("./main.js").Visit} visit */
export function open({ main, signal }) {
  const body = h("div", { class: "stack" });
  editor = null;
  fill(main, h("div", { class: "stack" }, title(name), h("p", { class: "soft" }, "How goals are scored, what employees are asked, and how the coach speaks."), body));
  signal.addEventListener("abort", () => (editor = null));
  const both = () => Promise.all([read(path(), signal), read(`${path()}/defaults`, signal)]);
  void load(body, both, ([config, ours]) => {
    editor = new Editor(body, config, ours, signal);
  });
}

const path = () => `/api/admin/config/${companyId()}`;

/** One configuration in hand. */
class Editor {
  /**
   * @param {Element} body
   * @param {Config} config
   * @param {Defaults} ours
   * @param {AbortSignal} signal
   */
  constructor(body, config, ours, signal) {
    this.body = body;
    this.ours = ours;
    this.signal = signal;
    this.state = h("p", { role: "status", class: "grow" });
    this.trouble = h("div", {});
    this.saving = h("button", { type: "button", class: "main", onclick: () => void this.save() }, "Save");
    this.begin(config, "");
  }

  /**
   * Start from what the server has.
   * @param {Config} config
   * @param {string} news
   */
  begin(config, news) {
    this.base = config;
    this.news = news;
    this.unchanged = JSON.stringify(toDraft(config));
    this.draw(toDraft(config));
  }

  /** @param {import("./draft.js").Draft} draft */
  draw(draft) {
    /** @type {string} */
    const at = this.tabs?.chosen ?? GOAL_PHASES[0] ?? "";
    this.form = new Form(draft, () => this.changed());
    const form = this.form;
    /** @type {Tabs | undefined} */
    this.tabs = new Tabs("Parts of the configuration", [
      ...GOAL_PHASES.map((phase) => ({ id: phase, name: phaseName(phase), panel: phasePanel(form, phase, this.ours) })),
      { id: "settings", name: "Settings", panel: settingsPanel(form) },
      { id: "prompts", name: "Prompts", panel: promptsPanel(form, this.ours.prompts) },
    ], at);
    this.preview = previewSection(() => this.checked(), this.signal);
    fill(this.trouble);
    const button = (/** @type {string} */ text, /** @type {() => void} */ act) => h("button", { type: "button", onclick: act }, text);
    fill(this.body, this.tabs.element, this.preview.element, this.trouble, h("div", { class: "actions row" }, this.state,
      button("History", () => void this.history()), button("Discard", () => void this.discard()), button("Preview", () => void this.preview?.run()), this.saving));
    this.changed();
  }

  /** The draft as a configuration. */
  get config() {
    return toConfig(/** @type {Form} */ (this.form).draft);
  }

  get dirty() {
    return JSON.stringify(this.form?.draft) !== this.unchanged;
  }

  /** Say what is wrong and how things stand; called on every key. */
  changed() {
    if (!this.form || !this.tabs) return;
    const wrong = problems(this.form.draft);
    this.form.show(wrong, false);
    for (const phase of GOAL_PHASES) {
      const draft = this.form.draft.phases[phase];
      if (draft) showSum(this.tabs.element, phase, draft);
    }
    this.tabs.count(wrong.map((one) => one.tab));
    if (this.dirty) this.news = "";
    const [first] = wrong;
    const text = first ? this.asTold(first, wrong.length) : this.dirty ? "Unsaved changes" : this.news || `Version ${this.base?.version}, no changes`;
    this.state.classList.toggle("wrong", first !== undefined);
    if (this.state.textContent !== text) fill(this.state, text);
  }

  /**
   * What has to be corrected, in a line.
   * @param {import("./draft.js").Problem} first
   * @param {number} all
   */
  asTold(first, all) {
    return all === 1 && first.path.endsWith(".sum") ? `${phaseName(first.tab)}: ${first.text}` : `${counted(all, "thing")} to correct`;
  }

  /** The draft as a configuration, or null after showing the first thing that has to be corrected. */
  checked() {
    const form = /** @type {Form} */ (this.form);
    const wrong = problems(form.draft);
    form.show(wrong, true);
    const [first] = wrong;
    if (!first) return this.config;
    this.tabs?.choose(first.tab);
    if (form.controls.has(first.path)) form.focus(first.path);
    else form.focus(`${first.tab}.0.weight`);
    return null;
  }

  async save() {
    if (!this.dirty) {
      fill(this.state, `Nothing has changed since version ${this.base?.version}`);
      return;
    }
    const config = this.checked();
    if (!config || !(await this.consented(config))) return;
    await during(this.saving, this.trouble, async () => {
      try {
        await this.put(config);
      } catch (error) {
        if (error instanceof ApiError && error.status === 409) await this.conflict(config);
        else if (error instanceof ApiError && error.status === 422 && this.refused(error.message)) return;
        else throw error;
      }
    });
  }

  /** @param {Omit<Config, "version">} config */
  async put(config) {
    const saved = await change("PUT", path(), config, { headers: { "If-Match": `"${this.base?.version}"` } });
    this.begin(saved, `Saved as version ${saved.version}`);
  }

  /**
   * Reading conversations is nothing to switch on by mistake.
   * @param {Omit<Config, "version">} config
   */
  async consented(config) {
    const flag = "admins_may_read_conversations";
    if (!config.ui_flags_json[flag] || this.base?.ui_flags_json[flag]) return true;
    return confirmed({
      heading: "Let HR admins read conversations?", action: "Save and tell employees", danger: false,
      text: [`${READING_TOLD} People who are being read say less. You may need a works council's consent.`],
    });
  }

  /**
   * Show the server's words at the fields they are about; whether there was one.
   * @param {string} message
   */
  refused(message) {
    const form = /** @type {Form} */ (this.form);
    let shown = false;
    for (const part of message.replace(/ Correct it and send it again\.$/, "").split(/; (?=[\w.-]+: )/)) {
      const [, place = "", text = ""] = /^([\w.-]+): (.*)$/s.exec(part) ?? [];
      const written = /^prompt '([^']+)'/.exec(text)?.[1];
      const named = written && Object.keys(promptsByOurNames({ [written]: "" }))[0];
      const { tab, path: at } = placeOf(place === "prompts_json" && named ? `prompts_json.${named}` : place, form.draft);
      const control = form.controls.get(at);
      if (!control) continue;
      if (!shown) {
        this.tabs?.choose(tab);
        form.focus(at);
      }
      setFault(control, text);
      shown = true;
    }
    if (shown) fill(this.state, "The server refused this; see the marked field");
    return shown;
  }

  /**
   * Somebody saved meanwhile: say what, and let them decide.
   * @param {Omit<Config, "version">} mine
   */
  async conflict(mine) {
    const theirs = /** @type {Config} */ (await read(path(), this.signal));
    const rubrics = this.ours.scoring_rubric_json;
    const answer = await dialog("Somebody else saved meanwhile", (close) => [
      h("p", {}, `You began with version ${this.base?.version}; now there is version ${theirs.version}. Nothing of yours was saved yet.`),
      h("details", { open: true }, h("summary", {}, "What they changed"), changeList(changes(/** @type {Config} */ (this.base), theirs, rubrics))),
      h("details", {}, h("summary", {}, "Compare: what saving yours would change in theirs"), changeList(changes(theirs, mine, rubrics))),
      h("div", { class: "row end" }, h("button", { type: "button", onclick: () => close("") }, "Decide later"),
        h("button", { type: "button", onclick: () => close("theirs") }, "Reload theirs, drop mine"),
        h("button", { type: "button", class: "main", onclick: () => close("mine") }, "Keep editing mine on top")),
    ], { wide: true });
    if (answer === "theirs") this.begin(theirs, `Version ${theirs.version}, no changes`);
    if (answer !== "mine") return;
    this.base = theirs;
    this.unchanged = JSON.stringify(toDraft(theirs));
    this.changed();
    fill(this.state, `Yours is on top of version ${theirs.version}; press Save to keep it`);
  }

  async discard() {
    if (!this.dirty) return this.begin(/** @type {Config} */ (this.base), "");
    const text = [h("p", {}, "These changes are dropped:"), changeList(changes(/** @type {Config} */ (this.base), this.config, this.ours.scoring_rubric_json))];
    if (await confirmed({ heading: "Discard your changes?", text, action: "Discard them" })) this.begin(/** @type {Config} */ (this.base), "Changes discarded");
  }

  async history() {
    const base = /** @type {Config} */ (this.base);
    const chosen = await showHistory({ path: path(), base, ours: this.ours.scoring_rubric_json, dirty: this.dirty });
    if (!chosen || !(await this.consented(chosen))) return;
    await during(this.saving, this.trouble, () => this.put(chosen));
  }
}
