import type { Table } from "../data/table.js";
import type { SandboxRequest } from "../server/operation.js";
import { HttpError, ok, type SandboxResponse } from "../server/response.js";

/** Undocumented. */
const DEFAULT_SIZE = 10;
const MAX_SIZE = 1000;

/** A list of records and how to read it. */
export interface PagedList<T extends object> {
  /** Distinguishes its tokens from those of other lists. */
  name: string;
  records: Pick<Table<T>, "at"> & Partial<Pick<Table<T>, "indices">>;
  /** The indices of all records that may match, in order, if they are known without a search. */
  candidates?: number[] | undefined;
  /** No record before this index matches. */
  first?: number;
  matches(record: T, index: number): boolean;
  serialize(index: number, record: T): unknown;
  descending?: boolean;
  /** The query parameter of the token. */
  parameter?: "PageToken" | "pageToken";
  size?: unknown;
}

/** One page of a list. The token holds the index of the next page's first record, so that new records shift nothing. */
export function listPage<T extends object>({ query }: SandboxRequest, list: PagedList<T>): SandboxResponse {
  const { name, records, candidates, matches, serialize, descending = false, parameter = "PageToken" } = list;
  const size = Math.min(MAX_SIZE, Math.max(1, Number(list.size ?? DEFAULT_SIZE)));
  const token = query[parameter];
  const start = descending ? Number.MAX_SAFE_INTEGER : (list.first ?? 0);
  const from = token === undefined || token === "" ? start : parseToken(name, String(token));
  if (from === undefined) throw new HttpError(400, `${parameter} is not a token of this list.`);

  const indices = candidates
    ?.filter((index) => index >= 0 && (descending ? index <= from : index >= from))
    .sort((a, b) => (descending ? b - a : a - b));
  const data: unknown[] = [];
  let nextPageToken: string | null = null;
  for (const index of indices ?? records.indices?.(from, descending) ?? []) {
    const record = records.at(index);
    if (!record || !matches(record, index)) continue;
    if (data.length === size) {
      nextPageToken = formatToken(name, index);
      break;
    }
    data.push(serialize(index, record));
  }
  return ok({ summary: { status: "SUCCESS", nextPageToken }, data });
}

const formatToken = (name: string, index: number) => Buffer.from(`${name}:${index}`).toString("base64url");

function parseToken(name: string, token: string): number | undefined {
  const [list, index = ""] = Buffer.from(token, "base64url").toString().split(":");
  return list === name && /^\d{1,16}$/.test(index) ? Number(index) : undefined;
}
