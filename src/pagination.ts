import type { CallOptions } from "./call.js";
import { PaginationError } from "./errors.js";
import { CALL_OPTIONS, check, checkCallOptions, checkCount, typeName } from "./http/checks.js";
import type { ListOperation } from "./operation.js";
import { formatCursor, type Position, parseCursor } from "./pagination/cursor.js";
import { PageReader } from "./pagination/page-reader.js";
import { type ListSize, type PageBody, type PaginationStrategy, strategyOf } from "./pagination/strategy.js";

/** Options of a list. */
export interface ListOptions extends CallOptions {
  /** Maximum number of items, over all pages. */
  maxItems?: number;
  /** How many pages are fetched ahead of the reader. Default 1; 0 fetches each page when it is needed. */
  prefetch?: number;
  /** The `cursor` of an earlier page, from this process or another: the list continues after it. */
  cursor?: string;
  /**
   * Accepts a list of which the server returns only a part, such as the first 10,000 items of a larger query. Default false:
   * such a list ends with a `PaginationError` after its last item. A list that `maxItems` ends is not truncated.
   */
  allowTruncated?: boolean;
}

const LIST_OPTIONS = {
  ...CALL_OPTIONS,
  maxItems: true,
  prefetch: true,
  cursor: true,
  allowTruncated: true,
} satisfies Record<keyof ListOptions, true>;

/** One page of a list. */
export interface Page<Item, Body> {
  items: Item[];
  /** The response body, unchanged. */
  body: Body;
  /** Continues after this page when passed as the option `cursor`. `undefined` on the last page. */
  cursor: string | undefined;
  /** How many items the whole list has, by the server's count. `undefined` where the API has none. */
  total: number | undefined;
  /** Whether the list ends with this page although the server has more items, or may have. */
  truncated: boolean;
}

/** A server that sends more pages without items than this in a row would keep a list from ending. */
const MAX_EMPTY_PAGES = 1000;

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
  readonly #allowTruncated: boolean;
  readonly #start: { position: Position; skip: number };

  /** @internal */
  constructor(
    { pagination, items }: Pick<ListOperation, "pagination" | "items">,
    load: LoadPage<Body>,
    filters: object = {},
    options: ListOptions = {},
  ) {
    checkCallOptions(options, LIST_OPTIONS);
    const { maxItems, prefetch = 1, cursor, allowTruncated = false, ...callOptions } = options;
    this.#itemsProperty = items;
    this.#strategy = strategyOf(pagination);
    this.#load = load;
    this.#filters = filters;
    this.#callOptions = callOptions;
    this.#maxItems = maxItems === undefined ? Number.POSITIVE_INFINITY : checkCount("maxItems", maxItems, 1);
    this.#prefetch = checkCount("prefetch", prefetch, 0);
    this.#allowTruncated = check("allowTruncated", allowTruncated, "a boolean", typeof allowTruncated === "boolean");
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
    let emptyPages = 0;
    let size: ListSize = {};
    /** Items up to the end of the page, also those before the option `cursor`. */
    let read: number | undefined;
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
        size = { ...size, ...this.#strategy.size(body as PageBody) };
        read ??= this.#strategy.itemsBefore(body as PageBody, position);
        if (read !== undefined) read += all.length;
        const isEnd = !next && !failure && remaining > 0;
        const shortfall = isEnd ? this.#strategy.shortfall(size, this.#filters, position, read) : undefined;
        yield {
          items,
          body,
          cursor: taken < all.length ? formatCursor(position, taken) : next && formatCursor(next),
          total: size.total,
          truncated: shortfall !== undefined,
        };
        if (remaining === 0) return;
        if (failure) throw failure;
        if (shortfall && !this.#allowTruncated) {
          const message = `The list ${shortfall}. Narrow the query, or set allowTruncated.`;
          throw new PaginationError("truncated", message, { read, total: size.total });
        }
        if (!next) return;
        if (isRepeated) {
          throw new PaginationError("repeated_page", "The server named the same page twice; the list would never end.");
        }
        emptyPages = all.length === 0 ? emptyPages + 1 : 0;
        if (emptyPages === MAX_EMPTY_PAGES) {
          const message = `The server sent ${emptyPages} pages in a row without an item; the list might never end.`;
          throw new PaginationError("empty_pages", message);
        }
        seen.add(formatCursor(next));
        position = next;
        skip = 0;
      }
    } finally {
      reader.cancel();
    }
  }

  /** No list operation documents a success without a list, so one must not look like an empty list. */
  #itemsOf(body: Body): readonly Item[] {
    const items = (body as Record<string, readonly Item[] | null> | null | undefined)?.[this.#itemsProperty];
    if (Array.isArray(items)) return items;
    throw new PaginationError(
      "missing_list",
      `${this.#itemsProperty} of the response is ${typeName(items)}, not a list.`,
    );
  }
}
