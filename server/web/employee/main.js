/** The employee's page: finds out where this browser stands and shows that screen. */

import { ApiError, call } from "../api.js";
import { fill, h } from "../dom.js";
import { languageMenu } from "../language_menu.js";
import { choose, chosen, language, speak, t } from "../languages.js";
import { dateText } from "../wording.js";
import { sessionsDialog } from "./dialogs.js";
import { Session, remembered } from "./session.js";

/**
 * What the screens share.
 * @typedef {object} App
 * @property {any} tenant as `GET /api/tenant` tells it
 * @property {Session | null} session
 * @property {(screen: "welcome" | "conversation" | "review", notice?: string) => Promise<void>} show
 * @property {(session: Session | null, notice?: string) => Promise<void>} enter show a session where it stands; null begins anew
 * @property {null | (() => Promise<boolean>)} leaving what the screen in sight does before it is drawn anew; false: it has to stay
 */

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
/** @type {AbortController | null} what the screen in sight still does */
let active = null;

/** Each screen is loaded when it is first needed, so that a newcomer waits for the form only. */
const SCREENS = {
  welcome: async () => (await import("./welcome.js")).welcomeScreen,
  conversation: async () => (await import("./conversation.js")).conversationScreen,
  review: async () => (await import("./review.js")).reviewScreen,
};

/** What an employee can do about faults whose message speaks to whoever calls the interface. */
const faults = () => /** @type {Record<string, string>} */ ({
  TENANT_NOT_FOUND: t("No company has its goals at this address. Check it for a typing error, or ask your HR department for the right one."),
});

/** The language that the page came in. */
const FIRST = language();

/** @type {App} */
const app = { tenant: null, session: null, leaving: null, show, enter };

/**
 * @param {"welcome" | "conversation" | "review"} screen
 * @param {string} [notice]
 */
async function show(screen, notice) {
  active?.abort();
  active = new AbortController();
  app.leaving = null;
  const { signal } = active;
  const makeScreen = await SCREENS[screen]();
  const made = await makeScreen(app, signal);
  if (signal.aborted) return;
  document.body.dataset.screen = screen;
  fill(main, notice && h("p", { class: "notice", role: "status" }, notice), made);
  headActions();
  scrollTo(0, 0);
  main.querySelector("h1")?.focus({ preventScroll: true });
}

/**
 * @param {Session | null} session
 * @param {string} [notice]
 */
async function enter(session, notice) {
  app.session = session;
  await agree(session);
  if (!session) return show("welcome", notice);
  if (session.state.status === "completed") return show("review", notice);
  if (session.state.phase === "g2_basic") return show("welcome", notice);
  return show(await begun(session) ? "conversation" : "welcome", notice);
}

/**
 * Page and session in one language: the one that was chosen in this browser, else the one that the session is held in, else the
 * browser's own. A language whose catalogue can't be loaded is let be.
 * @param {Session | null} session
 */
async function agree(session) {
  const before = language();
  await speak(chosen() ?? session?.state.language ?? FIRST).catch(() => undefined);
  if (language() !== before) await readTenant();
  if (session && session.state.language !== language()) await session.speak(language());
}

/**
 * Go on in another language, with what is written kept.
 * @param {string} tag
 */
async function changeLanguage(tag) {
  if (app.leaving && !(await app.leaving())) return headActions();
  await speak(tag).catch(() => {
    headActions();
    throw new ApiError(0, "UNREACHED", t("The server can't be reached. Check your connection."), true);
  });
  choose(tag);
  try {
    await Promise.all([readTenant(), app.session?.speak(tag)]);
  } finally {
    const screen = /** @type {"welcome" | "conversation" | "review" | undefined} */ (document.body.dataset.screen);
    if (screen) await show(screen);
    headActions();
    /** @type {HTMLElement | null} */ (document.querySelector("select.language"))?.focus();
  }
  return undefined;
}

/**
 * Whether the employee went on from the form.
 * @param {Session} session
 */
async function begun(session) {
  return session.begun || (await session.call("GET", "/messages?limit=1")).total > 0;
}

function headActions() {
  const open = () => sessionsDialog(app);
  const menu = languageMenu((tag) => changeLanguage(tag).catch(showFault));
  const place = /** @type {HTMLElement} */ (document.getElementById("head-actions"));
  fill(place, menu, h("button", { class: "plain", type: "button", onclick: open }, t("Your sessions")));
}

async function start() {
  const [, { sessions }] = await Promise.all([readTenant(), call("GET", "/api/session/mine")]);
  const alive = sessions.filter((/** @type {any} */ session) => !session.expired);
  if (alive.length) return enter(await lastSession(alive));
  const over = sessions[0];
  return enter(null, over && t("The time of your session of {day} is over. Start a new one here.", { day: dateText(over.created_at) }));
}

/** Read the company, and dress the page in its name. */
async function readTenant() {
  app.tenant = await call("GET", "/api/tenant");
  const company = app.tenant.name;
  /** @type {HTMLElement} */ (document.getElementById("company")).textContent = t("for {company}", { company });
  /** @type {HTMLElement} */ (document.getElementById("skip")).textContent = t("Skip to the content");
  document.title = t("Your goals at {company}", { company });
}

/**
 * Where the employee was: this tab's session, else the cookie's, else the newest.
 * @param {{id: string}[]} alive
 */
async function lastSession(alive) {
  const here = remembered();
  if (here && alive.some((session) => session.id === here)) return Session.reload(here);
  try {
    return await Session.open(null);
  } catch (error) {
    if (!(error instanceof ApiError) || error.unreached) throw error;
    return Session.open(alive[0].id);
  }
}

/**
 * Tell what went wrong, above the screen in sight, which keeps what is written there; alone where there is none yet.
 * @param {unknown} error
 */
function showFault(error) {
  main.querySelector(":scope > .fault-notice")?.remove();
  const again = () => location.reload();
  const message = error instanceof ApiError ? (faults()[error.code] ?? error.message) : t("Something went wrong on this page. Load it again.");
  const heading = document.body.dataset.screen ? "h2" : "h1";
  const notice = h("div", { class: "notice bad stack tight fault-notice", role: "alert" }, h(heading, { tabindex: "-1" }, t("This didn't work")), h("p", {}, message),
    h("div", {}, h("button", { type: "button", onclick: again }, t("Load the page again"))));
  if (document.body.dataset.screen) main.prepend(notice);
  else fill(main, notice);
  if (!(error instanceof ApiError)) throw error;
}

addEventListener("unhandledrejection", (event) => showFault(event.reason));
start().catch(showFault);
