/** A page or a source that cannot be read, with the reason in words for people. The run goes on without it. */
export class Unreadable extends Error {}

/** What any failure in reading says, in one line; deep nesting shows as an overflow of the stack. */
export function reasonOf(error: unknown): string {
  if (error instanceof RangeError && error.message.includes("call stack")) return "nested too deep";
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}
