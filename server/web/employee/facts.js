/**
 * What was said, fact by fact, put in the order of a list: what took the place of something stands beside it, details stand inside
 * what they are details of.
 */

/** @typedef {import("../types.d.ts").Fact} Fact */

/**
 * A line of the list.
 * @typedef {object} Line
 * @property {Fact[]} facts what was said of one thing, oldest first: each took the place of the one before, the last may hold
 * @property {Fact | null} gaveWay the fact that took the last one's place and stands in another line
 * @property {Line[]} details
 */

/** @typedef {{text: string, changed: boolean}} Piece */

/**
 * @param {Fact[]} facts of a session
 * @param {string} phase
 * @returns {Line[]}
 */
export function linesOf(facts, phase) {
  const mine = facts.filter((fact) => fact.phase === phase);
  const lines = chains(mine);
  /** @type {Line[]} */
  const top = [];
  for (const line of lines) {
    const [first] = line.facts;
    const outer = around(first, lines);
    if (!outer) top.push(line);
    else if (!sameFate(outer.fact, first)) outer.line.details.push(line);
  }
  return top;
}

/**
 * How many facts of a phase hold.
 * @param {Fact[]} facts
 * @param {string} phase
 */
export const holding = (facts, phase) => facts.filter((fact) => fact.phase === phase && fact.state === "holds").length;

/**
 * A fact's words as they are now, with what took the place of a detail told apart.
 * @param {Fact} fact
 * @param {Line[]} details
 * @returns {Piece[]}
 */
export function pieces(fact, details) {
  const characters = [...fact.text];
  const slice = (/** @type {number} */ from, /** @type {number} */ to) => characters.slice(from - fact.start, to - fact.start).join("");
  /** @type {Piece[]} */
  const found = [];
  let at = fact.start;
  for (const { facts } of [...details].sort((a, b) => a.facts[0].start - b.facts[0].start)) {
    const [first] = facts;
    const last = facts[facts.length - 1];
    if (first.state === "holds" || first.start < at || slice(first.start, first.end) !== first.text) continue;
    found.push({ text: slice(at, first.start), changed: false });
    if (last.state === "holds") found.push({ text: last.text, changed: true });
    at = first.end;
  }
  return [...found, { text: slice(at, fact.start + characters.length), changed: false }];
}

/**
 * What a fact says now.
 * @param {Fact} fact
 * @param {Line[]} details
 */
export const wording = (fact, details) => pieces(fact, details).map((piece) => piece.text).join("").replace(/ {2,}/g, " ").trim();

/**
 * Facts in lines, each behind what it took the place of.
 * @param {Fact[]} facts
 * @returns {Line[]}
 */
function chains(facts) {
  const by = new Map(facts.map((fact) => [fact.id, fact]));
  const after = new Set(facts.map((fact) => fact.replaced_by).filter((id) => id !== null && by.has(id)));
  const taken = new Set();
  return facts.filter((fact) => !after.has(fact.id)).map((first) => {
    const line = /** @type {Line} */ ({ facts: [first], gaveWay: null, details: [] });
    for (let next = successor(first, by); next; next = successor(next, by)) {
      if (taken.has(next.id)) return { ...line, gaveWay: next };
      taken.add(next.id);
      line.facts.push(next);
    }
    return line;
  });
}

/**
 * @param {Fact} fact
 * @param {Map<string, Fact>} by
 */
const successor = (fact, by) => (fact.state === "replaced" && fact.replaced_by !== null ? by.get(fact.replaced_by) : undefined);

/**
 * The smallest fact whose place holds another's, with its line.
 * @param {Fact} inner
 * @param {Line[]} lines
 */
function around(inner, lines) {
  const outer = lines.flatMap((line) => line.facts.filter((fact) => contains(fact, inner)).map((fact) => ({ fact, line })));
  return outer.sort((a, b) => length(a.fact) - length(b.fact))[0];
}

/** @param {Fact} fact */
const length = (fact) => fact.end - fact.start;

/**
 * @param {Fact} outer
 * @param {Fact} inner
 */
function contains(outer, inner) {
  const holds = outer.message_id === inner.message_id && outer.start <= inner.start && inner.end <= outer.end;
  return holds && length(outer) > length(inner);
}

/**
 * Whether two facts went together: then the words of the outer tell of both.
 * @param {Fact} outer
 * @param {Fact} inner
 */
const sameFate = (outer, inner) => outer.state !== "holds" && outer.state === inner.state && outer.replaced_by === inner.replaced_by;
