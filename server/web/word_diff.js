/** What became of a text, word by word. */

/** @typedef {{kind: "same" | "del" | "ins", text: string}} Piece */

/**
 * The longest common sequence of two texts' words, as pieces that stayed, went or came.
 * @param {string} before
 * @param {string} after
 * @returns {Piece[]}
 */
export function wordDiff(before, after) {
  const [old, now] = [before.split(/(\s+)/), after.split(/(\s+)/)];
  const width = now.length + 1;
  const longest = new Uint16Array((old.length + 1) * width);
  const at = (/** @type {number} */ i, /** @type {number} */ j) => longest[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) longest[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  /** @type {Piece[]} */
  const found = [];
  const add = (/** @type {Piece["kind"]} */ kind, /** @type {string} */ text) => {
    const last = found.at(-1);
    if (last?.kind === kind) last.text += text;
    else found.push({ kind, text });
  };
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      add("same", old[i++] ?? "");
      j++;
    } else if (j >= now.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) add("del", old[i++] ?? "");
    else add("ins", now[j++] ?? "");
  }
  return inRuns(found);
}

/**
 * Changes with nothing but a blank between them as one: first all that went, then all that came.
 * @param {Piece[]} found
 */
function inRuns(found) {
  /** @type {Piece[]} */
  const runs = [];
  let [went, came] = ["", ""];
  const close = () => {
    if (went) runs.push({ kind: "del", text: went });
    if (came) runs.push({ kind: "ins", text: came });
    [went, came] = ["", ""];
  };
  found.forEach(({ kind, text }, n) => {
    const between = kind === "same" && !text.trim() && n > 0 && n < found.length - 1;
    if (kind === "same" && !between) {
      close();
      runs.push({ kind, text });
    }
    if (kind === "del" || between) went += text;
    if (kind === "ins" || between) came += text;
  });
  close();
  return runs;
}
