import { formatCursor, type Position } from "./cursor.js";
import type { PageBody, PaginationStrategy } from "./strategy.js";

/** A page and the position after it; `failure` if that position cannot be read. */
interface LoadedPage<Body> {
  body: Body;
  next: Position | undefined;
  failure: unknown;
}

/** A page in flight. Its position is unknown while it depends on the page before it. */
interface PrefetchedPage<Body> {
  position: Position | undefined;
  page: Promise<LoadedPage<Body> | undefined>;
}

/** Reads pages in order while it prefetches the following ones. */
export class PageReader<Body> {
  readonly #strategy: PaginationStrategy;
  readonly #load: (position: Position, signal: AbortSignal) => Promise<Body>;
  #prefetched: PrefetchedPage<Body>[] = [];
  #controller = new AbortController();

  constructor(strategy: PaginationStrategy, load: (position: Position, signal: AbortSignal) => Promise<Body>) {
    this.#strategy = strategy;
    this.#load = load;
  }

  /** The page at a position: the prefetched one or a new one. */
  async read(position: Position): Promise<LoadedPage<Body>> {
    const prefetched = this.#prefetched.shift();
    if (prefetched?.position && formatCursor(prefetched.position) !== formatCursor(position)) {
      // The server continues elsewhere than its page count predicted.
      this.cancel();
      this.#controller = new AbortController();
      return this.#fetch(position);
    }
    return (await prefetched?.page) ?? this.#fetch(position);
  }

  /** Fetches up to `count` pages from `next` on: at once if their positions are known, otherwise one after the other. */
  prefetch(body: Body, next: Position, count: number): void {
    while (this.#prefetched.length < count) {
      const last = this.#prefetched.at(-1);
      const position = last
        ? last.position && this.#strategy.predict(body as PageBody | undefined, last.position)
        : next;
      const { signal } = this.#controller;
      const page = position
        ? this.#fetch(position)
        : (last as PrefetchedPage<Body>).page.then((loaded) => loaded?.next && this.#fetch(loaded.next, signal));
      // An error surfaces when the reader reaches the page.
      page.catch(() => {});
      this.#prefetched.push({ position, page });
    }
  }

  cancel(): void {
    this.#controller.abort();
    this.#prefetched = [];
  }

  async #fetch(position: Position, signal = this.#controller.signal): Promise<LoadedPage<Body>> {
    signal.throwIfAborted();
    const body = await this.#load(position, signal);
    try {
      return { body, next: this.#strategy.next(body as PageBody | undefined), failure: undefined };
    } catch (failure) {
      return { body, next: undefined, failure };
    }
  }
}
