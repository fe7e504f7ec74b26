/** The browser's sessions, and erasing one. */

import { ApiError, call } from "../api.js";
import { dialog } from "../dialog.js";
import { fill, h } from "../dom.js";
import { t } from "../languages.js";
import { dateText, numberText, phaseName } from "../wording.js";
import { Session } from "./session.js";

/** @param {import("./main.js").App} app */
export async function sessionsDialog(app) {
  let trouble = t("There is none in this browser yet.");
  const { sessions } = await call("GET", "/api/session/mine").catch((error) => {
    if (!(error instanceof ApiError)) throw error;
    trouble = error.message;
    return { sessions: [] };
  });
  const fresh = async () => {
    app.session?.forget();
    await app.enter(null);
  };
  void dialog(t("Your sessions"), (close) => {
    /** @param {() => Promise<void>} doing */
    const then = (doing) => async () => {
      close("");
      await doing();
    };
    const list = sessions.map((/** @type {any} */ session) => entry(session, session.id === app.session?.id, then(async () => app.enter(await Session.open(session.id)))));
    return [
      sessions.length ? h("ul", { class: "plain-list stack sessions" }, list) : h("p", { class: "soft" }, trouble),
      h("div", { class: "row apart" },
        h("div", { class: "row" },
          h("button", { type: "button", onclick: then(fresh) }, t("Start a new session")),
          app.session && h("button", { class: "plain", type: "button", onclick: then(() => app.show("welcome")) }, t("About you"))),
        app.session && h("button", { class: "danger", type: "button", onclick: then(async () => eraseDialog(app)) }, t("Erase everything"))),
    ];
  }, { closable: true });
}

/**
 * @param {any} session
 * @param {boolean} current
 * @param {() => void} open
 */
function entry(session, current, open) {
  const state = session.expired ? t("expired") : session.status === "completed" ? t("all goals set") : `${phaseName(session.phase)}, ${numberText(session.completion_percentage)} %`;
  const day = dateText(session.created_at);
  const name = session.name ? t("{name}'s session of {day}", { name: session.name, day }) : t("Session of {day}", { day });
  return h(
    "li",
    { class: "row apart" },
    h("div", {}, h("strong", { dir: "auto" }, name), h("p", { class: "small soft" }, state, session.expired ? "" : ` · ${t("ends on {day}", { day: dateText(session.expires_at) })}`)),
    current ? h("span", { class: "badge good" }, t("Open now")) : session.expired ? h("span", { class: "badge warn" }, t("Its time is over"))
      : h("button", { class: "compact", type: "button", onclick: open }, t("Open"), h("span", { class: "unseen" }, ` ${name}`)),
  );
}

/** @param {import("./main.js").App} app */
export function eraseDialog(app) {
  const session = /** @type {Session} */ (app.session);
  const told = h("p", { role: "status" });
  const erase = async (/** @type {(value: string) => void} */ close) => {
    try {
      await session.call("DELETE", "");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return fill(told, error.message);
    }
    session.forget();
    close("");
    return app.enter(null, t("Everything of that session was erased: your details, the conversation and the goals."));
  };
  void dialog(t("Erase everything?"), (close) => [
    h("p", {}, t("Your details, the conversation, your goals and any shared link of this session are deleted. Nobody can bring them back.")),
    told,
    h("div", { class: "row end" }, h("button", { type: "button", onclick: () => close("") }, t("Keep it")), h("button", { class: "danger main", type: "button", onclick: () => erase(close) }, t("Erase everything for good"))),
  ]);
}
