/**
 * Maps the elements of a source, at most `limit` at a time, and yields each result when it is ready. A slot reads its next
 * element once its result was taken. An error of the source is thrown after the results that are in flight. The source is
 * closed when the consumer leaves.
 */
export async function* mapConcurrent<In, Out>(
  source: AsyncGenerator<In, void, undefined>,
  limit: number,
  map: (element: In) => Promise<Out>,
): AsyncGenerator<Out, void, undefined> {
  const errors: unknown[] = [];
  let reads = 0;

  async function next(slot: number): Promise<{ slot: number; result?: { value: Out } }> {
    reads++;
    const read = await source
      .next()
      .catch((error: unknown) => void errors.push(error))
      .finally(() => reads--);
    return !read || read.done ? { slot } : { slot, result: { value: await map(read.value) } };
  }

  const running = new Map(Array.from({ length: limit }, (_, slot) => [slot, next(slot)]));
  try {
    while (running.size > 0) {
      const { slot, result } = await Promise.race(running.values());
      running.delete(slot);
      if (!result) continue;
      yield result.value;
      running.set(slot, next(slot));
    }
  } finally {
    const closed = source.return();
    // A pending read delays the closing, perhaps for ever.
    if (reads > 0) closed.catch(() => {});
    else await closed;
  }
  if (errors.length > 0) throw errors[0];
}
