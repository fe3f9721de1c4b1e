import { ConfigurationError } from "../../errors.js";
import { raceAbort } from "../../http/abort.js";
import type { Kind } from "./kind.js";
import type { Rejected } from "./outcome.js";

export type Items<Item> = Iterable<Item> | AsyncIterable<Item>;

/** An item and its key. */
export interface Keyed<Item> {
  item: Item;
  key: string;
}

/** The items with their keys, until the run ends. One that cannot be told from others is rejected in its place. */
export async function* keyed<Item>(
  items: Items<Item>,
  kind: Kind<Item>,
  ended: AbortSignal,
): AsyncGenerator<Keyed<Item> | Rejected<Item>, void, undefined> {
  const seen = new Set<string>();
  let index = -1;
  for await (const item of until(items, ended)) {
    index++;
    const key = typeof item === "object" && item !== null ? await kind.key(item) : undefined;
    if (key !== undefined && !seen.has(key)) {
      seen.add(key);
      yield { item, key };
    } else {
      const why = key === undefined ? kind.keyless : "an item before it has the same key";
      const reason = new ConfigurationError("invalid_argument", `Item ${index} was not sent: ${why}.`);
      yield { status: "rejected", item, key: key ?? String(index), batchId: undefined, reason };
    }
  }
}

/** The items until the signal aborts, which need not wait for the next one. The source is closed where it has not ended. */
async function* until<Item>(items: Items<Item>, signal: AbortSignal): AsyncGenerator<Item, void, undefined> {
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
    if (!signal.aborted) {
      state = "ended";
      throw error;
    }
  } finally {
    if (state === "open") await source.return?.();
    // It closes when what it waits for has come, if ever.
    else if (state === "reading") Promise.resolve(source.return?.()).catch(() => {});
  }
}

function iteratorOf<Item>(items: Items<Item>): AsyncIterator<Item> | Iterator<Item> {
  const { [Symbol.asyncIterator]: later, [Symbol.iterator]: now } = Object(items) as Partial<
    AsyncIterable<Item> & Iterable<Item>
  >;
  const iterator = later?.call(items) ?? now?.call(items);
  if (iterator) return iterator;
  throw new ConfigurationError(
    "invalid_argument",
    `Items must be an array or another iterable, also an async one; ${typeof items} was given. Nothing was sent.`,
  );
}
