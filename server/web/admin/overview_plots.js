/** The plots of the overview, from what the statistics routes answer. */

import { svg } from "../dom.js";
import { counted, criterionName, dayText, durationText, numberText, phaseName, scoreText } from "../wording.js";
import { block, figure, gridLines, insteadOf, roundUp, words } from "./plots.js";
import { GOAL_PHASES } from "./ui.js";

/** @typedef {{date: string, total: number, active: number | null, completed: number | null, abandoned: number | null}} Day */
/** @typedef {{name: string, total: number, completed: number, active: number, abandoned: number, hidden: number}} Bucket */
/** @typedef {{phase: string, goals: number, avg_score: number | null, scores: {from: number, to: number, goals: number}[] | null, criteria: {name: string, goals: number, avg_score: number | null}[] | null, too_few: boolean}} PhaseScores */
/** @typedef {{step: string, phase: string | null, sessions: number | null, share: number | null}} FunnelStep */

const LONGEST_BY_DAY = 31;
const FEW = "Groups of fewer than 5 aren't broken down, nor a group from which they could be worked out, so that nobody can be recognised.";
const STATES = /** @type {[keyof Bucket & string, string, import("./plots.js").Filling][]} */ ([
  ["completed", "Completed", "solid"], ["active", "In progress", "stripes"], ["abandoned", "Abandoned", "dots"], ["hidden", "Not broken down", "outline"]]);

/** @param {Day[]} days */
export function sessionsPlot(days) {
  const weekly = days.length > LONGEST_BY_DAY;
  const buckets = weekly ? weeks(days) : days.map((one) => bucket([one]));
  const title = weekly ? "Sessions by week and status" : "Sessions by day and status";
  const total = buckets.reduce((sum, b) => sum + b.total, 0);
  if (!total) return insteadOf(title, "No session began in this time. Choose a longer one above, or share the employees' page.");
  const hidden = buckets.some((b) => b.hidden);
  const states = STATES.filter(([key]) => key !== "hidden" || hidden);
  return figure({
    title,
    text: `${counted(total, "session")} began between ${buckets[0]?.name} and ${buckets.at(-1)?.name}.`,
    head: [weekly ? "Week from" : "Day", "Sessions", ...states.map(([, name]) => name)],
    rows: buckets.map((b) => [b.name, b.total, ...states.map(([key]) => b[key])]),
    legend: states.map(([, name, filling]) => [name, filling]),
    note: hidden ? FEW : "",
    draw: (width, paint) => drawBuckets(buckets, width, paint),
  });
}

/** @param {Day[]} days */
function weeks(days) {
  // Counted back from today, so that only the first one may be shorter.
  const parts = [];
  for (let end = days.length; end > 0; end -= 7) parts.unshift(bucket(days.slice(Math.max(0, end - 7), end)));
  return parts;
}

/**
 * @param {Day[]} days
 * @returns {Bucket}
 */
function bucket(days) {
  const sum = (/** @type {(day: Day) => number | null} */ of) => days.reduce((all, one) => all + (of(one) ?? 0), 0);
  const known = { completed: sum((d) => d.completed), active: sum((d) => d.active), abandoned: sum((d) => d.abandoned) };
  const total = sum((d) => d.total);
  const name = dayText(days[0]?.date ?? "");
  return { name, total, ...known, hidden: total - known.completed - known.active - known.abandoned };
}

/**
 * @param {Bucket[]} buckets
 * @param {number} width
 * @param {(filling: import("./plots.js").Filling) => string} paint
 */
function drawBuckets(buckets, width, paint) {
  const [left, right, top, bottom] = [36, width - 4, 10, 190];
  const end = roundUp(Math.max(...buckets.map((b) => b.total)));
  const y = (/** @type {number} */ value) => bottom - (value / end) * (bottom - top);
  const pitch = (right - left) / buckets.length;
  const every = Math.ceil(72 / pitch);
  /** @type {SVGElement[]} */
  const shapes = gridLines(end, { left, right, y });
  const marks = buckets.map((b, n) => {
    const x = left + n * pitch;
    let below = 0;
    for (const [key, , filling] of STATES) {
      const value = Number(b[key]);
      if (value) shapes.push(block(filling, paint(filling), { x: x + pitch * 0.12, y: y(below + value), width: pitch * 0.76, height: y(below) - y(below + value) }));
      below += value;
    }
    if ((buckets.length - 1 - n) % every === 0 && x + pitch / 2 > left + 16) shapes.push(words(b.name, Math.min(x + pitch / 2, right - 18), bottom + 18, "middle"));
    const parts = STATES.filter(([key]) => b[key]).map(([key, name]) => `${name.toLowerCase()} ${numberText(Number(b[key]))}`);
    return { x, y: top, width: pitch, height: bottom - top, text: `${b.name}: ${counted(b.total, "session")}${parts.length ? ` (${parts.join(", ")})` : ""}` };
  });
  return { height: bottom + 26, shapes, marks };
}

/** @param {PhaseScores} phase */
export function scoresPlot(phase) {
  const title = `Scores: ${phaseName(phase.phase)}`;
  if (!phase.goals) return insteadOf(title, "No goal was reached in this time.");
  if (!phase.scores) return insteadOf(title, `${counted(phase.goals, "goal")} so far. ${FEW}`);
  const bins = phase.scores;
  return figure({
    title,
    text: `${counted(phase.goals, "goal")}, ${scoreText(phase.avg_score ?? 0)} on average.`,
    head: ["Score", "Goals"],
    rows: bins.map((bin) => [`${bin.from} to ${bin.to}`, bin.goals]),
    note: `${counted(phase.goals, "goal")}, average ${scoreText(phase.avg_score ?? 0)} (the line).`,
    draw: (width, paint) => drawBins(bins, phase.avg_score ?? 0, width, paint),
  });
}

/**
 * @param {{from: number, to: number, goals: number}[]} bins
 * @param {number} average
 * @param {number} width
 * @param {(filling: import("./plots.js").Filling) => string} paint
 */
function drawBins(bins, average, width, paint) {
  const [left, right, top, bottom] = [32, width - 10, 10, 140];
  const end = roundUp(Math.max(...bins.map((b) => b.goals)));
  const y = (/** @type {number} */ value) => bottom - (value / end) * (bottom - top);
  const x = (/** @type {number} */ value) => left + (value / 10) * (right - left);
  const shapes = [
    ...gridLines(end, { left, right, y }),
    ...bins.filter((b) => b.goals).map((b) => block("solid", paint("solid"), { x: x(b.from) + 1, y: y(b.goals), width: x(1) - x(0) - 2, height: bottom - y(b.goals) })),
    ...[0, 2, 4, 6, 8, 10].map((n) => words(n, x(n), bottom + 18, "middle")),
    svg("line", { x1: x(average), x2: x(average), y1: top - 4, y2: bottom, class: "average" }),
  ];
  const marks = bins.map((b) => ({ x: x(b.from), y: top, width: x(1) - x(0), height: bottom - top, text: `Score ${b.from} to ${b.to}: ${counted(b.goals, "goal")}` }));
  return { height: bottom + 26, shapes, marks };
}

/** @param {PhaseScores} phase */
export function criteriaPlot(phase) {
  const title = `Criteria: ${phaseName(phase.phase)}`;
  if (!phase.goals) return insteadOf(title, "No goal was reached in this time.");
  if (!phase.criteria) return insteadOf(title, `${counted(phase.goals, "goal")} so far. ${FEW}`);
  const rows = phase.criteria.map((c) => ({ name: criterionName(c.name), value: c.avg_score, told: c.avg_score === null ? "too few" : scoreText(c.avg_score), goals: c.goals }));
  return figure({
    title,
    text: rows.map((r) => `${r.name} ${r.told}`).join(", "),
    head: ["Criterion", "Average score", "Goals"],
    rows: rows.map((r) => [r.name, r.told, r.goals]),
    note: phase.criteria.some((c) => c.avg_score === null) ? FEW : "",
    draw: (width, paint) => drawRows(rows.map((r) => ({ name: r.name, told: r.told, part: (r.value ?? 0) / 10, text: `${r.name}: ${r.told} on average of ${counted(r.goals, "goal")}` })), width, paint),
  });
}

/**
 * Bars one below the other, each with its name and its value above.
 * @param {{name: string, told: string, part: number, text: string}[]} rows
 * @param {number} width
 * @param {(filling: import("./plots.js").Filling) => string} paint
 */
function drawRows(rows, width, paint) {
  const pitch = 44;
  const letters = Math.floor((width - 90) / 7);
  const shapes = rows.flatMap((row, n) => [
    words(row.name.length > letters ? `${row.name.slice(0, letters - 1)}…` : row.name, 0, n * pitch + 15, "start", "name"),
    words(row.told, width, n * pitch + 15, "end", "name"),
    svg("rect", { x: 0, y: n * pitch + 22, width, height: 12, rx: 3, class: "track" }),
    block("solid", paint("solid"), { x: 0, y: n * pitch + 22, width: row.part * width, height: 12 }),
  ]);
  const marks = rows.map((row, n) => ({ x: 0, y: n * pitch, width, height: pitch - 4, text: row.text }));
  return { height: rows.length * pitch, shapes, marks };
}

const STEPS = /** @type {Record<string, string>} */ ({ created: "Began", basic_information: "Told basic information", g4_future: "Reached the future vision", g6_values: "Reached the values", g8_actions: "Reached the action plan" });

/** @param {{steps: FunnelStep[], too_few: boolean}} funnel */
export function funnelPlot({ steps, too_few }) {
  const title = "How far people come";
  const began = steps[0]?.sessions ?? 0;
  if (!began) return insteadOf(title, "No session began in this time.");
  if (too_few) return insteadOf(title, `${counted(began, "session")} so far. ${FEW}`);
  const rows = steps.map((step, n) => {
    const here = step.sessions ?? 0;
    const lost = n ? (steps[n - 1]?.sessions ?? 0) - here : 0;
    return { name: STEPS[step.step] ?? step.step, part: step.share ?? 0, here, lost };
  });
  return figure({
    title,
    text: rows.map((r) => `${r.name}: ${counted(r.here, "session")}`).join(". "),
    head: ["Step", "Sessions", "Of those that began", "Fewer than before"],
    rows: rows.map((r) => [r.name, r.here, `${Math.round(r.part * 100)}%`, r.lost > 0 ? r.lost : "–"]),
    draw: (width, paint) => drawRows(rows.map((r) => ({
      name: r.name, part: r.part, told: `${numberText(r.here)} · ${Math.round(r.part * 100)}%`,
      text: `${r.name}: ${numberText(r.here)} of ${numberText(began)}${r.lost > 0 ? `, ${numberText(r.lost)} fewer than before` : ""}`,
    })), width, paint),
  });
}

/** @param {{sessions: number, median: number | null, p25: number | null, p75: number | null, too_few: boolean}} times */
export function timesPlot(times) {
  const title = "Time to finish";
  const { median, p25, p75 } = times;
  if (!times.sessions) return insteadOf(title, "Nobody finished a session that began in this time.");
  if (median === null || p25 === null || p75 === null) return insteadOf(title, `${counted(times.sessions, "finished session")} so far. ${FEW}`);
  const quarters = [["A quarter finished within", p25], ["Half finished within", median], ["Three quarters finished within", p75]];
  return figure({
    title,
    text: quarters.map(([name, value]) => `${name} ${durationText(Number(value))}`).join(". "),
    head: ["Finished sessions", "Time"],
    rows: quarters.map(([name, value]) => [String(name), durationText(Number(value))]),
    note: `From the first page to the third goal, breaks included; ${counted(times.sessions, "finished session")}.`,
    draw: (width, paint) => drawTimes([p25, median, p75], width, paint),
  });
}

/**
 * @param {[number, number, number]} quartiles
 * @param {number} width
 * @param {(filling: import("./plots.js").Filling) => string} paint
 */
function drawTimes([p25, median, p75], width, paint) {
  const end = (p75 || 1) * 1.15;
  const [left, right] = [8, width - 8];
  const x = (/** @type {number} */ value) => left + (value / end) * (right - left);
  const anchor = (/** @type {number} */ at) => (at < 60 ? "start" : at > width - 60 ? "end" : "middle");
  const shapes = [
    svg("line", { x1: left, x2: right, y1: 62, y2: 62, class: "axis" }),
    block("stripes", paint("stripes"), { x: x(p25), y: 46, width: Math.max(2, x(p75) - x(p25)), height: 32 }),
    svg("line", { x1: x(median), x2: x(median), y1: 38, y2: 86, class: "average" }),
    words(`half: ${durationText(median)}`, x(median), 28, anchor(x(median)), "name"),
    words("0", left, 104),
  ];
  const tells = [["A quarter finished within", p25], ["Half finished within", median], ["Three quarters finished within", p75]];
  const marks = tells.map(([name, value]) => ({ x: x(Number(value)) - 10, y: 38, width: 20, height: 48, text: `${name} ${durationText(Number(value))}` }));
  return { height: 116, shapes: [...shapes, ...ends(p25, p75, x)], marks };
}

/**
 * The words at the quartiles; one only where two would lie on each other.
 * @param {number} p25
 * @param {number} p75
 * @param {(value: number) => number} x
 */
function ends(p25, p75, x) {
  const last = words(durationText(p75), x(p75), 104, "middle");
  return x(p75) - x(p25) < 90 || x(p25) < 40 ? [last] : [words(durationText(p25), x(p25), 104, "middle"), last];
}

/**
 * The three phases, also where nothing was reached in one.
 * @param {PhaseScores[]} phases
 */
export function byPhase(phases) {
  return GOAL_PHASES.map((phase) => phases.find((one) => one.phase === phase) ?? { phase, goals: 0, avg_score: null, scores: null, criteria: null, too_few: false });
}
