import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A response with its validators. */
export interface CachedResponse {
  url: string;
  etag?: string | undefined;
  lastModified?: string | undefined;
  /** Base64. */
  body: string;
}

/**
 * Responses in a folder, kept between runs. A file is named after a hash of its URL, so that no URL leads out of the folder.
 *
 * undici's cache interceptor does not fit: its stores live in memory or need a newer Node, it serves fresh responses
 * without a request, and it deletes an entry whose 304 carries Cache-Control. Here every request is conditional.
 */
export class ResponseCache {
  readonly #folder: string;

  /** Fails when the folder cannot be made, before any request is sent. */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
  }

  /** The cached response, or `undefined` when its file is missing or broken. */
  get(url: string): CachedResponse | undefined {
    try {
      const cached = JSON.parse(readFileSync(this.#file(url), "utf8")) as Partial<CachedResponse>;
      return cached.url === url && typeof cached.body === "string" ? { ...cached, url, body: cached.body } : undefined;
    } catch {
      return undefined;
    }
  }

  set(response: CachedResponse): void {
    writeFileSync(this.#file(response.url), JSON.stringify(response));
  }

  #file(url: string): string {
    return join(this.#folder, `${createHash("sha256").update(url).digest("hex")}.json`);
  }
}
