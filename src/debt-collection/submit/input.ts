import { ConfigurationError } from "../../errors.js";
import { raceAbort } from "../../http/abort.js";
import { typeName } from "../../http/checks.js";
import { toJson } from "../../http/serialize.js";
import type { LastEntry } from "./journal.js";
import type { Rejected } from "./outcome.js";
import type { Items, KeyedItem, SubmitAdapter } from "./types.js";

/** Items that are sent together: new ones, or those that an earlier run sent together. */
export interface Chunk<Item> {
  items: KeyedItem<Item>[];
  /** The journal's entry for the items; `undefined` for new ones. */
  entry: LastEntry | undefined;
  /** Invalid items, which are not sent. */
  rejected: Rejected<Item>[];
}

export const isNonEmptyString = (value: unknown): value is string => typeof value === "string" && value !== "";

/** Reads the items and their keys until the signal aborts. Invalid items and duplicates are rejected in their place. */
export async function* withKeys<Item>(
  items: Items<Item>,
  adapter: SubmitAdapter<Item>,
  signal: AbortSignal,
): AsyncGenerator<KeyedItem<Item> | Rejected<Item>, void, undefined> {
  const seen = new Set<string>();
  let index = -1;
  for await (const item of readUntilAborted(items, signal)) {
    index++;
    const json = itemToJson(item);
    const key = json === undefined ? undefined : await adapter.key(item, json);
    if (key !== undefined && !seen.has(key)) {
      seen.add(key);
      yield { item, key };
      continue;
    }
    const problem =
      json === undefined
        ? "it is not an object that JSON can represent, for example because of a BigInt, a cycle or a getter that throws"
        : `${key === undefined ? "it has no" : "an earlier item has the same"} ${adapter.keyName}`;
    const reason = new ConfigurationError("invalid_argument", `Item ${index} was not sent: ${problem}.`);
    yield { status: "rejected", item, key: key ?? String(index), batchId: undefined, reason };
  }
}

/** `undefined` if JSON cannot represent the item as an object. */
function itemToJson(item: unknown): string | undefined {
  try {
    const json: string | undefined = toJson(item);
    return json?.startsWith("{") ? json : undefined;
  } catch {
    return undefined;
  }
}

/** Reads items until the signal aborts, without waiting for the next item. Closes a source that has not ended. */
async function* readUntilAborted<Item>(items: Items<Item>, signal: AbortSignal): AsyncGenerator<Item, void, undefined> {
  const source = iteratorOf(items);
  let state: "open" | "reading" | "ended" = "open";
  try {
    while (!signal.aborted) {
      state = "reading";
      const { done, value } = await raceAbort(Promise.resolve(source.next()), [signal]);
      state = done ? "ended" : "open";
      if (done) return;
      yield value;
    }
  } catch (error) {
    if (signal.aborted) return;
    state = "ended";
    throw error;
  } finally {
    if (state === "open") await source.return?.();
    // A source that is still being read closes after that read, which may never end.
    else if (state === "reading") Promise.resolve(source.return?.()).catch(() => {});
  }
}

function iteratorOf<Item>(items: Items<Item>): AsyncIterator<Item> | Iterator<Item> {
  const source = Object(items) as Partial<AsyncIterable<Item> & Iterable<Item>>;
  const iterator = source[Symbol.asyncIterator]?.call(items) ?? source[Symbol.iterator]?.call(items);
  if (iterator) return iterator;
  throw new ConfigurationError(
    "invalid_argument",
    `The items must be an array or another iterable, also an async one; ${typeName(items)} was given. Nothing was sent.`,
  );
}

/**
 * Cuts the input into chunks and reads no further than each needs. Items with the same `separateBy` go into different
 * chunks. An error of the source is thrown after the items that came before it.
 */
export async function* chunk<Item>(
  input: AsyncIterable<KeyedItem<Item> | Rejected<Item>>,
  size: number,
  entries: Map<string, LastEntry>,
  separateBy: SubmitAdapter<Item>["separateBy"],
): AsyncGenerator<Chunk<Item>, void, undefined> {
  let current: Chunk<Item> = { items: [], entry: undefined, rejected: [] };
  let separated = new Set<unknown>();
  const length = () => current.items.length + current.rejected.length;
  let failure: { error: unknown } | undefined;
  try {
    for await (const next of input) {
      const isRejected = "status" in next;
      const entry = isRejected ? current.entry : entries.get(next.key);
      const mark = isRejected ? undefined : separateBy(next.item);
      const isFull = length() >= size || (mark !== undefined && separated.has(mark));
      if (isFull || (entry !== current.entry && current.items.length > 0)) {
        yield current;
        current = { items: [], entry, rejected: [] };
        separated = new Set();
      }
      if (isRejected) current.rejected.push(next);
      else {
        current.entry = entry;
        current.items.push(next);
        separated.add(mark);
      }
    }
  } catch (error) {
    failure = { error };
  }
  if (length() > 0) yield current;
  if (failure) throw failure.error;
}

/**
 * Keys for items without an id: a hash of the content. Items with the same content are numbered, so each has the same key in
 * every run, whatever their order.
 */
export function contentKeys(kind: string): (json: string) => Promise<string> {
  const counts = new Map<string, number>();
  return async (json) => {
    const content = new TextEncoder().encode(`${kind} ${JSON.stringify(JSON.parse(json), sortProperties)}`);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
    const hash = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
    const count = (counts.get(hash) ?? 0) + 1;
    counts.set(hash, count);
    return count === 1 ? hash : `${hash}-${count}`;
  };
}

const sortProperties = (_: string, value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
