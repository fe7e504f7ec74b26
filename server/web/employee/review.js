/** The review: three goals, how they hang together, and how to take them along. */

import { ApiError, addressed } from "../api.js";
import { copyButton } from "../copy_button.js";
import { fill, h, svg } from "../dom.js";
import { t } from "../languages.js";
import { averageText, dateText, durationText, numberText, phaseName, resultText } from "../wording.js";
import { Conversation } from "./conversation.js";
import { eraseDialog } from "./dialogs.js";

/**
 * @param {import("./main.js").App} app
 * @param {AbortSignal} signal
 */
export async function reviewScreen(app, signal) {
  const session = /** @type {import("./session.js").Session} */ (app.session);
  const conversation = new Conversation(app, signal);
  await session.readGoals();
  const place = h("div", { class: "stack" });
  for (const { phase } of app.tenant.phases) {
    const goal = session.goal(phase);
    if (goal) conversation.cards.for(phase, null, place).showGoal(goal);
  }
  const summary = h("div", {});
  const picture = h("div", {});
  const render = () => {
    fill(summary, figures(session));
    fill(picture, linksPicture(session));
  };
  render();
  conversation.onfinished = render;
  return h(
    "div",
    { class: "review stack" },
    h("div", { class: "row apart" }, h("h1", { tabindex: "-1" }, t("Your three goals")),
      h("button", { class: "plain", type: "button", onclick: () => app.show("conversation") }, t("Back to the conversation"))),
    summary,
    conversation.connection,
    h("div", { class: "review-columns" }, h("div", { class: "stack" }, place, conversation.sources.element), h("div", { class: "stack" }, picture, takeAlong(session), sharing(session), erasing(app))),
  );
}

/** @param {import("./session.js").Session} session */
function figures(session) {
  const { avg_score, duration_minutes, message_count } = session.summary;
  return h(
    "dl",
    { class: "figures" },
    session.goals.some((goal) => goal.is_final && !goal.below_threshold) && figure(t("Average score"), t("{score} of 10", { score: averageText(avg_score) })),
    figure(t("Time"), durationText(duration_minutes)),
    figure(t("Messages"), numberText(message_count)),
  );
}

/**
 * @param {string} name
 * @param {string} value
 */
function figure(name, value) {
  return h("div", { class: "card" }, h("dt", { class: "small soft" }, name), h("dd", { class: "number" }, value));
}

/**
 * The action plan below, what it serves above; the stronger a link, the thicker its line.
 * @param {import("./session.js").Session} session
 */
function linksPicture(session) {
  const actions = session.goals.find((goal) => goal.is_final && goal.type === "actions");
  if (!actions?.links.length) return null;
  const by = new Map(session.goals.map((goal) => [goal.id, goal]));
  const links = actions.links.filter((/** @type {any} */ link) => by.has(link.parent_goal_id));
  const at = [80, 240];
  const title = t("How your goals hang together: {links}", { links: links.map((/** @type {any} */ link) => linkText(link, by)).join("; ") });
  return h(
    "section",
    { class: "card stack tight" },
    h("h2", {}, t("How they hang together")),
    svg("svg", { class: "links", viewBox: "0 0 320 170", role: "img", "aria-label": title },
      links.map((/** @type {any} */ link, /** @type {number} */ index) => [
        svg("path", { class: "link", d: `M160 120 C160 85 ${at[index]} 95 ${at[index]} 56`, "stroke-width": 1 + link.strength / 2 }),
        box(at[index], 32, by.get(link.parent_goal_id)),
        svg("text", { x: index ? 222 : 98, y: 100, "text-anchor": "middle", class: "strength" }, strengthText(link)),
      ]).flat(),
      box(160, 140, actions)),
    h("ul", { class: "plain-list stack tight small" }, links.map((/** @type {any} */ link) => h("li", { dir: "auto" }, h("strong", {}, linkText(link, by)), ". ", link.notes))),
  );
}

/**
 * @param {any} link
 * @param {Map<string, any>} by
 */
function linkText(link, by) {
  const values = by.get(link.parent_goal_id).phase === "g6_values";
  const serves = values ? t("The action plan serves your values") : t("The action plan serves your future vision");
  const follows = values ? t("The action plan follows your values") : t("The action plan follows your future vision");
  return `${link.link_type === "aligns_with" ? follows : serves}, ${strengthText(link)}`;
}

/** @param {any} link */
const strengthText = (link) => t("{score} of 10", { score: link.strength });

/**
 * @param {number} x the middle
 * @param {number} y the middle
 * @param {any} goal
 */
function box(x, y, goal) {
  return svg("g", {}, svg("rect", { class: "box", x: x - 68, y: y - 24, width: 136, height: 48, rx: 10 }),
    svg("text", { x, y: y - 3, "text-anchor": "middle", class: "box-name" }, phaseName(goal.phase)), svg("text", { x, y: y + 15, "text-anchor": "middle", class: "box-score" }, resultText(goal)));
}

/** @param {import("./session.js").Session} session */
function takeAlong(session) {
  const told = h("p", { class: "small soft", role: "status" }, t("The calendar file holds the days that your goals name."));
  /**
   * @param {string} ending
   * @param {string} name
   */
  const link = (ending, name) => {
    const href = addressed(`/api/goals/session/${session.id}/export.${ending}`);
    /** @param {MouseEvent} event */
    const click = (event) => {
      event.preventDefault();
      save(session, ending).then(() => fill(told, t("Saved.")), (error) => fill(told, faultText(error)));
    };
    return h("a", { class: ending === "pdf" ? "button main" : "button", href, download: true, onclick: click }, name);
  };
  return h(
    "section",
    { class: "card stack tight" },
    h("h2", {}, t("Take them along")),
    h("div", { class: "row" }, link("pdf", t("Download PDF")), link("md", "Markdown"), link("ics", t("Calendar"))),
    told,
  );
}

/**
 * Fetch a file first, so that an error is told here instead of being saved in its place.
 * @param {import("./session.js").Session} session
 * @param {string} ending
 */
async function save(session, ending) {
  const response = await session.file(ending);
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? `goals.${ending}`;
  const href = URL.createObjectURL(await response.blob());
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/** @param {unknown} error */
function faultText(error) {
  if (!(error instanceof ApiError)) throw error;
  return error.message;
}

/** @param {import("./session.js").Session} session */
function sharing(session) {
  const body = h("div", { class: "stack tight" });
  const told = h("p", { class: "small", role: "status" });
  /** @param {() => Promise<void>} doing */
  const tried = (doing) => () =>
    doing().catch((error) => {
      if (!(error instanceof ApiError)) throw error;
      fill(told, error.message);
    });
  const share = tried(async () => {
    const { url, expires_at } = await session.call("POST", "/share");
    session.state.share = { expires_at };
    alive(url);
  });
  const revoke = tried(async () => {
    await session.call("DELETE", "/share");
    session.state.share = null;
    none();
    fill(told, t("The link is revoked. It shows nothing any more."));
  });
  const none = () => fill(body, h("p", { class: "small soft" }, t("A link shows your goals, and nothing of the conversation, to whoever has it, until you revoke it or this session ends, 30 days at most.")), h("div", {}, h("button", { type: "button", onclick: share }, t("Share"))));
  const hidden = () => fill(body, h("p", { class: "small" }, t("A link is alive until {day}.", { day: dateText(session.state.share.expires_at) })), h("div", { class: "row" }, h("button", { type: "button", onclick: share }, t("Show the link")), h("button", { class: "danger", type: "button", onclick: revoke }, t("Revoke the link"))));
  /** @param {string} url */
  const alive = (url) => {
    const address = h("input", { readonly: true, "aria-label": t("Link to your goals"), onfocus: () => address.select() });
    address.value = url;
    fill(body, address, h("p", { class: "small soft" }, t("Anyone with this link can read your goals until {day}.", { day: dateText(session.state.share.expires_at) })),
      h("div", { class: "row" }, copyButton(url), h("button", { class: "danger", type: "button", onclick: revoke }, t("Revoke the link"))));
    fill(told);
  };
  if (session.state.share) hidden();
  else none();
  return h("section", { class: "card stack tight" }, h("h2", {}, t("Share")), body, told);
}

/** @param {import("./main.js").App} app */
function erasing(app) {
  return h(
    "section",
    { class: "card stack tight" },
    h("h2", {}, t("What is stored")),
    h("p", { class: "small" }, t("Your details, this conversation and your goals. Your session ends on {day}; a day later all of it is erased.", { day: dateText(app.session?.state.expires_at) })),
    h("div", {}, h("button", { class: "danger", type: "button", onclick: () => eraseDialog(app) }, t("Erase everything"))),
  );
}
