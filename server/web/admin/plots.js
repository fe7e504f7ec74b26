/**
 * Plots as SVG: a figure with a title, a picture with a description, a legend, the value under the pointer or the arrow keys, and
 * the same numbers as a table. Colours come from the tokens; stripes and dots tell the same without colour.
 */

import { fill, freshId, h, svg } from "../dom.js";

/** @typedef {{x: number, y: number, width: number, height: number, text: string}} Mark */
/** @typedef {{height: number, shapes: SVGElement[], marks: Mark[]}} Drawing */
/** @typedef {"solid" | "stripes" | "dots" | "outline"} Filling */
/**
 * @typedef {object} Plot
 * @property {string} title
 * @property {string} text what it shows, in words
 * @property {string[]} head of the table
 * @property {(string | number)[][]} rows of the table
 * @property {[name: string, filling: Filling][]} [legend]
 * @property {string} [note]
 * @property {(width: number, paint: (filling: Filling) => string) => Drawing} draw
 */

const NARROWEST = 220;

/**
 * @param {Plot} plot
 * @returns {HTMLElement}
 */
export function figure(plot) {
  const heading = h("h3", {}, plot.title);
  const area = h("div", { class: "plot", tabindex: 0, role: "group", "aria-label": `${plot.title}: left and right arrow keys tell each value` });
  const table = h("div", { class: "scroll", hidden: true, tabindex: 0, role: "group", "aria-label": `${plot.title}, as a table` }, tableOf(plot));
  const legend = plot.legend ? legendOf(plot.legend) : null;
  const button = h("button", { type: "button", class: "plain compact", "aria-pressed": "false", "aria-label": `Show as a table: ${plot.title}`, onclick: swap }, "Show as a table");
  function swap() {
    table.hidden = !table.hidden;
    area.hidden = !table.hidden;
    if (legend) legend.hidden = area.hidden;
    button.setAttribute("aria-pressed", String(!table.hidden));
  }
  live(area, plot);
  return h("figure", { class: "stack tight" }, h("figcaption", {}, heading, button), legend, area, table,
    plot.note && h("p", { class: "small soft" }, plot.note));
}

/**
 * What stands where a plot would be.
 * @param {string} title
 * @param {string} reason
 */
export function insteadOf(title, reason) {
  return h("figure", { class: "stack tight" }, h("figcaption", {}, h("h3", {}, title)), h("p", { class: "instead soft" }, reason));
}

/** @param {Plot} plot */
function tableOf({ title, head, rows }) {
  return h("table", { class: "number" }, h("caption", { class: "unseen" }, title),
    h("thead", {}, h("tr", {}, ...head.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, ...rows.map(([first, ...others]) =>
      h("tr", {}, h("th", { scope: "row", dir: "auto" }, first), ...others.map((value) => h("td", {}, value))))));
}

/** @param {[string, Filling][]} entries */
function legendOf(entries) {
  return h("ul", { class: "legend small" }, ...entries.map(([name, filling]) => {
    const { paint, definitions } = paints();
    return h("li", {}, svg("svg", { width: 16, height: 16, "aria-hidden": "true", focusable: "false" }, definitions,
      svg("rect", { x: 1, y: 1, width: 14, height: 14, rx: 3, class: `shape ${filling}`, fill: paint(filling) })), name);
  }));
}

/**
 * Draw again whenever the width changes, and tell the value that is pointed at.
 * @param {HTMLElement} area
 * @param {Plot} plot
 */
function live(area, plot) {
  const tip = h("p", { class: "tip small number", hidden: true, dir: "auto" });
  const spoken = h("span", { class: "unseen", role: "status" });
  const cursor = svg("rect", { class: "cursor", visibility: "hidden", rx: 3 });
  const state = { width: 0, at: -1, marks: /** @type {Mark[]} */ ([]) };
  const tell = (/** @type {number} */ at, aloud = false) => {
    state.at = at;
    const mark = state.marks[at];
    tip.hidden = !mark;
    cursor.setAttribute("visibility", mark ? "visible" : "hidden");
    if (!mark) return;
    for (const name of /** @type {const} */ (["x", "y", "width", "height"])) cursor.setAttribute(name, String(mark[name]));
    fill(tip, mark.text);
    if (aloud) fill(spoken, mark.text);
    tip.style.setProperty("inset-inline-start", `${Math.max(0, Math.min(mark.x + mark.width / 2 - tip.offsetWidth / 2, state.width - tip.offsetWidth))}px`);
    tip.style.setProperty("inset-block-start", `${Math.max(0, mark.y - tip.offsetHeight - 6)}px`);
  };
  const redraw = () => {
    const width = Math.max(NARROWEST, Math.floor(area.clientWidth));
    if (!area.clientWidth || width === state.width) return;
    state.width = width;
    const { picture, marks } = pictureOf(plot, width, cursor);
    state.marks = marks;
    fill(area, picture, tip, spoken);
    tell(-1);
  };
  area.addEventListener("pointermove", (event) => tell(under(event, area, state.marks)));
  area.addEventListener("pointerleave", () => tell(-1));
  area.addEventListener("blur", () => tell(-1));
  area.addEventListener("keydown", (event) => {
    const next = step(event.key, state.at, state.marks.length);
    if (next === null) return;
    event.preventDefault();
    tell(next, true);
  });
  new ResizeObserver(redraw).observe(area);
}

/**
 * @param {Plot} plot
 * @param {number} width
 * @param {SVGElement} cursor
 */
function pictureOf(plot, width, cursor) {
  const { paint, definitions } = paints();
  const { height, shapes, marks } = plot.draw(width, paint);
  const [name, text] = [freshId("plot"), freshId("plot")];
  const picture = svg("svg", { role: "img", "aria-labelledby": name, "aria-describedby": text, viewBox: `0 0 ${width} ${height}`, width, height },
    svg("title", { id: name }, plot.title), svg("desc", { id: text }, plot.text), definitions, cursor, ...shapes);
  return { picture, marks };
}

/**
 * @param {PointerEvent} event
 * @param {HTMLElement} area
 * @param {Mark[]} marks
 */
function under(event, area, marks) {
  const box = area.getBoundingClientRect();
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  return marks.findIndex((m) => x >= m.x && x <= m.x + m.width && y >= m.y && y <= m.y + m.height);
}

/**
 * Where a key leads among so many values; null for a key that isn't ours.
 * @param {string} key
 * @param {number} at
 * @param {number} length
 */
function step(key, at, length) {
  if (key === "ArrowRight" || key === "ArrowDown") return Math.min(at + 1, length - 1);
  if (key === "ArrowLeft" || key === "ArrowUp") return Math.max(at - 1, 0);
  if (key === "Home") return 0;
  if (key === "End") return length - 1;
  return key === "Escape" && at >= 0 ? -1 : null;
}

/** The fillings of one picture: what to write as `fill`, and the patterns that have to stand in it. */
function paints() {
  const stripes = freshId("stripes");
  const dots = freshId("dots");
  const own = /** @type {Record<Filling, string>} */ ({ solid: "var(--plot-1)", stripes: `url(#${stripes})`, dots: `url(#${dots})`, outline: "none" });
  const definitions = svg("defs", {},
    svg("pattern", { id: stripes, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("rect", { width: 6, height: 6, class: "ground" }), svg("rect", { width: 3.5, height: 6, class: "two" })),
    svg("pattern", { id: dots, width: 5, height: 5, patternUnits: "userSpaceOnUse" },
      svg("rect", { width: 5, height: 5, class: "ground" }), svg("circle", { cx: 2.5, cy: 2.5, r: 1.6, class: "three" })));
  return { paint: (/** @type {Filling} */ filling) => own[filling], definitions };
}

/**
 * The smallest round number that is not below a value, for the end of an axis of whole numbers.
 * @param {number} value
 */
export function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  const end = [1, 2, 4, 5, 10].map((n) => n * power).find((n) => n >= value) ?? 10 * power;
  return Math.max(end, 4);
}

/**
 * Lines across with their numbers, at the quarters or halves of an axis.
 * @param {number} end
 * @param {{left: number, right: number, y: (value: number) => number}} frame
 */
export function gridLines(end, { left, right, y }) {
  const parts = end % 4 === 0 ? 4 : end % 5 === 0 ? 5 : 2;
  return Array.from({ length: parts + 1 }, (_, n) => (end / parts) * n).flatMap((value) => [
    svg("line", { x1: left, x2: right, y1: y(value), y2: y(value), class: value ? "grid" : "axis" }),
    words(value, left - 6, y(value) + 4, "end"),
  ]);
}

/**
 * @param {string | number} text
 * @param {number} x
 * @param {number} y
 * @param {"start" | "middle" | "end"} [anchor]
 * @param {string} [kind]
 */
export function words(text, x, y, anchor = "start", kind = "") {
  return svg("text", { x, y, "text-anchor": anchor, class: kind }, text);
}

/**
 * @param {Filling} filling
 * @param {string} paint
 * @param {{x: number, y: number, width: number, height: number}} box
 */
export function block(filling, paint, box) {
  return svg("rect", { ...box, class: `shape ${filling}`, fill: paint });
}
