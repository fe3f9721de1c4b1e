import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument, visit } from "yaml";
import { UnreadableError } from "../unreadable-error.js";
import type { Pointer } from "./json.js";

/** A YAML text as data, with line numbers. */
export interface ParsedYaml {
  value: unknown;
  document: Document;
  /** The line of a key or item, else that of its nearest existing parent. */
  lineOf(pointer: Pointer): number;
}

/** More than any page needs, and few enough to keep an expansion small. */
const MAX_ALIASES = 100;
const HOSTILE_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/** Parses untrusted YAML. @throws {UnreadableError} when it is broken or hostile */
export function parseYaml(text: string, firstLine = 1): ParsedYaml {
  const lines = new LineCounter();
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  // The positions in the library's own messages ignore `firstLine`.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) throw new UnreadableError(`invalid YAML in line ${lineAt(error.pos[0])}: ${error.message}`);
  visit(document, {
    Pair(_, { key }) {
      const name = isScalar(key) ? key.value : key;
      if (typeof name === "string" && HOSTILE_KEYS.has(name)) throw new UnreadableError(`the forbidden key ${name}`);
    },
  });
  return {
    value: toValue(document),
    document,
    lineOf: (pointer) => lineAt(findOffset(document, pointer)),
  };
}

function toValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (error instanceof ReferenceError) throw new UnreadableError("aliases that expand without limit");
    throw error;
  }
}

/** The entry of a map node by its key. */
export function findPair(node: unknown, key: string | number): Pair | undefined {
  if (!isMap(node)) return undefined;
  return node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
}

function findOffset(document: Document, pointer: Pointer): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of pointer) {
    if (isAlias(node)) node = node.resolve(document);
    const pair = findPair(node, key);
    const found = pair ? pair.key : isSeq(node) ? node.items[Number(key)] : undefined;
    if (!found) break;
    offset = (found as { range?: [number, number, number] }).range?.[0] ?? offset;
    node = pair ? pair.value : found;
  }
  return offset;
}
