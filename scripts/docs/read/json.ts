import { UnreadableError } from "../unreadable-error.js";

export type JsonObject = Record<string, unknown>;

/** The keys and indexes that lead from the root of a document to a value. */
export type Pointer = readonly (string | number)[];

/** A value as an object; anything else is an empty one. */
export function asObject(value: unknown): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

export const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const asString = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

export function valueAt(root: unknown, pointer: Pointer): unknown {
  let found = root;
  for (const key of pointer) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as JsonObject)[key];
  }
  return found;
}

/** Follows `$ref` from a pointer to the value itself. */
export function resolveReference(root: unknown, pointer: Pointer): Pointer {
  const seen = new Set<string>();
  let target = pointer;
  for (;;) {
    const ref = asObject(valueAt(root, target)).$ref;
    if (ref === undefined) return target;
    if (typeof ref !== "string" || !ref.startsWith("#/"))
      throw new UnreadableError(`a $ref out of the document: ${ref}`);
    if (seen.has(ref)) throw new UnreadableError(`a $ref that leads to itself: ${ref}`);
    seen.add(ref);
    target = parseReference(ref);
    if (valueAt(root, target) === undefined) throw new UnreadableError(`a $ref that leads nowhere: ${ref}`);
  }
}

/** The pointer of a `$ref` within the document. */
export function parseReference(ref: string): string[] {
  try {
    const parts = ref.slice(2).split("/").map(decodeURIComponent);
    return parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  } catch (error) {
    throw new UnreadableError(`a $ref with broken escapes: ${ref}`, { cause: error });
  }
}
