/** Uploads: each file is sent, then its job is followed to the end, over as many connections as it takes. */

import { ApiError } from "../api.js";
import { fill, h } from "../dom.js";
import { readEvents } from "../events.js";
import { counted, durationText } from "../wording.js";
import { change, companyId, open, read, told, withQuery } from "./server.js";

/** @typedef {import("../types.d.ts").Job} Job */
/** @typedef {{event: string, data: any}} JobNews */

const AT_ONCE = 2;
const AGAIN_AFTER = 1500;

/** Files that the server doesn't have as a job yet: they go nowhere when their screen is left.
 * @type {Set<Entry>} */
const unsent = new Set();

/** How many files would be lost by leaving. */
export const unsentFiles = () => unsent.size;

/** The uploads of a screen, as a list with one entry a file. */
export class Uploads {
  /**
   * @param {AbortSignal} signal ends the sending and the following, not the jobs
   * @param {() => void} onDone a document has come
   */
  constructor(signal, onDone) {
    this.signal = signal;
    this.onDone = onDone;
    this.list = h("ul", { class: "uploads", "aria-label": "Uploads" });
    this.spoken = h("p", { class: "unseen", role: "status" });
    this.element = h("div", {}, this.list, this.spoken);
    this.sending = 0;
    /** @type {(() => void)[]} */
    this.queue = [];
  }

  /**
   * Send a file. With `replaces`, it takes that document's place.
   * @param {File} file
   * @param {string} category
   * @param {Record<string, string>} metadata
   * @param {string} [replaces]
   */
  add(file, category, metadata, replaces) {
    const form = new FormData();
    form.set("file", file);
    if (category) form.set("category", category);
    form.set("metadata", JSON.stringify(metadata));
    const way = replaces ? { method: "PUT", path: `/api/admin/documents/${companyId()}/${encodeURIComponent(replaces)}?background=true` }
      : { method: "POST", path: `/api/admin/rag/upload/${companyId()}?background=true` };
    const entry = new Entry(file.name, this);
    unsent.add(entry);
    this.queue.push(() => void entry.send(way.method, way.path, form).finally(() => this.next(-1)));
    this.next(0);
  }

  /** Show the jobs that were in hand before this page was loaded. */
  async resume() {
    try {
      const { jobs } = await read(withQuery("/api/admin/jobs", { tenant_id: companyId() }), this.signal);
      for (const job of jobs) if (["queued", "running"].includes(job.status)) void new Entry(job.filename, this).follow(job.job_id);
    } catch (error) {
      if (!this.signal.aborted) fill(this.spoken, told(error));
    }
  }

  /** @param {number} ended */
  next(ended) {
    this.sending += ended;
    while (this.sending < AT_ONCE && this.queue.length && !this.signal.aborted) {
      this.sending += 1;
      this.queue.shift()?.();
    }
  }
}

/** One file on its way. */
class Entry {
  /**
   * @param {string} name
   * @param {Uploads} uploads
   */
  constructor(name, uploads) {
    this.name = name;
    this.uploads = uploads;
    this.jobId = "";
    this.begun = false;
    this.stop = new AbortController();
    this.stop.signal.addEventListener("abort", () => unsent.delete(this));
    uploads.signal.addEventListener("abort", () => this.stop.abort());
    this.bar = h("progress", { "aria-label": name, max: 100 });
    this.state = h("p", { class: "small soft" }, "Waiting …");
    this.button = h("button", { type: "button", class: "compact", "aria-label": `Cancel ${name}`, onclick: () => void this.cancel() }, "Cancel");
    this.element = h("li", { class: "row" }, h("div", { class: "grow stack tight" }, h("p", { dir: "auto" }, name), this.bar, this.state), this.button);
    uploads.list.append(this.element);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {FormData} form
   */
  async send(method, path, form) {
    if (this.stop.signal.aborted) return;
    this.begun = true;
    fill(this.state, "Sending …");
    try {
      const { job_id } = await change(method, path, form, { signal: this.stop.signal });
      void this.follow(job_id);
    } catch (error) {
      if (!this.stop.signal.aborted) this.over("bad", told(error));
    } finally {
      unsent.delete(this);
    }
  }

  /** @param {string} jobId */
  async follow(jobId) {
    this.jobId = jobId;
    const { signal } = this.uploads;
    while (!signal.aborted) {
      try {
        for await (const news of readEvents(await open(`/api/admin/jobs/${jobId}/stream`, signal))) {
          if (this.hear(news)) return;
        }
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429) return this.over("bad", told(error));
      }
      if (!signal.aborted) fill(this.state, "Connection lost; the server goes on. Reconnecting …");
      await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
    }
  }

  /**
   * Show what came; true when it was the last.
   * @param {JobNews} news
   */
  hear({ event, data }) {
    if (event === "progress") {
      this.draw(data);
      return false;
    }
    if (event === "done") {
      this.over("good", `Done: ${counted(data.chunks_created ?? 0, "passage")}.`);
      this.uploads.onDone();
    } else if (event === "cancelled") this.over("", "Cancelled; nothing was changed.");
    else this.over("bad", data.error?.message ?? "Reading this file failed.");
    return true;
  }

  /** @param {Job} job */
  draw(job) {
    const share = job.passages ? 20 + (80 * job.passages_done) / job.passages : job.pages ? (20 * job.pages_read) / job.pages : null;
    if (share === null) this.bar.removeAttribute("value");
    else this.bar.value = share;
    fill(this.state, progress(job));
  }

  async cancel() {
    if (!this.jobId) {
      this.stop.abort();
      return this.over("", this.begun ? "Cancelled while it was being sent. If all of it had arrived already, it shows under Documents." : "Cancelled; nothing was changed.");
    }
    try {
      await change("DELETE", `/api/admin/jobs/${this.jobId}`);
    } catch (error) {
      fill(this.state, told(error));
    }
  }

  /**
   * @param {"good" | "bad" | ""} how
   * @param {string} text
   */
  over(how, text) {
    const focused = document.activeElement === this.button;
    this.bar.remove();
    fill(this.state, h("span", { class: `badge ${how}` }, how === "good" ? "Read" : how === "bad" ? "Not read" : "Stopped"), ` ${text}`);
    fill(this.uploads.spoken, `${this.name}: ${text}`);
    const away = h("button", { type: "button", class: "plain compact", "aria-label": `Hide ${this.name}`, onclick: () => this.element.remove() }, "Hide");
    this.button.replaceWith(away);
    if (focused) away.focus();
  }
}

/** @param {Job} job */
function progress(job) {
  if (job.status === "queued") return "Waiting for its turn …";
  const pages = job.pages ? `page ${job.pages_read} of ${job.pages}` : job.pages_read ? `page ${job.pages_read}` : "";
  if (!job.passages) return pages ? `Reading, ${pages}` : "Reading …";
  const parts = [`${job.passages_done} of ${counted(job.passages, "passage")}`];
  if (job.embeddings_per_second) parts.push(`${Math.round(job.embeddings_per_second)} a second`);
  if (job.remaining_seconds) parts.push(job.remaining_seconds < 90 ? `${Math.ceil(job.remaining_seconds)} s left` : `${durationText(job.remaining_seconds / 60)} left`);
  return parts.join(", ");
}
