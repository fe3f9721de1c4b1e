import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** An answer as it was kept, with what a server needs to tell whether it is still fresh. */
export interface Kept {
  url: string;
  etag: string | null;
  lastModified: string | null;
  body: string;
}

/** Answers in a folder. A file's name is a hash of its address, so that no address leads out of the folder. */
export class Cache {
  readonly #folder: string;

  /** Fails where nothing can be kept, before anything is asked for. */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
  }

  /** What was kept for an address; nothing if the file is missing or broken. */
  get(url: string): Kept | undefined {
    try {
      const kept = JSON.parse(readFileSync(this.#file(url), "utf8")) as Kept;
      return kept.url === url && typeof kept.body === "string" ? kept : undefined;
    } catch {
      return undefined;
    }
  }

  set(kept: Kept): void {
    writeFileSync(this.#file(kept.url), JSON.stringify(kept));
  }

  #file(url: string): string {
    return join(this.#folder, `${createHash("sha256").update(url).digest("hex")}.json`);
  }
}
