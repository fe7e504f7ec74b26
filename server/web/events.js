/**
 * Server-sent events over fetch (EventSource can neither POST nor tell why a stream ended), and a turn's stream that finds its way
 * back after a lost connection: until something came the same turn is sent again, which never runs it twice; then it is followed
 * from where it was.
 */

import { ApiError } from "./api.js";

/** @typedef {{id: string, event: string, data: any}} ServerEvent */
/** @typedef {typeof import("./api.js").send} Send */
/** @typedef {{phase: string, message: string, step?: string, strike?: string[], confirm?: boolean, keep?: boolean}} TurnBody */

const LAST = ["end", "error"];
const WAITS = [300, 700, 1500, 2500];
/** How long nothing at all, not even the server's comment every 15 s, may come. */
const SILENCE = 40_000;

/** A turn's id, made here so that a request sent again never runs the turn twice. */
export function newTurnId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The events of a response, as they come.
 * @param {Response} response
 * @returns {AsyncGenerator<ServerEvent>}
 */
export async function* readEvents(response) {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader.read());
      if (done) return;
      rest = (rest + value).replaceAll("\r\n", "\n");
      const blocks = rest.split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = parse(block);
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/**
 * Every event of a turn until its last, over as many connections as it takes.
 * @param {string} sessionId
 * @param {string} turnId
 * @param {TurnBody | null} body what to send; null follows a turn that runs already
 * @param {{send: Send, signal: AbortSignal, onConnection: (connected: boolean) => void}} options
 * @returns {AsyncGenerator<ServerEvent>}
 */
export async function* turnEvents(sessionId, turnId, body, { send, signal, onConnection }) {
  let last = "";
  for (let failures = 0; ; ) {
    // A browser that is offline keeps dead connections open: what it says of itself ends them at once.
    const connection = new AbortController();
    const hangUp = () => connection.abort();
    addEventListener("offline", hangUp);
    try {
      const response = await connect(send, sessionId, turnId, last ? null : body, last, AbortSignal.any([signal, connection.signal]));
      if (failures) onConnection(true);
      failures = 0;
      for await (const event of readEvents(response)) {
        last = event.id || last;
        yield event;
        if (LAST.includes(event.event)) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiError && !passes(error)) throw error;
    } finally {
      removeEventListener("offline", hangUp);
    }
    if (signal.aborted) return;
    failures += 1;
    onConnection(false);
    await pause(WAITS[Math.min(failures, WAITS.length) - 1], signal);
  }
}

/**
 * @param {Send} send
 * @param {string} sessionId
 * @param {string} turnId
 * @param {TurnBody | null} body
 * @param {string} last
 * @param {AbortSignal} signal
 */
function connect(send, sessionId, turnId, body, last, signal) {
  if (body) {
    const { phase, ...turn } = body;
    return send("POST", `/api/chat/${phase}/stream`, { body: { session_id: sessionId, turn_id: turnId, ...turn }, signal });
  }
  /** @type {Record<string, string>} */
  const headers = last ? { "Last-Event-ID": last } : {};
  return send("GET", `/api/session/${sessionId}/turns/${turnId}/stream`, { headers, signal });
}

/**
 * Whether waiting can mend it: the server or what is before it was away.
 * @param {ApiError} error
 */
function passes(error) {
  return error.unreached || error.status === 429 || error.status >= 500;
}

/**
 * Wait, but no longer than until the browser is online again.
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    addEventListener("online", done);
    signal.addEventListener("abort", done, { once: true });
  });
}

/**
 * @template T
 * @param {Promise<T>} reading
 * @returns {Promise<T>}
 */
function withinSilence(reading) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the stream fell silent")), SILENCE);
    reading.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * @param {string} block
 * @returns {ServerEvent | null}
 */
function parse(block) {
  const event = { id: "", event: "message", data: "" };
  let data = "";
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    if (colon < 1) continue;
    const value = line.slice(colon + 1).replace(/^ /, "");
    const name = line.slice(0, colon);
    if (name === "data") data += (data ? "\n" : "") + value;
    else if (name === "id" || name === "event") event[name] = value;
  }
  return data ? { ...event, data: JSON.parse(data) } : null;
}
