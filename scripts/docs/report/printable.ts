/** Replaces control characters: the text of a page must not steer a terminal. */
export function printable<T>(value: T): T {
  if (typeof value === "string") return value.replace(/\p{Cc}+/gu, " ") as T;
  if (Array.isArray(value)) return value.map(printable) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, printable(part)])) as T;
}
