import { ok, Refusal, type SandboxAnswer } from "../answer.js";
import type { Table } from "../data/table.js";
import type { SandboxRequest } from "../operation.js";

/** Neither is documented. */
const DEFAULT_SIZE = 10;
const MOST = 1000;

/** A list of records and how it is read. */
export interface Listing<T extends object> {
  /** Tells its tokens from those of other lists. */
  name: string;
  records: Pick<Table<T>, "at" | "indices">;
  /** Where the matches are, in order, if that is known; else all are looked at. */
  candidates?: number[] | undefined;
  /** Before it nothing matches. */
  first?: number;
  matches(record: T, index: number): boolean;
  wire(index: number, record: T): unknown;
  descending?: boolean;
  /** The name of the token, and the page size. */
  parameter?: "PageToken" | "pageToken";
  size?: unknown;
}

/**
 * A page of a list. The token says at which record the next page begins, so that what is added meanwhile moves nothing.
 */
export function pageOf<T extends object>({ query }: SandboxRequest, listing: Listing<T>): SandboxAnswer {
  const { name, records, candidates, matches, wire, descending = false, parameter = "PageToken" } = listing;
  const size = Math.min(MOST, Math.max(1, Number(listing.size ?? DEFAULT_SIZE)));
  const start = descending ? Number.MAX_SAFE_INTEGER : (listing.first ?? 0);
  const token = query[parameter];
  const from = token === undefined || token === "" ? start : readToken(name, String(token));
  if (from === undefined) throw new Refusal(400, `${parameter} is none that the sandbox gave for this list.`);

  const ahead = (index: number) => (descending ? index <= from : index >= from);
  const indices = candidates
    ? candidates.filter((index) => index >= 0 && ahead(index)).sort((a, b) => (descending ? b - a : a - b))
    : records.indices(from, descending);
  const data: unknown[] = [];
  let nextPageToken: string | null = null;
  for (const index of indices) {
    const record = records.at(index);
    if (!record || !matches(record, index)) continue;
    if (data.length === size) {
      nextPageToken = writeToken(name, index);
      break;
    }
    data.push(wire(index, record));
  }
  return ok({ summary: { status: "SUCCESS", nextPageToken }, data });
}

const writeToken = (name: string, index: number) => Buffer.from(`${name}:${index}`).toString("base64url");

function readToken(name: string, token: string): number | undefined {
  const [of, index = ""] = Buffer.from(token, "base64url").toString().split(":");
  return of === name && /^\d{1,16}$/.test(index) ? Number(index) : undefined;
}
