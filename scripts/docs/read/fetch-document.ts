import { setTimeout as sleep } from "node:timers/promises";
import { Unreadable } from "../unreadable-error.js";
import { MAX_BYTES } from "./page.js";
import type { Cache, Kept } from "./response-cache.js";

const ATTEMPTS = 4;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 60_000;
const TIMEOUT = 30_000;
const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const TEXT = /^(text\/(markdown|x-markdown|plain)|application\/octet-stream)\b/i;

/** An answer that may be other the next time. */
class Passing extends Error {
  readonly wait: number | undefined;

  constructor(message: string, wait?: number) {
    super(message);
    this.wait = wait;
  }
}

/** A server that is not there, or too busy. Others of its pages will not come either. */
export class Unanswered extends Unreadable {}

/** Fetches a text, asking the server only whether what is kept has changed, and again after passing failures. */
export async function fetchText(url: URL, cache: Cache): Promise<Uint8Array> {
  const kept = cache.get(url.href);
  let answer: Kept | undefined;
  for (let attempt = 1; !answer; attempt++) {
    try {
      answer = await fetchOnce(url, kept);
    } catch (error) {
      if (error instanceof Unreadable) throw error;
      const asked = error instanceof Passing ? error.wait : undefined;
      if (asked !== undefined && asked > LONGEST_WAIT)
        throw new Unanswered(`${messageOf(error)}, and it asks to wait ${Math.round(asked / 1000)} s`);
      if (attempt === ATTEMPTS)
        throw new Unanswered(`given up after ${ATTEMPTS} attempts: ${messageOf(error)}`, { cause: error });
      await sleep(asked ?? Math.random() * FIRST_WAIT * 2 ** attempt);
    }
  }
  if (answer !== kept) cache.set(answer);
  return Buffer.from(answer.body, "base64");
}

/** `fetch` itself says no more than "fetch failed"; where several addresses were tried, its cause has but a code. */
function messageOf(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  if (!(cause instanceof Error)) return message;
  return cause.message || ("code" in cause ? String(cause.code) : message);
}

async function fetchOnce(url: URL, kept: Kept | undefined): Promise<Kept> {
  const response = await follow(url, {
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT),
    headers: {
      accept: "text/markdown, text/plain",
      "user-agent": "amili-client docs check",
      ...(kept?.etag && { "if-none-match": kept.etag }),
      ...(kept?.lastModified && { "if-modified-since": kept.lastModified }),
    },
  });
  const { status, headers } = response;
  try {
    if (status === 304 && kept) return kept;
    if (status === 429 || status >= 500) throw new Passing(`HTTP ${status}`, retryAfter(headers.get("retry-after")));
    if (status !== 200) throw new Unreadable(`HTTP ${status}`);
    const type = headers.get("content-type");
    if (type && !TEXT.test(type)) throw new Unreadable(`not Markdown but ${type}`);
    const body = Buffer.from(await readAll(response)).toString("base64");
    return { url: url.href, etag: headers.get("etag"), lastModified: headers.get("last-modified"), body };
  } finally {
    // What is left unread would keep the process alive.
    await response.body?.cancel();
  }
}

/** Redirects are followed on the same host only. */
async function follow(from: URL, init: RequestInit): Promise<Response> {
  let url = from;
  for (let redirects = 0; ; redirects++) {
    const response = await fetch(url, init);
    const location = response.headers.get("location");
    if (!REDIRECTS.has(response.status) || !location) return response;
    await response.body?.cancel();
    if (!URL.canParse(location, url)) throw new Unreadable(`redirected to no address: ${location}`);
    const next = new URL(location, url);
    if (next.origin !== url.origin) throw new Unreadable(`redirected to another host: ${next.host}`);
    if (redirects === MAX_REDIRECTS) throw new Unreadable(`redirected too often, last to ${next.pathname}`);
    url = next;
  }
}

async function readAll({ body }: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    // Leaving the loop ends the download.
    if (size > MAX_BYTES) throw new Unreadable(`larger than ${MAX_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** `Retry-After` in milliseconds: seconds, or a date. */
function retryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  const wait = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
