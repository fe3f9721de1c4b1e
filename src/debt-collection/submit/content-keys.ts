import { sha256, toHex } from "../../bytes.js";
import { StringIndex } from "./string-index.js";

/** A hash of an item's content, whatever the order of its properties. */
export async function contentHash(kind: string, json: string): Promise<string> {
  const content = new TextEncoder().encode(`${kind} ${JSON.stringify(JSON.parse(json), sortProperties)}`);
  return toHex((await sha256(content)).subarray(0, 16));
}

/**
 * Keys for items without an id: a hash of the content. Items with the same content are numbered, so each has the same key in
 * every run, whatever their order.
 */
export function contentKeys(kind: string): (json: string) => Promise<string> {
  const counts = new StringIndex();
  return async (json) => {
    const hash = await contentHash(kind, json);
    const count = (counts.get(hash) ?? 0) + 1;
    counts.set(hash, count);
    return count === 1 ? hash : `${hash}-${count}`;
  };
}

const sortProperties = (_: string, value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
