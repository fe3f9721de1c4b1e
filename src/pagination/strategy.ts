import { PaginationError } from "../errors.js";
import type { Pagination } from "../operation.js";
import type { Position } from "./cursor.js";

/** What of a page's body decides which page follows, and what the list holds in all. */
export interface PageBody {
  summary?: {
    nextPageToken?: string | null;
    nextPage?: string | null;
    totalPages?: number;
    totalCount?: number;
    maximumCount?: number;
    pageSizeLimit?: number;
  } | null;
}

/** The size of a list, as far as its pages state it. */
export interface ListSize {
  /** Items of the whole list. */
  total?: number;
  pages?: number;
  /** Most items that the server returns for one query. */
  maximum?: number;
}

/** How one style of pagination gets from page to page. */
export interface PaginationStrategy {
  /** The query parameters of a position. */
  parameters: readonly string[];
  query(filters: object, position: Position): object;
  /** The position after a page, `undefined` after the last one. Throws a `PaginationError` if it cannot be read. */
  next(body: PageBody | undefined): Position | undefined;
  /** The position after another one, if it is known before that page has been fetched. */
  predict(body: PageBody | undefined, position: Position): Position | undefined;
  /** What a page states about the size of the list; empty where that is undocumented. */
  size(body: PageBody): ListSize;
  /** How many items the pages before this one hold. */
  itemsBefore(body: PageBody, position: Position): number | undefined;
  /** Why a list that ended at a position may have more items; `undefined` if it is complete as far as known. */
  shortfall(size: ListSize, filters: object, position: Position, read: number | undefined): string | undefined;
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
  size: () => ({}),
  itemsBefore: () => undefined,
  shortfall: () => undefined,
});

/** The documented default and limit of `maximumcount`, for a server that does not state the one in force. */
const MAXIMUM_COUNT = 10_000;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const pageNumberOf = ({ pageno = "1" }: Position) => Number(pageno);

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
  size({ summary }) {
    const { totalCount, totalPages, maximumCount } = summary ?? {};
    return {
      ...(isCount(totalCount) && { total: totalCount }),
      ...(isCount(totalPages) && { pages: totalPages }),
      ...(isCount(maximumCount) && { maximum: maximumCount }),
    };
  },
  itemsBefore({ summary }, position) {
    const pagesBefore = pageNumberOf(position) - 1;
    if (pagesBefore === 0) return 0;
    return isCount(summary?.pageSizeLimit) ? pagesBefore * summary.pageSizeLimit : undefined;
  },
  shortfall({ total, pages, maximum }, filters, position, read = total) {
    if (total !== undefined && read !== undefined && total > read) return `ended after ${read} of ${total} items`;
    if (pages !== undefined && pages > pageNumberOf(position)) {
      return `ended after page ${pageNumberOf(position)} of ${pages}`;
    }
    // Undocumented: whether the total counts the items beyond the limit. So a list that reaches it may have more.
    const { maximumcount = MAXIMUM_COUNT } = filters as { maximumcount?: number };
    const limit = maximum ?? Math.min(maximumcount, MAXIMUM_COUNT);
    return read === limit ? `reached the limit of ${limit} items for one query; there may be more` : undefined;
  },
};

export const strategyOf = (pagination: Pagination): PaginationStrategy =>
  pagination.style === "cursor" ? cursorPages(pagination.token) : NUMBERED_PAGES;
