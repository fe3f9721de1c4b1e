import { PaginationError } from "../errors.js";

/** The query parameters that identify a page. Empty for the first one. */
export type Position = Record<string, string>;

/** A position as text, with the number of items of its page to skip. */
export function formatCursor(position: Position, skip = 0): string {
  return new URLSearchParams(skip > 0 ? { ...position, skip: String(skip) } : position).toString();
}

export function parseCursor(cursor: string, parameters: readonly string[]): { position: Position; skip: number } {
  const { skip = "0", ...position } = Object.fromEntries(new URLSearchParams(cursor)) as Record<string, string>;
  const given = Object.keys(position);
  const isComplete =
    given.length === 0
      ? skip !== "0"
      : parameters.every((name) => position[name]) && given.length === parameters.length;
  if (isComplete && /^\d+$/.test(skip)) return { position, skip: Number(skip) };
  throw new PaginationError(
    "invalid_cursor",
    `The cursor does not belong to this list: it should contain ${parameters.join(" and ")}. Pass the cursor of one of its pages.`,
  );
}
