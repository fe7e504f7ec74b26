/** The console: signs in, shows the frame, and opens the screen that the address names (`#overview`, `#session/<id>`, …). */

import { call } from "../api.js";
import { dialog } from "../dialog.js";
import { fill, h, svg } from "../dom.js";
import { told, who } from "./server.js";
import { failed, load } from "./ui.js";

/** @typedef {{main: HTMLElement, rest: string, query: URLSearchParams, readdress: (hash: string) => void, signal: AbortSignal}} Visit */
/** @typedef {{title: string, open: (visit: Visit) => void, leave?: () => string}} Screen */

/** Screens by the first word of the address; each is fetched when it is first opened. */
const SCREENS = /** @type {Record<string, () => Promise<Screen>>} */ ({
  overview: () => import("./overview.js"),
  knowledge: () => import("./knowledge.js"),
  rubric: () => import("./rubric.js"),
  audit: () => import("./audit.js"),
  session: () => import("./session.js"),
  keys: () => import("./keys.js"),
});
const NAV = [["overview", "Overview"], ["knowledge", "Knowledge"], ["rubric", "Rubric and prompts"], ["audit", "Audit"], ["keys", "Keys"]];
const UNDER = /** @type {Record<string, string>} */ ({ session: "audit" });

const main = h("main", { id: "main", tabindex: -1 });
const head = h("header", { class: "head" });
const nav = h("nav", { "aria-label": "Console", class: "tabs" });
/** @type {Screen | null} */
let screen = null;
/** Where the open screen is. */
let place = "";
let visit = new AbortController();

document.body.append(
  h("a", { class: "skip", href: "#main", onclick: skip }, "Skip to the content"), head, main);
who.signInAgain = async (message) => (await signIn()).askAgain(message);
addEventListener("hashchange", () => void go());
addEventListener("beforeunload", (event) => {
  if (screen?.leave?.()) event.preventDefault();
});
start();

function start() {
  drawHead();
  void load(main, whoIsThere, (answer) => {
    if (typeof answer === "string") void welcome(answer);
    else entered(answer);
  });
}

/** The admin who is signed in, or why none is: an empty text for a newcomer. */
async function whoIsThere() {
  try {
    return /** @type {import("./server.js").Me} */ (await call("GET", "/api/admin/me"));
  } catch (error) {
    const { status, code, message } = /** @type {import("../api.js").ApiError} */ (error);
    if (status !== 401) throw error;
    return code === "ADMIN_SESSION_EXPIRED" ? message : "";
  }
}

/** Fetched only where somebody has to sign in or choose. */
const signIn = () => import("./signin.js");

/** @param {string} message */
async function welcome(message) {
  document.title = "Sign in · Petraf for HR";
  (await signIn()).showSignIn(main, message, entered);
}

/** @param {import("./server.js").Me} me */
function entered(me) {
  who.me = me;
  if (me.tenant) return enter(me.tenant);
  const wanted = new URLSearchParams(location.search).get("company");
  if (wanted) return void enterBySlug(wanted);
  void choose();
}

/** @param {string} slug */
async function enterBySlug(slug) {
  await load(main, () => call("GET", "/api/admin/tenants"), ({ tenants }) => {
    const found = tenants.find((/** @type {{slug: string}} */ t) => t.slug === slug);
    if (found) enter(found);
    else void choose();
  });
}

async function choose() {
  who.company = null;
  screen = null;
  drawHead();
  document.title = "Choose a company · Petraf for HR";
  (await signIn()).showCompanies(main, (company) => {
    const address = new URL(location.href);
    address.searchParams.set("company", company.slug);
    history.pushState(null, "", address);
    enter(company);
  });
}

/** @param {import("./server.js").Tenant} company */
function enter(company) {
  who.company = company;
  place = "";
  drawHead();
  void go();
}

/** Open the screen of the address, unless somebody wants to stay for what would be lost. */
async function go() {
  if (!who.company) return;
  const wanted = location.hash.slice(1) || "overview";
  if (wanted === place) return;
  const lost = screen?.leave?.();
  if (lost) {
    history.pushState(null, "", `#${place}`);
    if (!(await leaves(lost))) return;
    screen = null;
    history.pushState(null, "", `#${wanted}`);
  }
  await show(wanted);
}

/** @param {string} wanted */
async function show(wanted) {
  const [path = "", query = ""] = wanted.split("?");
  const [name = "", rest = ""] = path.split(/\/(.*)/s);
  const get = SCREENS[name] ?? SCREENS.overview;
  place = wanted;
  mark(UNDER[name] ?? name);
  visit.abort();
  visit = new AbortController();
  const { signal } = visit;
  try {
    const opened = await /** @type {() => Promise<Screen>} */ (get)();
    if (signal.aborted) return;
    screen = opened;
    document.title = `${opened.title} · Petraf for HR`;
    fill(main);
    opened.open({ main, rest: decodeURIComponent(rest), query: new URLSearchParams(query), readdress, signal });
    scrollTo(0, 0);
    (main.querySelector("h1") ?? main).focus({ preventScroll: true });
  } catch (error) {
    fill(main, failed(error, () => location.reload()));
  }
}

/**
 * Let the address name what the open screen shows now, so that going to another address of the same screen is noticed.
 * @param {string} hash
 */
function readdress(hash) {
  history.replaceState(null, "", hash);
  place = location.hash.slice(1);
}

/** @param {string} lost what would be */
async function leaves(lost) {
  const answer = await dialog("Leave this screen?", (close) => [
    h("p", {}, lost),
    h("div", { class: "row end" }, h("button", { type: "button", class: "main", onclick: () => close("") }, "Stay here"),
      h("button", { type: "button", class: "danger", onclick: () => close("leave") }, "Leave anyway")),
  ]);
  return answer === "leave";
}

/** @param {string} name */
function mark(name) {
  for (const link of nav.querySelectorAll("a")) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function drawHead() {
  const company = who.company;
  fill(nav, h("div", {}, ...NAV.map(([name, text]) => h("a", { href: `#${name}` }, text))));
  fill(head, h("div", {},
    h("div", { class: "brand" }, sign(), h("span", { dir: "auto" }, "Petraf for HR",
      company && h("span", { class: "soft" }, ` · ${company.name}`))),
    who.me && h("div", { class: "end" }, h("span", { class: "soft small who" }, who.me.email),
      company && !who.me.tenant && h("button", { type: "button", class: "plain", onclick: leaveCompany }, "Companies"),
      h("button", { type: "button", class: "plain", onclick: signOut }, "Sign out"))),
    company && nav);
}

/** The sign of icon.svg, drawn here: that file would be one more request before the first screen. */
function sign() {
  return svg("svg", { viewBox: "0 0 32 32", width: 28, height: 28, "aria-hidden": "true", focusable: "false" },
    svg("rect", { width: 32, height: 32, rx: 8, fill: "#17624f" }),
    svg("path", { d: "M7 23 L13 14 L18 18 L25 8", fill: "none", stroke: "#fff", "stroke-width": 3, "stroke-linecap": "round", "stroke-linejoin": "round" }),
    svg("circle", { cx: 25, cy: 8, r: 2.6, fill: "#ffd479" }));
}

async function leaveCompany() {
  const lost = screen?.leave?.();
  if (lost && !(await leaves(lost))) return;
  visit.abort();
  const address = new URL(location.href);
  address.searchParams.delete("company");
  history.pushState(null, "", address);
  void choose();
}

async function signOut() {
  const lost = screen?.leave?.();
  if (lost && !(await leaves(lost))) return;
  try {
    await call("POST", "/api/admin/logout");
  } catch (error) {
    main.prepend(h("div", { class: "notice bad", role: "alert" }, told(error)));
    return;
  }
  visit.abort();
  Object.assign(who, { me: null, company: null });
  screen = null;
  drawHead();
  history.replaceState(null, "", location.pathname);
  await welcome("You are signed out.");
}

/** @param {Event} event */
function skip(event) {
  event.preventDefault();
  main.focus();
}
