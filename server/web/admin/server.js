/** Who is signed in, for which company, and the requests that carry on after an expired sign-in. */

import { ApiError, call, send } from "../api.js";

/** @typedef {{id: string, name: string, slug: string, domain: string}} Tenant */
/** @typedef {{email: string, tenant: Tenant | null, expires_at: string | null}} Me */

/** The admin at work. `company` is what the screens are about; a system key chooses it. */
export const who = {
  /** @type {Me | null} */
  me: null,
  /** @type {Tenant | null} */
  company: null,
  /**
   * Asks for the key again while the screen stays; true once somebody is signed in.
   * @type {(message: string) => Promise<boolean>}
   */
  signInAgain: async () => false,
};

/** The id of the company that the screens are about. */
export function companyId() {
  return who.company?.id ?? "";
}

/** @param {ApiError} error */
function sayWhy(error) {
  const why = error.code === "ADMIN_SESSION_EXPIRED" ? error.message : "Your sign-in is over: you signed out elsewhere, or your key was revoked. Sign in again.";
  return `${why} What you typed here stays.`;
}

/** @type {Promise<boolean> | null} */
let asking = null;

/**
 * Do a request; when the sign-in is over, ask for the key and do it once more, so that nothing typed is lost.
 * @template T
 * @param {() => Promise<T>} request
 * @returns {Promise<T>}
 */
async function signedIn(request) {
  try {
    return await request();
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    asking ??= who.signInAgain(sayWhy(error)).finally(() => (asking = null));
    if (!(await asking)) throw error;
    return request();
  }
}

/**
 * Read a JSON answer.
 * @param {string} path
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export function read(path, signal) {
  return signedIn(() => call("GET", path, undefined, signal ? { signal } : {}));
}

/**
 * Change something and read the JSON answer.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {{headers?: Record<string, string>, signal?: AbortSignal}} [options]
 * @returns {Promise<any>}
 */
export function change(method, path, body, options = {}) {
  return signedIn(() => call(method, path, body, options));
}

/**
 * Open a stream.
 * @param {string} path
 * @param {AbortSignal} signal
 */
export function open(path, signal) {
  return signedIn(() => send("GET", path, { signal }));
}

/**
 * A path with its query; what is empty is left out.
 * @param {string} path
 * @param {Record<string, string | number | null | undefined>} query
 */
export function withQuery(path, query) {
  const given = Object.entries(query).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

/**
 * What to tell of an error.
 * @param {unknown} error
 */
export function told(error) {
  if (error instanceof ApiError) return error.message;
  console.error(error);
  return "Something went wrong in this page. Reload it; if it stays, tell your administrator.";
}
