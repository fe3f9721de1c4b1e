import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument, visit } from "yaml";
import { Unreadable } from "../unreadable-error.js";

/** Where something stands in a document, from its root. */
export type Pointer = readonly (string | number)[];

/** A YAML text as data, with the lines on which things stand. */
export interface YamlText {
  value: unknown;
  document: Document;
  /** The line of a key or item; of the nearest one above where it is missing. */
  lineOf(at: Pointer): number;
}

/** More than any page needs, and little enough for an expansion to stay small. */
const MAX_ALIASES = 100;
const HOSTILE_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/** Reads YAML that others wrote: whatever is broken or hostile in it is an `Unreadable`. */
export function readYaml(text: string, firstLine = 1): YamlText {
  const lines = new LineCounter();
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  // The library's own positions would count from where the text begins.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [fault] = document.errors;
  if (fault) throw new Unreadable(`invalid YAML in line ${lineAt(fault.pos[0])}: ${fault.message}`);
  visit(document, {
    Pair(_, { key }) {
      const name = isScalar(key) ? key.value : key;
      if (typeof name === "string" && HOSTILE_KEYS.has(name)) throw new Unreadable(`the key ${name}`);
    },
  });
  return {
    value: toData(document),
    document,
    lineOf: (at) => lineAt(offsetOf(document, at)),
  };
}

function toData(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (error instanceof ReferenceError) throw new Unreadable("aliases that expand without end");
    throw error;
  }
}

/** The entry of a map node by its key. */
export function pairOf(node: unknown, key: string | number): Pair | undefined {
  if (!isMap(node)) return undefined;
  return node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
}

function offsetOf(document: Document, at: Pointer): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of at) {
    if (isAlias(node)) node = node.resolve(document);
    const pair = pairOf(node, key);
    const found = pair ? pair.key : isSeq(node) ? node.items[Number(key)] : undefined;
    if (!found) break;
    offset = (found as { range?: [number, number, number] }).range?.[0] ?? offset;
    node = pair ? pair.value : found;
  }
  return offset;
}
