/** The browser's sessions, and erasing one. */

import { ApiError, call } from "../api.js";
import { dialog } from "../dialog.js";
import { fill, h } from "../dom.js";
import { dateText, phaseName } from "../wording.js";
import { Session } from "./session.js";

/** @param {import("./main.js").App} app */
export async function sessionsDialog(app) {
  let trouble = "There is none in this browser yet.";
  const { sessions } = await call("GET", "/api/session/mine").catch((error) => {
    if (!(error instanceof ApiError)) throw error;
    trouble = error.message;
    return { sessions: [] };
  });
  const fresh = async () => {
    app.session?.forget();
    await app.enter(null);
  };
  void dialog("Your sessions", (close) => {
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
          h("button", { type: "button", onclick: then(fresh) }, "Start a new session"),
          app.session && h("button", { class: "plain", type: "button", onclick: then(() => app.show("welcome")) }, "About you")),
        app.session && h("button", { class: "danger", type: "button", onclick: then(async () => eraseDialog(app)) }, "Erase everything")),
    ];
  }, { closable: true });
}

/**
 * @param {any} session
 * @param {boolean} current
 * @param {() => void} open
 */
function entry(session, current, open) {
  const state = session.expired ? "expired" : session.status === "completed" ? "all goals set" : `${phaseName(session.phase)}, ${session.completion_percentage} %`;
  const name = `${session.name ?? "Session"} of ${dateText(session.created_at)}`;
  return h(
    "li",
    { class: "row apart" },
    h("div", {}, h("strong", { dir: "auto" }, name), h("p", { class: "small soft" }, state, session.expired ? "" : ` · ends on ${dateText(session.expires_at)}`)),
    current ? h("span", { class: "badge good" }, "Open now") : session.expired ? h("span", { class: "badge warn" }, "Its time is over")
      : h("button", { class: "compact", type: "button", onclick: open }, "Open", h("span", { class: "unseen" }, ` ${name}`)),
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
    return app.enter(null, "Everything of that session was erased: your details, the conversation and the goals.");
  };
  void dialog("Erase everything?", (close) => [
    h("p", {}, "Your details, the conversation, your goals and any shared link of this session are deleted. Nobody can bring them back."),
    told,
    h("div", { class: "row end" }, h("button", { type: "button", onclick: () => close("") }, "Keep it"), h("button", { class: "danger main", type: "button", onclick: () => erase(close) }, "Erase everything for good")),
  ]);
}
