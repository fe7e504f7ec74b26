/** Admin keys: who holds one, making another, taking one back. */

import { copyButton } from "../copy_button.js";
import { fill, h } from "../dom.js";
import { change, companyId, read, withQuery } from "./server.js";
import { confirmed, during, field, load, setFault, timeElement, title } from "./ui.js";

/** @typedef {{id: string, email: string, created_at: string, revoked_at: string | null, current: boolean}} Key */

export { name as title };
const name = "Keys";

/** @param {import("./main.js").Visit} visit */
export function open({ main, signal }) {
  const list = h("div", {});
  const show = () => load(list, () => read(withQuery("/api/admin/keys", { tenant_id: companyId() }), signal), ({ keys }) => keyTable(keys, () => void show()));
  fill(main, h("div", { class: "stack" }, title(name),
    h("p", { class: "soft" }, "Whoever holds a key sees and changes everything here. Give each admin a key of their own, so that the audit can tell who did what."),
    maker(() => void show()), h("section", { class: "card stack" }, h("h2", {}, "Keys that were made"), list)));
  void show();
}

/** @param {() => void} onMade */
function maker(onMade) {
  const email = h("input", { type: "email", autocomplete: "off", maxlength: 200 });
  const made = h("div", {});
  const button = h("button", { type: "submit", class: "main" }, "Make a key");
  const make = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (!email.value.trim() || !email.validity.valid) {
      setFault(email, "Write the email address of the person who gets the key.");
      return email.focus();
    }
    void during(button, made, async () => {
      const answer = await change("POST", withQuery("/api/admin/keys", { tenant_id: companyId() }), { email: email.value.trim() });
      email.value = "";
      fill(made, shownOnce(answer, () => fill(made)));
      made.querySelector("h3")?.focus();
      onMade();
    });
  };
  email.addEventListener("input", () => setFault(email, ""));
  return h("section", { class: "card stack" }, h("h2", {}, "Make a key"),
    h("form", { class: "row bottom", onsubmit: make, novalidate: true }, h("div", { class: "grow" }, field("Email of the admin", email)), button), made);
}

/**
 * @param {{email: string, admin_key: string}} made
 * @param {() => void} hide
 */
function shownOnce(made, hide) {
  return h("div", { class: "notice warn stack tight", role: "group", "aria-label": "The new key" },
    h("h3", { tabindex: -1 }, "Copy this key now: it is shown only this once"),
    h("p", {}, "For ", h("strong", {}, made.email), ". Hand it over on a safe way, not by open email."),
    h("p", {}, h("code", { class: "key" }, made.admin_key)),
    h("div", { class: "row" }, copyButton(made.admin_key), h("button", { type: "button", onclick: hide }, "I have it, hide it")));
}

/**
 * @param {Key[]} keys
 * @param {() => void} again
 */
function keyTable(keys, again) {
  const trouble = h("div", {});
  const living = keys.filter((key) => !key.revoked_at);
  const revoked = keys.filter((key) => key.revoked_at);
  const table = (/** @type {Key[]} */ some) => h("table", { class: "cards" },
    h("thead", {}, h("tr", {}, ...["Email", "Made", "State"].map((text) => h("th", { scope: "col" }, text)))), h("tbody", {}, some.map((key) => row(key, trouble, again))));
  return h("div", { class: "stack" }, trouble, living.length ? table(living) : h("p", { class: "soft" }, "This company has no key that works."),
    revoked.length > 0 && h("details", {}, h("summary", {}, `Revoked (${revoked.length})`), table(revoked)));
}

/**
 * @param {Key} key
 * @param {Element} trouble
 * @param {() => void} again
 */
function row(key, trouble, again) {
  const button = h("button", { type: "button", class: "compact danger", "aria-label": `Revoke the key of ${key.email}`, onclick: () => void during(button, trouble, async () => {
    const text = [`The key of ${key.email} stops working at once, and whoever is signed in with it is signed out.`];
    if (!(await confirmed({ heading: "Revoke this key?", text, action: "Revoke the key" }))) return;
    await change("DELETE", `/api/admin/keys/${encodeURIComponent(key.id)}`);
    again();
  }) }, "Revoke");
  const state = key.revoked_at ? h("span", {}, "revoked ", timeElement(key.revoked_at)) : key.current ? h("span", { class: "badge good" }, "You are signed in with it") : button;
  return h("tr", {}, h("td", {}, key.email), h("td", { "data-label": "Made" }, timeElement(key.created_at)), h("td", {}, state));
}
