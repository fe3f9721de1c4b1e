/**
 * Names things that have no id by what they hold: the first of several that hold the same, the second, and so on. In
 * whatever order they come again, each has the name that it had.
 */
export function contentKeys(kind: string): (item: object) => Promise<string> {
  const counts = new Map<string, number>();
  return async (item) => {
    const text = new TextEncoder().encode(`${kind} ${JSON.stringify(item, sorted)}`);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
    const name = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name}-${count}`;
  };
}

/** The order of properties is nothing to go by. */
const sorted = (_: string, value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
