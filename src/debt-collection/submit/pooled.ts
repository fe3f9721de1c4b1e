/**
 * Works on the elements of a source, at most `limit` at once, and gives each result when it is ready. A source that fails
 * ends the reading; what is under way is finished and given first.
 */
export async function* pooled<In, Out>(
  source: AsyncIterator<In, void>,
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
  if (failure) throw failure.failed;
}
