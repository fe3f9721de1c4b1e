import { Unreadable } from "../unreadable-error.js";
import type { Pointer } from "./parse-yaml.js";

export type Json = Record<string, unknown>;

/** A value as an object; anything else is an empty one. */
export function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

export function at(root: unknown, pointer: Pointer): unknown {
  let found = root;
  for (const key of pointer) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Json)[key];
  }
  return found;
}

/** Follows the references of a place to where the thing itself stands. */
export function resolve(root: unknown, pointer: Pointer): Pointer {
  const seen = new Set<string>();
  let place = pointer;
  for (;;) {
    const ref = objectOf(at(root, place)).$ref;
    if (ref === undefined) return place;
    if (typeof ref !== "string" || !ref.startsWith("#/")) throw new Unreadable(`a $ref out of the document: ${ref}`);
    if (seen.has(ref)) throw new Unreadable(`a $ref that leads to itself: ${ref}`);
    seen.add(ref);
    place = pointerOf(ref);
    if (at(root, place) === undefined) throw new Unreadable(`a $ref that leads nowhere: ${ref}`);
  }
}

export function pointerOf(ref: string): string[] {
  try {
    const parts = ref.slice(2).split("/").map(decodeURIComponent);
    return parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  } catch (error) {
    throw new Unreadable(`a $ref with broken escapes: ${ref}`, { cause: error });
  }
}
