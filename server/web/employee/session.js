/** The employee's session in this tab. Another tab may have changed the browser's cookie to another session: it is changed back. */

import { ApiError, call, send } from "../api.js";
import { turnEvents } from "../events.js";
import { language } from "../languages.js";

const STORED = "petraf-session";
const BEGUN = "petraf-begun";

/** The id of the session that this tab showed last. It proves nothing: the cookie does. */
export const remembered = () => sessionStorage.getItem(STORED);

export class Session {
  /** @param {any} state as `GET /api/session/{id}` tells it */
  constructor(state) {
    this.state = state;
    /** @type {any[]} every version of every goal, oldest first */
    this.goals = [];
    /** @type {any} */
    this.summary = null;
    sessionStorage.setItem(STORED, state.id);
  }

  get id() {
    return this.state.id;
  }

  /**
   * A new session.
   * @param {boolean} told_admins_may_read what the employee has just read about who may read the conversation
   */
  static async create(told_admins_may_read) {
    const device = matchMedia("(max-width: 40rem)").matches ? "phone" : "desktop";
    const { session_id } = await call("POST", "/api/session/create", { metadata: { source: "web", device }, told_admins_may_read, confirm_goals: true, language: language() });
    return new Session(await call("GET", `/api/session/${session_id}`));
  }

  /**
   * A session of this browser: the one named, else the one of its cookie.
   * @param {string | null} id
   */
  static async open(id) {
    const { id: found } = await call("POST", "/api/session/resume", id ? { session_id: id } : {});
    return new Session(await call("GET", `/api/session/${found}`));
  }

  /**
   * The session this tab showed before it was loaded again.
   * @param {string} id
   */
  static async reload(id) {
    const session = new Session({ id });
    await session.refresh();
    return session;
  }

  /** Read where it stands. */
  async refresh() {
    this.state = await this.call("GET", "");
    return this.state;
  }

  /**
   * Hold it in another language from now on.
   * @param {string} tag
   */
  async speak(tag) {
    await this.call("PATCH", "", { language: tag });
    await this.refresh();
  }

  /** Read the goals with all their versions. */
  async readGoals() {
    const answer = await (await this.#proven("GET", `/api/goals/session/${this.id}`)).json();
    this.goals = answer.goals;
    this.summary = answer.summary;
  }

  /**
   * The goal of a phase that counts now.
   * @param {string} phase
   */
  goal(phase) {
    return this.goals.find((goal) => goal.phase === phase && goal.is_final) ?? null;
  }

  /**
   * A request about this session.
   * @param {string} method
   * @param {string} path below the session's address
   * @param {unknown} [body]
   */
  async call(method, path, body) {
    return (await this.#proven(method, `/api/session/${this.id}${path}`, { body })).json();
  }

  /**
   * The goals as a file.
   * @param {string} ending pdf, md or ics
   */
  file(ending) {
    return this.#proven("GET", `/api/goals/session/${this.id}/export.${ending}`);
  }

  /**
   * The events of a turn of this session.
   * @param {string} turnId
   * @param {import("../events.js").TurnBody | null} body
   * @param {{signal: AbortSignal, onConnection: (connected: boolean) => void}} options
   */
  turn(turnId, body, options) {
    return turnEvents(this.id, turnId, body, { ...options, send: this.#proven.bind(this) });
  }

  /** Forget it in this tab, with what was written and not sent. */
  forget() {
    for (const key of [STORED, BEGUN, this.#writing]) sessionStorage.removeItem(key);
  }

  /** Whether the employee went on from the form, in this tab. */
  get begun() {
    return sessionStorage.getItem(BEGUN) === this.id;
  }

  begin() {
    sessionStorage.setItem(BEGUN, this.id);
  }

  /** What is being written and was not sent yet; it stays in this tab. */
  get writing() {
    return sessionStorage.getItem(this.#writing) ?? "";
  }

  set writing(text) {
    sessionStorage.setItem(this.#writing, text);
  }

  get #writing() {
    return `petraf-writing-${this.id}`;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {{body?: unknown, headers?: Record<string, string>, signal?: AbortSignal}} [options]
   */
  async #proven(method, path, options = {}) {
    try {
      return await send(method, path, options);
    } catch (error) {
      if (!(error instanceof ApiError) || !["SESSION_NOT_FOUND", "UNAUTHORIZED"].includes(error.code)) throw error;
      await call("POST", "/api/session/resume", { session_id: this.id });
      return send(method, path, options);
    }
  }
}
