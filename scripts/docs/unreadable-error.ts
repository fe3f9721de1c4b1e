/** A page, a source or a spec that cannot be read. The message is the reason. */
export class UnreadableError extends Error {}

/** The reason of any failure, in one line. Input that is nested too deeply overflows the stack. */
export function reasonOf(error: unknown): string {
  if (error instanceof RangeError && error.message.includes("call stack")) return "nested too deeply";
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}
