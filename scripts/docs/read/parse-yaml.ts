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

/** The nodes of a document with its aliases expanded. A page of 2 MB has some 100 000. */
const MAX_NODES = 1_000_000;
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

/** The library bounds the number of aliases, which real pages exceed; what has to be bounded is what they expand to. */
function toValue(document: Document): unknown {
  const counts = new Map<unknown, number>();
  const anchors = new Map<string, unknown>();

  /** Counts a node with all below it: an anchor once, and each of its aliases with its count. */
  const count = (node: unknown): number => {
    const known = counts.get(node);
    if (known !== undefined) return known;
    // An alias within its own anchor finds this, and expands without limit.
    counts.set(node, Number.POSITIVE_INFINITY);
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor) anchors.set(node.anchor, node);
    const total = partsOf(node, anchors).reduce<number>((sum, part) => sum + count(part), 1);
    if (total > MAX_NODES) throw new UnreadableError("aliases that expand without limit");
    counts.set(node, total);
    return total;
  };
  count(document.contents);
  return document.toJS({ maxAliasCount: -1 });
}

function partsOf(node: unknown, anchors: Map<string, unknown>): unknown[] {
  if (isMap(node)) return node.items.flatMap(({ key, value }) => [key, value]);
  if (isSeq(node)) return node.items;
  if (!isAlias(node)) return [];
  if (!anchors.has(node.source)) throw new UnreadableError(`an alias without its anchor: *${node.source}`);
  return [anchors.get(node.source)];
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
