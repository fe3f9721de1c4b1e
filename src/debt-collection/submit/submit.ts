import { BatchError, ConfigurationError } from "../../errors.js";
import { checkCount, checkTimeout } from "../../http/checks.js";
import type { CallOptions } from "../../http/client.js";
import { onAbort } from "../../http/signals.js";
import { type Chunk, cut, type Keyed } from "./chunks.js";
import { Course } from "./course.js";
import { type Journal, lastEntries } from "./journal.js";
import type { Kind } from "./kind.js";
import type { Outcome } from "./outcome.js";
import { pooled } from "./pooled.js";

/** Options of `submit`. */
export interface SubmitOptions extends Omit<CallOptions, "timeout"> {
  /** How many items go in one request. Default 100; the API's own limit is not documented. */
  chunkSize?: number;
  /** How many chunks are under way at once. Default 4. */
  concurrency?: number;
  /** How long a chunk may take until its outcomes are known, in ms. Default 600 000. Longer, and the run ends. */
  timeout?: number;
  /**
   * How long after a lost answer, in ms, a request that shows nowhere is taken not to have arrived. Default 30 000; how
   * long the API may hold a request before its batch shows is not documented.
   */
  settle?: number;
  /** Lets another process go on where this one stopped. */
  journal?: Journal;
}

/**
 * Sends items in chunks, waits for their batches, and gives an outcome for each as soon as it is known. After a lost answer
 * it looks for what arrived before it sends anything again. What ends the run (the signal, `timeout`, an error that all
 * further items would meet) is thrown after the outcomes of what was under way.
 */
export async function* submit<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  kind: Kind<Item>,
  options: SubmitOptions = {},
): AsyncGenerator<Outcome<Item>, void, undefined> {
  const { chunkSize = 100, concurrency = 4, timeout = 600_000, settle = 30_000, journal, signal, ...rest } = options;
  checkCount("chunkSize", chunkSize, 1);
  checkCount("concurrency", concurrency, 1);
  checkTimeout("timeout", timeout);
  checkCount("settle", settle, 0);

  const controller = new AbortController();
  const off = onAbort(signal ? [signal] : [], (reason) => controller.abort(reason));
  const callOptions = { ...rest, signal: controller.signal };
  const unsendable: Outcome<Item>[] = [];

  async function settleChunk({ items: keyed, entry }: Chunk<Item>): Promise<Outcome<Item>[]> {
    const course = new Course(kind, keyed, { callOptions, settle, journal });
    const timer = setTimeout(() => {
      const message = `A chunk was not settled after ${timeout} ms. Its items are unknown; nothing more is sent.`;
      controller.abort(new BatchError("submit_timeout", message));
    }, timeout);
    try {
      await course.run(entry);
    } catch (reason) {
      // What no further item would escape ends the run.
      controller.abort(reason);
    } finally {
      clearTimeout(timer);
    }
    return course.outcomes(controller.signal.reason);
  }

  try {
    const chunks = cut(
      withKeys(items, kind, controller.signal, unsendable),
      chunkSize,
      await lastEntries(journal),
      (item) => kind.alone(item),
    );
    for await (const outcomes of pooled(chunks, concurrency, settleChunk)) {
      yield* unsendable.splice(0);
      yield* outcomes;
    }
    yield* unsendable;
    controller.signal.throwIfAborted();
  } finally {
    off();
    controller.abort();
  }
}

/** The items with their keys, until the run ends. One that cannot be told from others is not sent. */
async function* withKeys<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  kind: Kind<Item>,
  ended: AbortSignal,
  unsendable: Outcome<Item>[],
): AsyncGenerator<Keyed<Item>, void, undefined> {
  const seen = new Set<string>();
  let index = 0;
  for await (const item of items) {
    if (ended.aborted) return;
    const key = kind.key(item, index);
    if (key !== undefined && !seen.has(key)) {
      seen.add(key);
      yield { item, key };
    } else {
      const why = key === undefined ? kind.keyless : "an item before it has the same key";
      const reason = new ConfigurationError("invalid_argument", `Item ${index} was not sent: ${why}.`);
      unsendable.push({ status: "rejected", item, key: key ?? String(index), batchId: undefined, reason });
    }
    index++;
  }
}
