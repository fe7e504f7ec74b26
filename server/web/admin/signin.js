/** Signing in with an admin key, on a page of its own or in a dialog over a screen, and choosing a company with a system key. */

import { ApiError, call } from "../api.js";
import { dialog } from "../dialog.js";
import { fill, h } from "../dom.js";
import { read, told, who } from "./server.js";
import { field, load, setFault, timeElement, title } from "./ui.js";

/** @typedef {import("./server.js").Me} Me */
/** @typedef {import("./server.js").Tenant} Tenant */

/**
 * The page that asks for the key.
 * @param {Element} main
 * @param {string} message why it is asked again; empty for a newcomer
 * @param {(me: Me) => void} onDone
 */
export function showSignIn(main, message, onDone) {
  const heading = title("Sign in");
  fill(main, h("div", { class: "card stack signin" }, heading,
    h("p", { class: "soft" }, "This is the console of HR. Employees write their goals at the ", h("a", { href: "/" }, "employees' page"), "."),
    ...form(message, onDone)));
  main.querySelector("input")?.focus();
}

/**
 * Ask for the key over the screen that is open. Somebody else's key begins anew.
 * @param {string} message
 */
export async function askAgain(message) {
  const before = who.me?.tenant?.id ?? null;
  const answer = await dialog("Sign in", (close) => [
    ...form(message, (me) => {
      if ((me.tenant?.id ?? null) !== before) location.reload();
      who.me = me;
      close("yes");
    }),
    h("button", { type: "button", class: "plain", onclick: () => close("") }, "Not now"),
  ]);
  return answer === "yes";
}

/**
 * @param {string} message
 * @param {(me: Me) => void} onDone
 */
function form(message, onDone) {
  const key = h("input", { type: "password", name: "key", autocomplete: "current-password", spellcheck: "false", autocapitalize: "off",
    maxlength: 300, oninput: () => setFault(key, "") });
  const shown = h("button", { type: "button", class: "compact", "aria-pressed": "false", onclick: () => reveal(key, shown) }, "Show the key");
  const submit = h("button", { class: "main", type: "submit" }, "Sign in");
  const trouble = h("div", { role: "alert" });
  const send = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (submit.disabled) return;
    fill(trouble);
    if (!key.value.trim()) return refuse(key, "Paste or type your admin key first.");
    submit.disabled = true;
    try {
      const me = await call("POST", "/api/admin/login", { key: key.value });
      key.value = "";
      onDone(me);
    } catch (error) {
      if (error instanceof ApiError && [401, 422].includes(error.status)) refuse(key, told(error));
      else fill(trouble, h("p", { class: "notice bad" }, told(error)));
    } finally {
      submit.disabled = false;
    }
  };
  return [
    message ? h("p", { class: "notice warn", role: "status" }, message) : null,
    h("form", { class: "stack", onsubmit: send, novalidate: true },
      field("Admin key", key, "It was shown once, when your company was set up or a key was made for you. The browser doesn't keep it."),
      h("div", { class: "row apart" }, shown, submit), trouble),
  ];
}

/**
 * @param {HTMLInputElement} key
 * @param {HTMLButtonElement} button
 */
function reveal(key, button) {
  const show = key.type === "password";
  key.type = show ? "text" : "password";
  button.setAttribute("aria-pressed", String(show));
}

/**
 * @param {HTMLInputElement} key
 * @param {string} text
 */
function refuse(key, text) {
  setFault(key, text);
  key.focus();
  key.select();
}

/**
 * The companies that a system key sees.
 * @param {Element} main
 * @param {(company: Tenant) => void} onChosen
 */
export function showCompanies(main, onChosen) {
  const heading = title("Choose a company");
  const list = h("div", {});
  const search = h("input", { type: "search", autocomplete: "off" });
  fill(main, h("div", { class: "stack" }, heading, h("p", { class: "soft" }, "You signed in with a system key, which sees every company."),
    list));
  heading.focus();
  void load(list, () => read("/api/admin/tenants"), ({ tenants }) => {
    const rows = h("ul", { class: "choices" });
    const draw = () => {
      const wanted = search.value.trim().toLowerCase();
      const found = tenants.filter((/** @type {Tenant} */ t) => `${t.name} ${t.slug} ${t.domain}`.toLowerCase().includes(wanted));
      fill(rows, found.length ? found.map((/** @type {any} */ t) => choice(t, onChosen)) : h("li", { class: "soft" }, "No company is called so."));
    };
    search.addEventListener("input", draw);
    draw();
    return [h("div", { class: "stack" }, tenants.length > 8 && field("Search companies", search), rows)];
  });
}

/**
 * @param {Tenant & {status: string, created_at: string}} tenant
 * @param {(company: Tenant) => void} onChosen
 */
function choice(tenant, onChosen) {
  return h("li", { class: "card row apart" },
    h("div", {}, h("h2", { dir: "auto" }, tenant.name),
      h("p", { class: "soft small" }, `${tenant.domain} · since `, timeElement(tenant.created_at),
        tenant.status !== "active" && h("span", { class: "badge warn" }, tenant.status))),
    h("button", { type: "button", "aria-label": `Open ${tenant.name}`, onclick: () => onChosen(tenant) }, "Open"));
}
