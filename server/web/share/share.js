/** Goals that somebody shared, read-only. The link's token is all that this page knows. */

import { ApiError, call } from "../api.js";
import { fill, h } from "../dom.js";
import { bar } from "../employee/scorecard.js";
import { languageMenu } from "../language_menu.js";
import { choose, speak, t } from "../languages.js";
import { averageText, dateText, outOfTen, phaseName, scoreText } from "../wording.js";

const main = /** @type {HTMLElement} */ (document.getElementById("main"));

async function start() {
  fill(/** @type {HTMLElement} */ (document.getElementById("head-actions")), languageMenu(changeLanguage));
  const token = location.pathname.split("/").at(-1) ?? "";
  const shared = await call("GET", `/api/share/${encodeURIComponent(token)}`);
  const { tenant, employee, goals, summary, expires_at } = shared;
  const whose = employee.name ? t("Goals of {name}", { name: employee.name }) : t("Goals");
  document.title = whose;
  /** @type {HTMLElement} */ (document.getElementById("company")).textContent = t("for {company}", { company: tenant.name });
  fill(
    main,
    h("div", { class: "stack" },
      h("div", { class: "stack tight" },
        h("h1", { dir: "auto" }, whose),
        h("p", { class: "soft", dir: "auto" }, [employee.position, employee.department, tenant.name].filter(Boolean).join(" · ")),
        h("p", { class: "soft small" }, [average(goals, summary), t("this link ends on {day}", { day: dateText(expires_at) })].filter(Boolean).join(" · "))),
      goals.map(goalArticle)),
  );
}

/**
 * Of the goals that reach what the company asks for; nothing where none does.
 * @param {any[]} goals
 * @param {any} summary
 */
function average(goals, { avg_score }) {
  return goals.some((goal) => !goal.below_threshold) && t("Average score {score} of 10", { score: averageText(avg_score) });
}

/** @param {any} goal */
function goalArticle(goal) {
  const name = phaseName(goal.phase);
  return h(
    "article",
    { class: "card goal stack", "aria-label": name },
    h("div", { class: "row apart" }, h("h2", {}, name), h("span", { class: "small soft" }, dateText(goal.created_at))),
    h("div", { class: "goal-text", dir: "auto" }, h("p", {}, goal.content)),
    goal.below_threshold ? h("p", { class: "soft small" }, t("Kept by the employee as it is.")) : h("div", { class: "total" }, h("strong", { class: "number" }, scoreText(goal.score)), h("div", { class: "grow" }, bar(goal.score, outOfTen(goal.score)))),
  );
}

/** @param {string} tag */
async function changeLanguage(tag) {
  await speak(tag);
  choose(tag);
  await start().catch(showFault);
  document.querySelector("select")?.focus();
}

/** @param {unknown} error */
function showFault(error) {
  const message = error instanceof ApiError ? error.message : t("Something went wrong on this page. Load it again.");
  document.title = t("Shared goals");
  fill(main, h("div", { class: "notice warn stack tight", role: "alert" }, h("h1", {}, t("Nothing to show")), h("p", {}, message)));
  if (!(error instanceof ApiError)) throw error;
}

start().catch(showFault);
