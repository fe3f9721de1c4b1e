import { setTimeout as sleep } from "node:timers/promises";
import type { Cache } from "./cache.js";
import { MAX_BYTES } from "./page.js";
import { Unreadable } from "./unreadable.js";

const ATTEMPTS = 4;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 60_000;
const TIMEOUT = 30_000;
const MAX_REDIRECTS = 3;
const TEXT = /^(text\/(markdown|x-markdown|plain)|application\/octet-stream)\b/;

/** An answer that may be other the next time. */
class Passing extends Error {
  readonly wait: number | undefined;

  constructor(message: string, wait?: number) {
    super(message);
    this.wait = wait;
  }
}

/** Fetches a text, asking the server only whether what is kept has changed, and again after passing failures. */
export async function fetchText(url: URL, cache: Cache): Promise<Uint8Array> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetchOnce(url, cache);
    } catch (error) {
      if (error instanceof Unreadable) throw error;
      const wait = (error instanceof Passing ? error.wait : undefined) ?? Math.random() * FIRST_WAIT * 2 ** attempt;
      if (attempt === ATTEMPTS || wait > LONGEST_WAIT) throw new Unreadable(`${messageOf(error)}, ${attempt} times`);
      await sleep(wait);
    }
  }
}

const messageOf = (error: unknown) => {
  const { message, cause } = error as Error;
  return cause instanceof Error && cause.message ? cause.message : message;
};

async function fetchOnce(url: URL, cache: Cache): Promise<Uint8Array> {
  const kept = cache.get(url.href);
  const signal = AbortSignal.timeout(TIMEOUT);
  const response = await follow(url, {
    redirect: "manual",
    signal,
    headers: {
      accept: "text/markdown, text/plain",
      "user-agent": "amili-client docs check",
      ...(kept?.etag && { "if-none-match": kept.etag }),
      ...(kept?.lastModified && { "if-modified-since": kept.lastModified }),
    },
  });
  if (response.status === 304 && kept) return Buffer.from(kept.body, "base64");
  if (response.status === 429 || response.status >= 500)
    throw new Passing(`HTTP ${response.status}`, retryAfter(response.headers.get("retry-after")));
  if (response.status !== 200) throw new Unreadable(`HTTP ${response.status}`);
  const type = response.headers.get("content-type");
  if (type && !TEXT.test(type)) throw new Unreadable(`not Markdown but ${type}`);

  const bytes = await readAll(response);
  const [etag, lastModified] = [response.headers.get("etag"), response.headers.get("last-modified")];
  cache.set({ url: url.href, etag, lastModified, body: Buffer.from(bytes).toString("base64") });
  return bytes;
}

/** Redirects are followed on the same host only. */
async function follow(from: URL, init: RequestInit): Promise<Response> {
  let url = from;
  for (let redirects = 0; ; redirects++) {
    const response = await fetch(url, init);
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || !location) return response;
    await response.body?.cancel();
    if (!URL.canParse(location, url)) throw new Unreadable("redirected to no address");
    const next = new URL(location, url);
    if (next.origin !== url.origin) throw new Unreadable(`redirected to another host: ${next.host}`);
    if (redirects === MAX_REDIRECTS) throw new Unreadable("redirected too often");
    url = next;
  }
}

async function readAll(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
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
