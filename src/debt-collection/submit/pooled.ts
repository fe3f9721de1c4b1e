/**
 * Works on the elements of a source, at most `limit` at once, and gives each result when it is ready. A source that fails
 * ends the reading; what is under way is finished and given first. The source is closed where its reader leaves.
 */
export async function* pooled<In, Out>(
  source: AsyncGenerator<In, void, undefined>,
  limit: number,
  work: (element: In) => Promise<Out>,
): AsyncGenerator<Out, void, undefined> {
  type Event = { read: IteratorResult<In, void> } | { failed: unknown } | { result: Out };
  const running = new Map<Promise<void>, Event | undefined>();
  const start = (promise: Promise<Event>) => {
    const settled: Promise<void> = promise.then((event) => {
      running.set(settled, event);
    });
    running.set(settled, undefined);
  };
  const read = () =>
    source.next().then(
      (element): Event => ({ read: element }),
      (failed: unknown): Event => ({ failed }),
    );
  let open = true;
  let reading = false;
  let failure: { failed: unknown } | undefined;
  try {
    for (;;) {
      if (open && !reading && running.size < limit) {
        reading = true;
        start(read());
      }
      if (running.size === 0) break;
      await Promise.race(running.keys());
      for (const [settled, event] of running) {
        if (!event) continue;
        running.delete(settled);
        if ("result" in event) yield event.result;
        else {
          reading = false;
          if ("failed" in event) failure = event;
          if ("failed" in event || event.read.done) open = false;
          else start(work(event.read.value).then((result) => ({ result })));
        }
      }
    }
  } finally {
    const closed = source.return();
    // Where a read is under way it closes once that has ended, which may take for ever.
    if (reading) closed.catch(() => {});
    else await closed;
  }
  if (failure) throw failure.failed;
}
