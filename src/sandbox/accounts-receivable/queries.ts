import { opaque } from "../data/random.js";
import type { SandboxRequest } from "../server/operation.js";
import { HttpError, invalidRequest, ok, type SandboxResponse } from "../server/response.js";

/** The documented page sizes and limits. */
const DEFAULT_PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 1000;
/** A smaller page size is replaced. */
const MIN_PAGE_SIZE = 5;
const REPLACED_PAGE_SIZE = 10;
const MAX_COUNT = 10_000;

/** How many queries are stored; older ones are forgotten. */
const MAX_QUERIES = 500;

/** A search for records. */
export interface Search {
  /** The records found, by index, in order. */
  find(): Iterable<number>;
  /** A record as it is now; `undefined` if it was deleted. */
  serialize(index: number): object | undefined;
}

interface Query {
  list: string;
  pageSize: number;
  maximumCount: number;
  found: number[];
  serialize: Search["serialize"];
}

/** The queries of a client. The first request of a list runs one, later requests read its pages by its id. */
export class Queries {
  readonly #seed: [number, number];
  readonly #queries = new Map<string, Query>();
  #count = 0;

  constructor(seed: number, clientNo: number) {
    this.#seed = [seed, clientNo];
  }

  page({ query, url }: SandboxRequest, list: string, search: () => Search): SandboxResponse {
    const queryId = query.query === undefined ? this.#run(query, list, search()) : String(query.query);
    const stored = this.#queries.get(queryId);
    if (stored?.list !== list) throw new HttpError(404, "No such query; the sandbox may have forgotten it.");
    const { pageSize, found, maximumCount, serialize } = stored;
    const pageNo = Number(query.pageno ?? 1);
    if (pageNo < 1) throw invalidRequest("/query/pageno must be >= 1");
    const totalPages = Math.ceil(found.length / pageSize);
    const records = found.slice((pageNo - 1) * pageSize, pageNo * pageSize).flatMap((index) => serialize(index) ?? []);
    const link = (no: number) => `${url}?query=${queryId}&pageno=${no}`;
    return ok({
      summary: {
        pageNo,
        currentPageSize: records.length,
        pageSizeLimit: pageSize,
        totalPages,
        totalCount: found.length,
        maximumCount,
        ...(pageNo < totalPages && { nextPage: link(pageNo + 1), lastPage: link(totalPages) }),
        queryId,
      },
      [list]: records,
    });
  }

  #run({ pagesize, maximumcount }: SandboxRequest["query"], list: string, { find, serialize }: Search): string {
    const size = Number(pagesize ?? DEFAULT_PAGE_SIZE);
    const pageSize = size < MIN_PAGE_SIZE ? REPLACED_PAGE_SIZE : Math.min(MAX_PAGE_SIZE, size);
    const maximumCount = Math.min(MAX_COUNT, Math.max(1, Number(maximumcount ?? MAX_COUNT)));
    const found: number[] = [];
    for (const index of find()) {
      found.push(index);
      if (found.length === maximumCount) break;
    }
    const queryId = opaque(16, ...this.#seed, "query", this.#count++);
    this.#queries.set(queryId, { list, pageSize, maximumCount, found, serialize });
    const [oldest] = this.#queries.keys();
    if (this.#queries.size > MAX_QUERIES && oldest !== undefined) this.#queries.delete(oldest);
    return queryId;
  }
}
