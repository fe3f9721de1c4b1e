import type { CallOptions } from "./call.js";
import { PaginationError } from "./errors.js";
import { CALL_OPTIONS, checkCallOptions, checkCount, typeName } from "./http/checks.js";
import type { ListOperation, Pagination } from "./operation.js";

/** Options of a list. */
export interface ListOptions extends CallOptions {
  /** Maximum number of items, over all pages. */
  maxItems?: number;
  /** How many pages are fetched ahead of the reader. Default 1; 0 fetches each page when it is needed. */
  prefetch?: number;
  /** The `cursor` of an earlier page, from this process or another: the list continues after it. */
  cursor?: string;
}

const LIST_OPTIONS = {
  ...CALL_OPTIONS,
  maxItems: true,
  prefetch: true,
  cursor: true,
} satisfies Record<keyof ListOptions, true>;

/** One page of a list. */
export interface Page<Item, Body> {
  items: Item[];
  /** The response body, unchanged. */
  body: Body;
  /** Continues after this page when passed as the option `cursor`. `undefined` on the last page. */
  cursor: string | undefined;
}

/** The query parameters that identify a page. Empty for the first one. */
type Position = Record<string, string>;

/** What of a page's body decides which page follows. */
interface PageBody {
  summary?: { nextPageToken?: string | null; nextPage?: string | null; totalPages?: number } | null;
}

/** How one style of pagination gets from page to page. */
interface PaginationStrategy {
  /** The query parameters of a position. */
  parameters: readonly string[];
  query(filters: object, position: Position): object;
  /** The position after a page, `undefined` after the last one. Throws a `PaginationError` if it cannot be read. */
  next(body: PageBody | undefined): Position | undefined;
  /** The position after another one, if it is known before that page has been fetched. */
  predict(body: PageBody | undefined, position: Position): Position | undefined;
}

/** `summary.nextPageToken` is sent back beside the filters. Absent, null or empty ends the list. */
const cursorPages = (parameter: string): PaginationStrategy => ({
  parameters: [parameter],
  query: (filters, position) => ({ ...filters, ...position }),
  next: (body) => {
    const token = body?.summary?.nextPageToken;
    return token ? { [parameter]: token } : undefined;
  },
  predict: () => undefined,
});

/** `summary.nextPage` is a link with `query` and `pageno`, which replace the filters. The link itself is not followed. */
const NUMBERED_PAGES: PaginationStrategy = {
  parameters: ["query", "pageno"],
  query: (filters, position) => ("query" in position ? position : filters),
  next(body) {
    const link = body?.summary?.nextPage;
    if (!link) return undefined;
    const parameters = new URLSearchParams(String(link).replace(/^[^?]*|#.*$/g, ""));
    const query = parameters.get("query");
    const pageno = parameters.get("pageno");
    if (query && pageno) return { query, pageno };
    throw new PaginationError(
      "invalid_page_link",
      "summary.nextPage has no query and pageno; the list cannot be continued.",
    );
  },
  predict(body, { query, pageno }) {
    const following = Number(pageno) + 1;
    return query && following <= (body?.summary?.totalPages ?? 0) ? { query, pageno: String(following) } : undefined;
  },
};

const strategyOf = (pagination: Pagination): PaginationStrategy =>
  pagination.style === "cursor" ? cursorPages(pagination.token) : NUMBERED_PAGES;

type LoadPage<Body> = (query: object, options: CallOptions, signal: AbortSignal) => Promise<Body>;

/**
 * A list that is fetched page by page: `for await` gives its items, `pages()` its pages, `toArray()` all items. Nothing is
 * sent before it is read, and each iteration starts again. Leaving the loop cancels what is in flight.
 */
export class Pager<Item, Body> implements AsyncIterable<Item> {
  readonly #itemsProperty: string;
  readonly #strategy: PaginationStrategy;
  readonly #load: LoadPage<Body>;
  readonly #filters: object;
  readonly #callOptions: CallOptions;
  readonly #maxItems: number;
  readonly #prefetch: number;
  readonly #start: { position: Position; skip: number };

  /** @internal */
  constructor(
    { pagination, items }: Pick<ListOperation, "pagination" | "items">,
    load: LoadPage<Body>,
    filters: object = {},
    options: ListOptions = {},
  ) {
    checkCallOptions(options, LIST_OPTIONS);
    const { maxItems, prefetch = 1, cursor, ...callOptions } = options;
    this.#itemsProperty = items;
    this.#strategy = strategyOf(pagination);
    this.#load = load;
    this.#filters = filters;
    this.#callOptions = callOptions;
    this.#maxItems = maxItems === undefined ? Number.POSITIVE_INFINITY : checkCount("maxItems", maxItems, 1);
    this.#prefetch = checkCount("prefetch", prefetch, 0);
    this.#start = cursor === undefined ? { position: {}, skip: 0 } : parseCursor(cursor, this.#strategy.parameters);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const { items } of this.pages()) yield* items;
  }

  /** All items. A `for await` loop holds one page at a time instead. */
  async toArray(): Promise<Item[]> {
    const all: Item[] = [];
    for await (const item of this) all.push(item);
    return all;
  }

  /** The pages, each with a cursor to continue from. `maxItems` may cut the last page; its cursor continues at the cut. */
  async *pages(): AsyncGenerator<Page<Item, Body>, void, undefined> {
    let { position, skip } = this.#start;
    let remaining = this.#maxItems;
    const seen = new Set([formatCursor(position)]);
    const reader = new PageReader<Body>(this.#strategy, (at, signal) =>
      this.#load(this.#strategy.query(this.#filters, at), this.#callOptions, signal),
    );
    try {
      for (;;) {
        const { body, next, failure } = await reader.read(position);
        const all = this.#itemsOf(body);
        const items = all.slice(skip, skip + remaining);
        const taken = skip + items.length;
        remaining -= items.length;
        const isRepeated = next !== undefined && seen.has(formatCursor(next));
        if (next && !isRepeated && remaining > 0) {
          reader.prefetch(body, next, Math.min(this.#prefetch, Math.ceil(remaining / (all.length || 1))));
        }
        yield { items, body, cursor: taken < all.length ? formatCursor(position, taken) : next && formatCursor(next) };
        if (remaining === 0) return;
        if (failure) throw failure;
        if (!next) return;
        if (isRepeated) {
          throw new PaginationError("repeated_page", "The server named the same page twice; the list would never end.");
        }
        seen.add(formatCursor(next));
        position = next;
        skip = 0;
      }
    } finally {
      reader.cancel();
    }
  }

  /** A successful response without a body is an empty list. */
  #itemsOf(body: Body): readonly Item[] {
    const items = (body as Record<string, readonly Item[] | null | undefined> | undefined)?.[this.#itemsProperty] ?? [];
    if (Array.isArray(items)) return items;
    throw new PaginationError(
      "missing_list",
      `${this.#itemsProperty} of the response is ${typeName(items)}, not a list.`,
    );
  }
}

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
class PageReader<Body> {
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

function formatCursor(position: Position, skip = 0): string {
  return new URLSearchParams(skip > 0 ? { ...position, skip: String(skip) } : position).toString();
}

function parseCursor(cursor: string, parameters: readonly string[]): { position: Position; skip: number } {
  const { skip = "0", ...position } = Object.fromEntries(new URLSearchParams(cursor)) as Record<string, string>;
  const given = Object.keys(position);
  const isComplete =
    given.length === 0
      ? skip !== "0"
      : parameters.every((name) => position[name]) && given.length === parameters.length;
  if (isComplete && /^\d+$/.test(skip)) return { position, skip: Number(skip) };
  throw new PaginationError(
    "invalid_cursor",
    `The cursor does not belong to this list: it should contain ${parameters.join(" and ")}. Pass the cursor of one of its pages.`,
  );
}
