/** Goals that somebody shared, read-only. The link's token is all that this page knows. */

import { ApiError, call } from "../api.js";
import { fill, h } from "../dom.js";
import { bar } from "../employee/scorecard.js";
import { dateText, phaseName, scoreText } from "../wording.js";

const main = /** @type {HTMLElement} */ (document.getElementById("main"));

async function start() {
  const token = location.pathname.split("/").at(-1) ?? "";
  const shared = await call("GET", `/api/share/${encodeURIComponent(token)}`);
  const { tenant, employee, goals, summary, expires_at } = shared;
  const whose = employee.name ? `${employee.name}'s goals` : "Goals";
  document.title = whose;
  /** @type {HTMLElement} */ (document.getElementById("company")).textContent = `for ${tenant.name}`;
  fill(
    main,
    h("div", { class: "stack" },
      h("div", { class: "stack tight" },
        h("h1", { dir: "auto" }, whose),
        h("p", { class: "soft", dir: "auto" }, [employee.position, employee.department, tenant.name].filter(Boolean).join(" · ")),
        h("p", { class: "soft small" }, `Average score ${summary.avg_score.toFixed(2)} of 10 · this link ends on ${dateText(expires_at)}`)),
      goals.map(goalArticle)),
  );
}

/** @param {any} goal */
function goalArticle(goal) {
  const name = phaseName(goal.phase);
  return h(
    "article",
    { class: "card goal stack", "aria-label": name },
    h("div", { class: "row apart" }, h("h2", {}, name), h("span", { class: "small soft" }, dateText(goal.created_at))),
    h("div", { class: "goal-text", dir: "auto" }, h("p", {}, goal.content)),
    h("div", { class: "total" }, h("strong", { class: "number" }, scoreText(goal.score)), h("div", { class: "grow" }, bar(goal.score, `${scoreText(goal.score)} of 10`))),
  );
}

start().catch((error) => {
  const message = error instanceof ApiError ? error.message : "Something went wrong on this page. Load it again.";
  fill(main, h("div", { class: "notice warn stack tight", role: "alert" }, h("h1", {}, "Nothing to show"), h("p", {}, message)));
  if (!(error instanceof ApiError)) throw error;
});
