import { inspect } from "node:util";

/** An error, its causes and the errors gathered in it. */
export function* chain(error: unknown): Generator<unknown> {
  for (let e = error; e !== undefined; e = e instanceof Error ? e.cause : undefined) {
    yield e;
    if (e instanceof AggregateError) for (const inner of e.errors) yield* chain(inner);
  }
}

/** All that a log could show of a value: printed with hidden properties, as JSON, and message and stack of its causes. */
export function everything(value: unknown): string {
  return [...chain(value)]
    .flatMap((v) => [
      inspect(v, { depth: 20, showHidden: true }),
      JSON.stringify(v) ?? "",
      ...(v instanceof Error ? [v.message, v.stack ?? "", String(v)] : []),
    ])
    .join("\n");
}
