/** The server's JSON routes. Every failure becomes an `ApiError` whose message can be shown as it is. */

import { language, t } from "./languages.js";

export class ApiError extends Error {
  /**
   * @param {number} status 0 when no answer came
   * @param {string} code
   * @param {string} message
   * @param {boolean} recoverable
   * @param {any} [detail]
   */
  constructor(status, code, message, recoverable, detail = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.recoverable = recoverable;
    this.detail = detail;
  }

  /** Whether the server was not reached, so that nothing can be said about what it did. */
  get unreached() {
    return this.status === 0;
  }
}

/** The company that the address names; the server takes it on this machine's own address only. */
const tenant = new URLSearchParams(location.search).get("tenant");

/**
 * A path with the company that the page's own address names.
 * @param {string} path
 */
export function addressed(path) {
  if (!tenant) return path;
  return `${path}${path.includes("?") ? "&" : "?"}tenant=${encodeURIComponent(tenant)}`;
}

/**
 * Send a request and give its response. Raises ApiError for every answer that isn't a success.
 * @param {string} method
 * @param {string} path
 * @param {{body?: unknown, headers?: Record<string, string>, signal?: AbortSignal}} [options]
 * @returns {Promise<Response>}
 */
export async function send(method, path, { body, headers = {}, signal } = {}) {
  const form = body instanceof FormData;
  /** @type {RequestInit} */
  const request = { method, headers: { "Accept-Language": language(), ...headers }, credentials: "same-origin", cache: "no-store" };
  if (signal) request.signal = signal;
  if (form) request.body = body;
  else if (body !== undefined) {
    request.body = JSON.stringify(body);
    request.headers = { ...request.headers, "Content-Type": "application/json" };
  }
  const response = await fetch(addressed(path), request).catch((error) => {
    if (signal?.aborted) throw error;
    throw new ApiError(0, "UNREACHED", t("The server can't be reached. Check your connection."), true);
  });
  if (!response.ok) throw await failure(response);
  return response;
}

/**
 * Send a request and read its JSON answer.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {{headers?: Record<string, string>, signal?: AbortSignal}} [options]
 * @returns {Promise<any>}
 */
export async function call(method, path, body, options = {}) {
  const response = await send(method, path, { ...options, body });
  return response.json().catch(() => {
    throw new ApiError(0, "UNREACHED", t("The server's answer broke off. Check your connection and try again."), true);
  });
}

/** @param {Response} response */
async function failure(response) {
  const { detail } = await response.json().catch(() => ({ detail: null }));
  if (!detail?.message) {
    return new ApiError(response.status, "BROKEN", t("The server answered with status {status}. Try again in a moment.", { status: response.status }), true);
  }
  return new ApiError(response.status, detail.error, detail.message, detail.recoverable, detail);
}

/**
 * Whether the server was reached is told elsewhere; anything else goes on.
 * @param {unknown} error
 */
export function ignoreUnreached(error) {
  if (!(error instanceof ApiError)) throw error;
}
