import { ok, Refusal, type SandboxAnswer } from "../answer.js";
import { opaque } from "../data/random.js";
import type { SandboxRequest } from "../operation.js";

/** What is documented of page sizes and counts. */
const PAGE_SIZE = { default: 100, most: 1000, least: 5, insteadOfLess: 10 } as const;
const MAXIMUM_COUNT = 10_000;

/** Queries that are kept; an older one is forgotten. */
const KEPT = 500;

interface Query {
  list: string;
  size: number;
  maximumCount: number;
  /** What was found, by index. */
  found: number[];
  wire: Listing["wire"];
}

/** A list that is searched once and read in pages. */
export interface Listing {
  /** The array's name in the answer. */
  name: string;
  /** Finds records, in order. */
  find(): Iterable<number>;
  /** A record as it is now; `undefined` once it is deleted. */
  wire(index: number): object | undefined;
}

/** The queries that a client has run. The first request of a list runs one; later ones ask for pages of it by its handle. */
export class Queries {
  readonly #seed: number;
  readonly #kept = new Map<string, Query>();
  #count = 0;

  constructor(...parts: number[]) {
    const [seed = 0, clientNo = 0] = parts;
    this.#seed = seed * 1_000_003 + clientNo;
  }

  page({ query, address }: SandboxRequest, listing: Listing): SandboxAnswer {
    const queryId = query.query === undefined ? this.#run(query, listing) : String(query.query);
    const stored = this.#kept.get(queryId);
    if (stored?.list !== listing.name) throw new Refusal(404, "No such query; it may have been forgotten.");
    const { size, found, maximumCount, wire } = stored;
    const pageNo = Number(query.pageno ?? 1);
    if (pageNo < 1) throw new Refusal(400, "The request does not fit the spec.", ["/query/pageno must be >= 1"]);
    const totalPages = Math.ceil(found.length / size);
    const records = found.slice((pageNo - 1) * size, pageNo * size).flatMap((index) => wire(index) ?? []);
    const link = (no: number) => `${address}?query=${queryId}&pageno=${no}`;
    return ok({
      summary: {
        pageNo,
        currentPageSize: records.length,
        pageSizeLimit: size,
        totalPages,
        totalCount: found.length,
        maximumCount,
        ...(pageNo < totalPages && { nextPage: link(pageNo + 1), lastPage: link(totalPages) }),
        queryId,
      },
      [listing.name]: records,
    });
  }

  #run({ pagesize, maximumcount }: SandboxRequest["query"], { name, find, wire }: Listing): string {
    const size = Number(pagesize ?? PAGE_SIZE.default);
    const maximumCount = Math.min(MAXIMUM_COUNT, Math.max(1, Number(maximumcount ?? MAXIMUM_COUNT)));
    const found: number[] = [];
    for (const index of find()) {
      found.push(index);
      if (found.length === maximumCount) break;
    }
    const queryId = opaque(16, this.#seed, "query", this.#count++);
    this.#kept.set(queryId, {
      list: name,
      size: size < PAGE_SIZE.least ? PAGE_SIZE.insteadOfLess : Math.min(PAGE_SIZE.most, size),
      maximumCount,
      found,
      wire,
    });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
    return queryId;
  }
}
