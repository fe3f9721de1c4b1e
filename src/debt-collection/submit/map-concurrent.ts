import type { Slots } from "./slots.js";

interface Lanes {
  /** How many elements are mapped at a time, including those that wait. */
  limit: number;
  /** An element is read when a slot is free. `map` releases it. */
  slots: Slots;
  /** Ends the wait for a slot. */
  signal: AbortSignal;
}

/**
 * Maps the elements of a source concurrently, and yields each result when it is ready. The next element is read once a
 * result was taken. An error of the source is thrown after the results that are in flight. The source is closed when the
 * consumer leaves.
 */
export async function* mapConcurrent<In, Out>(
  source: AsyncGenerator<In, void, undefined>,
  { limit, slots, signal }: Lanes,
  map: (element: In, hasSlot: boolean) => Promise<Out>,
): AsyncGenerator<Out, void, undefined> {
  const errors: unknown[] = [];
  let reads = 0;

  let lastRead: Promise<unknown> = Promise.resolve();

  /** Reads an element when a slot is free, and takes the slot. One that waits for its source holds none. */
  async function read(): Promise<{ element: In; hasSlot: boolean } | undefined> {
    const acquire = () =>
      slots.acquire([signal]).then(
        () => true,
        // An aborted source ends at once. What was read still gets its result.
        () => false,
      );
    if (await acquire()) slots.release();
    reads++;
    const { done = true, value } = await source
      .next()
      .catch((error: unknown) => ({ done: true as const, value: void errors.push(error) }))
      .finally(() => reads--);
    return done ? undefined : { element: value as In, hasSlot: await acquire() };
  }

  async function next(lane: number): Promise<{ lane: number; result?: { value: Out } }> {
    const turn = lastRead.then(read);
    lastRead = turn;
    const taken = await turn;
    return taken ? { lane, result: { value: await map(taken.element, taken.hasSlot) } } : { lane };
  }

  const running = new Map(Array.from({ length: limit }, (_, lane) => [lane, next(lane)]));
  try {
    while (running.size > 0) {
      const { lane, result } = await Promise.race(running.values());
      running.delete(lane);
      if (!result) continue;
      yield result.value;
      running.set(lane, next(lane));
    }
  } finally {
    const closed = source.return();
    // A pending read delays the closing, perhaps for ever.
    if (reads > 0) closed.catch(() => {});
    else await closed;
  }
  if (errors.length > 0) throw errors[0];
}
