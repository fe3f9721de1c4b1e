import { PaginationError } from "./errors.js";
import { checkCallOptions, checkCount } from "./http/checks.js";
import type { CallOptions } from "./http/client.js";

/** Options of a list. */
export interface ListOptions extends CallOptions {
  /** A cap on the items in all, over all pages. */
  maxItems?: number;
  /** How many pages are fetched ahead of the reader. Default 1; 0 fetches each when it is asked for. */
  prefetch?: number;
  /** The `cursor` of a page seen before, in this process or another: the list goes on after it. */
  cursor?: string;
}

export interface Page<Item, Body> {
  items: Item[];
  /** The answer as it came. */
  body: Body;
  /** Goes on after this page when given as the option `cursor`. `undefined` on the last page. */
  cursor: string | undefined;
}

/** The query parameters that name one page. */
type Position = Record<string, string>;

/** How an API cuts its lists into pages. */
export interface PageStyle<Item, Body> {
  /** The query parameters that make up a position. */
  parameters: readonly string[];
  items(body: Body): readonly Item[] | null | undefined;
  /** The query of the page at a position. */
  query(filters: object, position: Position): object;
  /** The position after a page, from the page itself. Throws a `PaginationError` where it tells of one that cannot be read. */
  next(body: Body): Position | undefined;
  /** The position after another, where the page that was read lets it be known before the other has come. */
  ahead(body: Body, position: Position): Position | undefined;
}

interface TokenPaged {
  summary?: { nextPageToken?: string | null };
}

/** Pages by `summary.nextPageToken`, sent back beside the filters. Absent, null or empty ends the list. */
export function pagesByToken<Item, Body extends TokenPaged>(
  parameter: string,
  items: PageStyle<Item, Body>["items"],
): PageStyle<Item, Body> {
  return {
    parameters: [parameter],
    items,
    query: (filters, position) => ({ ...filters, ...position }),
    next(body) {
      const token = body?.summary?.nextPageToken;
      return token ? { [parameter]: token } : undefined;
    },
    ahead: () => undefined,
  };
}

interface QueryPaged {
  summary?: { nextPage?: string | null; totalPages?: number };
}

/**
 * Numbered pages of a query that the server keeps: `summary.nextPage` is a link with `query` and `pageno`, which replace
 * the filters. Only those two are taken from it.
 */
export function pagesByQuery<Item, Body extends QueryPaged>(
  items: PageStyle<Item, Body>["items"],
): PageStyle<Item, Body> {
  return {
    parameters: ["query", "pageno"],
    items,
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
        "summary.nextPage holds no query and pageno; the list cannot be read on.",
      );
    },
    ahead(body, { query, pageno }) {
      const following = Number(pageno) + 1;
      return query && following <= (body.summary?.totalPages ?? 0) ? { query, pageno: String(following) } : undefined;
    },
  };
}

type Load<Body> = (query: object, options: CallOptions & { cancel: AbortSignal }) => Promise<Body>;

/**
 * A list, read page by page: `for await` gives its items, `pages()` its pages, `toArray()` all items at once. Nothing is
 * sent before it is read, and each reading starts anew. Leaving a loop cancels what is under way.
 */
export class Pager<Item, Body> implements AsyncIterable<Item> {
  readonly #style: PageStyle<Item, Body>;
  readonly #load: Load<Body>;
  readonly #filters: object;
  readonly #callOptions: CallOptions;
  readonly #maxItems: number;
  readonly #prefetch: number;
  readonly #start: { position: Position; skip: number };

  /** @internal */
  constructor(
    style: PageStyle<Item, Body>,
    load: Load<Body>,
    filters: object = {},
    { maxItems, prefetch = 1, cursor, ...callOptions }: ListOptions = {},
  ) {
    checkCallOptions(callOptions);
    this.#style = style;
    this.#load = load;
    this.#filters = filters;
    this.#callOptions = callOptions;
    this.#maxItems = maxItems === undefined ? Number.POSITIVE_INFINITY : checkCount("maxItems", maxItems, 1);
    this.#prefetch = checkCount("prefetch", prefetch, 0);
    this.#start = cursor === undefined ? { position: {}, skip: 0 } : readCursor(cursor, style.parameters);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const { items } of this.pages()) yield* items;
  }

  /** All items. A `for await` holds one page at a time instead. */
  async toArray(): Promise<Item[]> {
    const all: Item[] = [];
    for await (const item of this) all.push(item);
    return all;
  }

  /** The pages, each with a cursor to go on from. `maxItems` may cut the last one; its cursor goes on at the cut. */
  async *pages(): AsyncGenerator<Page<Item, Body>, void, undefined> {
    let { position, skip } = this.#start;
    let wanted = this.#maxItems;
    const reading = new Reading(this.#style, this.#filters, position, (query, cancel) =>
      this.#load(query, { ...this.#callOptions, cancel }),
    );
    try {
      for (;;) {
        const { body, next, failure } = await reading.page(position);
        // A success without a body is an empty list.
        const all = (body && this.#style.items(body)) ?? [];
        const items = all.slice(skip, skip + wanted);
        const taken = skip + items.length;
        wanted -= items.length;
        if (next && wanted > 0)
          reading.goAhead(body, next, Math.min(this.#prefetch, Math.ceil(wanted / (all.length || 1))));
        yield { items, body, cursor: taken < all.length ? writeCursor(position, taken) : next && writeCursor(next) };
        if (wanted === 0) return;
        if (failure) throw failure;
        if (!next) return;
        position = next;
        skip = 0;
      }
    } finally {
      reading.cancel();
    }
  }
}

/** A page that has come, and where the list goes on: nowhere, at `next`, or not, because of `failure`. */
interface Loaded<Body> {
  body: Body;
  next: Position | undefined;
  failure: unknown;
}

/** A page under way. Its position is not known while it depends on the page before it. */
interface Pending<Body> {
  position: Position | undefined;
  page: Promise<Loaded<Body> | undefined>;
}

/** One reading of a list: which pages are under way, and which were named before. */
class Reading<Body> {
  readonly #style: PageStyle<unknown, Body>;
  readonly #filters: object;
  readonly #send: (query: object, cancel: AbortSignal) => Promise<Body>;
  readonly #named: Set<string>;
  #pending: Pending<Body>[] = [];
  #controller = new AbortController();

  constructor(
    style: PageStyle<unknown, Body>,
    filters: object,
    start: Position,
    send: (query: object, cancel: AbortSignal) => Promise<Body>,
  ) {
    this.#style = style;
    this.#filters = filters;
    this.#send = send;
    this.#named = new Set([writeCursor(start)]);
  }

  /** The page at a position: the one fetched ahead, or a new one. */
  async page(position: Position): Promise<Loaded<Body>> {
    const ahead = this.#pending.shift();
    if (ahead?.position && writeCursor(ahead.position) !== writeCursor(position)) {
      // The server goes on elsewhere than its page count said.
      this.cancel();
      this.#controller = new AbortController();
      return this.#load(position);
    }
    return (await ahead?.page) ?? this.#load(position);
  }

  /** Fetches up to `count` pages from `next` on: at once where their positions are known, else one after the other. */
  goAhead(body: Body, next: Position, count: number): void {
    while (this.#pending.length < count) {
      const last = this.#pending.at(-1);
      const position = last ? last.position && this.#style.ahead(body, last.position) : next;
      const { signal } = this.#controller;
      const page = position
        ? this.#load(position)
        : (last as Pending<Body>).page.then((loaded) => loaded?.next && this.#load(loaded.next, signal));
      // An error waits until the reader gets there.
      page.catch(() => {});
      this.#pending.push({ position, page });
    }
  }

  cancel(): void {
    this.#controller.abort();
    this.#pending = [];
  }

  async #load(position: Position, signal = this.#controller.signal): Promise<Loaded<Body>> {
    signal.throwIfAborted();
    const body = await this.#send(this.#style.query(this.#filters, position), signal);
    try {
      const next = this.#style.next(body);
      if (next) this.#name(next);
      return { body, next, failure: undefined };
    } catch (failure) {
      return { body, next: undefined, failure };
    }
  }

  #name(next: Position): void {
    const name = writeCursor(next);
    if (this.#named.has(name)) {
      throw new PaginationError(
        "repeated_page",
        "The server named a page that it had named before; the list would never end.",
      );
    }
    this.#named.add(name);
  }
}

function writeCursor(position: Position, skip = 0): string {
  return new URLSearchParams(skip > 0 ? { ...position, skip: String(skip) } : position).toString();
}

function readCursor(cursor: string, parameters: readonly string[]): { position: Position; skip: number } {
  const { skip = "0", ...position } = Object.fromEntries(new URLSearchParams(cursor)) as Record<string, string>;
  const given = Object.keys(position);
  const whole =
    given.length === 0
      ? skip !== "0"
      : parameters.every((name) => position[name]) && given.length === parameters.length;
  if (whole && /^\d+$/.test(skip)) return { position, skip: Number(skip) };
  throw new PaginationError(
    "invalid_cursor",
    `The cursor is not one of this list: it should hold ${parameters.join(" and ")}. Give the cursor of one of its pages.`,
  );
}
