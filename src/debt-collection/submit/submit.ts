import type { CallOptions } from "../../call.js";
import { BatchError } from "../../errors.js";
import { onAbort, raceAbort } from "../../http/abort.js";
import { checkCallOptions, checkCount, MAX_TIMER } from "../../http/checks.js";
import { type Chunk, cut } from "./chunks.js";
import { Course } from "./course.js";
import { type Journal, lastEntries } from "./journal.js";
import type { Kind } from "./kind.js";
import type { Outcome } from "./outcome.js";
import { pooled } from "./pooled.js";
import { type Items, keyed } from "./source.js";

/** Options of `submit`. */
export interface SubmitOptions extends Omit<CallOptions, "timeout"> {
  /**
   * How many items go in one request. Default 100; the API's own limit is not documented. A chunk is sent when it is full or
   * the items end, not before.
   */
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
  items: Items<Item>,
  kind: Kind<Item>,
  options: SubmitOptions = {},
): AsyncGenerator<Outcome<Item>, void, undefined> {
  const { chunkSize = 100, concurrency = 4, timeout = 600_000, settle = 30_000, journal, signal, ...rest } = options;
  checkCount("chunkSize", chunkSize, 1);
  checkCount("concurrency", concurrency, 1);
  checkCount("settle", settle, 0, MAX_TIMER);
  checkCallOptions(rest);

  const courses = new Set<Course<Item>>();
  const ended = new AbortController();
  /** Nothing more is read or sent. */
  const end = (reason: unknown) => {
    ended.abort(reason);
    for (const course of courses) course.stop(reason);
  };
  /** Nor is anything that was sent followed to its end. */
  const abort = (reason: unknown) => {
    end(reason);
    for (const course of courses) course.abort(reason);
  };

  async function settleChunk({ items: flying, entry, rejected }: Chunk<Item>): Promise<Outcome<Item>[]> {
    const course = new Course(kind, flying, { callOptions: rest, settle, journal });
    courses.add(course);
    if (ended.signal.aborted) course.abort(ended.signal.reason);
    const timer = setTimeout(() => {
      const message = `A chunk was not settled after ${timeout} ms; nothing more is sent. What is not known yet stays unknown.`;
      course.abort(new BatchError("submit_timeout", message));
    }, timeout);
    let reason: unknown;
    try {
      if (flying.length > 0) await course.run(entry);
    } catch (error) {
      reason = error;
      // What no further item would escape ends the run.
      end(error);
    } finally {
      clearTimeout(timer);
      courses.delete(course);
    }
    return [...rejected, ...course.outcomes(reason)];
  }

  const off = onAbort(signal ? [signal] : [], abort);
  try {
    const entries = journal ? await raceAbort(lastEntries(journal), [ended.signal]) : new Map();
    const chunks = cut(keyed(items, kind, ended.signal), chunkSize, entries, (item) => kind.alone(item));
    for await (const outcomes of pooled(chunks, concurrency, settleChunk)) yield* outcomes;
    ended.signal.throwIfAborted();
  } finally {
    off();
    abort(undefined);
  }
}
