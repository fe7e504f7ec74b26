/** Overview: figures, and plots of the last days. */

import { copyButton } from "../copy_button.js";
import { fill, h } from "../dom.js";
import { counted, durationText, numberText, scoreText } from "../wording.js";
import { byPhase, criteriaPlot, funnelPlot, scoresPlot, sessionsPlot, timesPlot } from "./overview_plots.js";
import { companyId, read, who, withQuery } from "./server.js";
import { field, load, select, title } from "./ui.js";

/** @typedef {import("../types.d.ts").Overview} Overview */
/** @typedef {{overview: Overview, series: any, criteria: any, funnel: any}} Figures */

export { name as title };
const name = "Overview";
const PERIODS = /** @type {[string, string][]} */ ([["7", "Last 7 days"], ["30", "Last 30 days"], ["90", "Last 90 days"], ["365", "Last 365 days"]]);

/** @param {import("./main.js").Visit} visit */
export function open({ main, query, readdress, signal }) {
  const asked = query.get("days") ?? "";
  const days = select(PERIODS, PERIODS.some(([value]) => value === asked) ? asked : "30");
  const body = h("div", { class: "stack" });
  const show = () => load(body, () => figures(days.value, signal), (all) => (all.overview.total_sessions ? drawn(all, days.value) : empty()));
  days.addEventListener("change", () => {
    readdress(`#overview?days=${days.value}`);
    void show();
  });
  fill(main, h("div", { class: "stack" }, h("div", { class: "row apart" }, title(name), h("div", { class: "period" }, field("Period", days))), body));
  void show();
}

/**
 * @param {string} days
 * @param {AbortSignal} signal
 * @returns {Promise<Figures>}
 */
async function figures(days, signal) {
  const ask = (/** @type {string} */ what, /** @type {string | null} */ of) => read(withQuery(`/api/admin/stats/${what}`, { tenant_id: companyId(), days: of }), signal);
  const [overview, series, criteria, funnel] = await Promise.all([ask("overview", null), ask("series", days), ask("criteria", days), ask("funnel", days)]);
  return { overview, series, criteria, funnel };
}

/**
 * @param {Figures} figures
 * @param {string} days
 */
function drawn({ overview, series, criteria, funnel }, days) {
  const phases = byPhase(criteria.phases);
  return [
    tiles(overview, series, funnel.time_to_finish_minutes, days),
    h("h2", {}, "Sessions"),
    h("section", { class: "card" }, sessionsPlot(series.days)),
    h("div", { class: "plots two" }, h("section", { class: "card" }, funnelPlot(funnel)), h("section", { class: "card" }, timesPlot(funnel.time_to_finish_minutes))),
    h("section", { class: "stack tight" }, h("h2", {}, "Scores"), h("p", { class: "soft" }, "Of the goals that were reached in this time, 0 to 10."),
      h("div", { class: "plots three" }, ...phases.map((phase) => h("div", { class: "card stack" }, scoresPlot(phase), criteriaPlot(phase))))),
    h("p", { class: "small soft" }, "Days are those of UTC."),
  ];
}

/**
 * @param {Overview} all
 * @param {{days: {total: number}[]}} series
 * @param {{sessions: number, median: number | null}} times
 * @param {string} days
 */
function tiles(all, series, times, days) {
  const began = series.days.reduce((sum, day) => sum + day.total, 0);
  const share = Math.round((all.completed_sessions / all.total_sessions) * 100);
  return h("dl", { class: "tiles" },
    tile("Sessions", numberText(all.total_sessions), `${numberText(began)} began in the last ${days} days`),
    tile("Completed", numberText(all.completed_sessions), `${share}% of all; ${numberText(all.active_sessions)} in progress`),
    tile("Average score", all.total_goals_created ? scoreText(all.avg_score) : "–", all.total_goals_created ? `of ${counted(all.total_goals_created, "goal")}` : "no goal was reached yet"),
    tile("Median time to finish", times.median === null ? "–" : durationText(times.median),
      times.median === null ? "told from 5 finished sessions on" : `${counted(times.sessions, "session")} of the last ${days} days`));
}

/**
 * @param {string} label
 * @param {string} value
 * @param {string} about
 */
function tile(label, value, about) {
  return h("div", { class: "card" }, h("dt", { class: "soft small" }, label), h("dd", { class: "value number" }, value), h("dd", { class: "soft small" }, about));
}

function empty() {
  const address = employeesPage();
  return h("section", { class: "card stack" },
    h("h2", {}, "Nobody has started yet"),
    h("p", {}, "Three steps, and the first conversations appear here:"),
    h("ol", { class: "stack tight" },
      h("li", {}, h("a", { href: "#knowledge" }, "Add your company's documents"), ", so that goals fit what you ask of people."),
      h("li", {}, h("a", { href: "#rubric" }, "Look at the rubric"), " that goals are scored by. Ours is there already."),
      h("li", {}, "Share this address with your employees: ", h("span", { class: "row" }, h("a", { href: address }, address), copyButton(address)))));
}

/** Where the company's employees begin. */
function employeesPage() {
  const company = who.company;
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
  if (!company) return location.origin;
  if (local) return `${location.origin}/?tenant=${encodeURIComponent(company.slug)}`;
  return `https://${company.domain}/`;
}
