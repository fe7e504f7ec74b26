/** Erasing everything of one employee, by their employee code. */

import { fill, h } from "../dom.js";
import { counted } from "../wording.js";
import { change, companyId, withQuery } from "./server.js";
import { confirmed, during, field, setFault } from "./ui.js";

/** @param {() => void} onDone */
export function eraser(onDone) {
  const code = h("input", { autocomplete: "off", spellcheck: "false", maxlength: 200, dir: "auto" });
  const result = h("div", {});
  const button = h("button", { type: "submit", class: "danger" }, "Erase …");
  const erase = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const wanted = code.value.trim();
    if (!wanted) {
      setFault(code, "Write the employee's code first.");
      return code.focus();
    }
    void during(button, result, async () => {
      const text = ["All sessions with this employee code are erased for good: conversation, goals, links and scores. Nobody can bring them back. The audit keeps that something happened, without a name."];
      if (!(await confirmed({ heading: `Erase everything of ${wanted}?`, text, action: "Erase everything for good", typed: wanted }))) return;
      const answer = await change("POST", withQuery("/api/admin/erase", { tenant_id: companyId() }), { employee_code: wanted });
      code.value = "";
      fill(result, h("p", { class: "notice", role: "status" }, inWords(answer)));
      onDone();
    });
  };
  code.addEventListener("input", () => setFault(code, ""));
  return h("section", { class: "card stack" }, h("h2", {}, "Erase an employee's data"),
    h("p", { class: "soft" }, "When an employee asks for it. They can also do it themselves, on their own page."),
    h("form", { class: "row bottom", onsubmit: erase, novalidate: true }, h("div", { class: "grow" }, field("Employee code", code)), button), result);
}

/** @param {{erased?: Record<string, number>}} answer */
function inWords(answer) {
  const { sessions = 0, messages = 0, goals = 0 } = answer.erased ?? {};
  return `Erased: ${counted(sessions, "session")}, ${counted(messages, "message")}, ${counted(goals, "goal")}.`;
}
