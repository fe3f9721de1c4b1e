import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument } from "yaml";
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
  return {
    value: toValue(document),
    document,
    lineOf: (pointer) => lineAt(findOffset(document, pointer)),
  };
}

/** A node as data, and how many nodes it expands to. */
interface Converted {
  value: unknown;
  count: number;
}

/**
 * Converts a document as `toJS` does, which bounds the number of aliases, not what they expand to, and looks for the anchor of
 * each alias in the whole document.
 */
function toValue(document: Document): unknown {
  const anchors = new Map<string, Converted | undefined>();

  const convert = (node: unknown): Converted => {
    if (isAlias(node)) return resolveAlias(node.source, anchors);
    const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
    // An alias within its own anchor finds this, and would expand without limit.
    if (anchor !== undefined) anchors.set(anchor, undefined);
    let count = 1;
    const part = (child: unknown) => {
      const converted = convert(child);
      count += converted.count;
      if (count > MAX_NODES) throw new UnreadableError("aliases that expand without limit");
      return converted.value;
    };
    const value = isMap(node)
      ? Object.fromEntries(node.items.map((pair) => [keyOf(pair), part(pair.value)]))
      : isSeq(node)
        ? node.items.map(part)
        : isScalar(node)
          ? node.value
          : null;
    const converted = { value, count };
    if (anchor !== undefined) anchors.set(anchor, converted);
    return converted;
  };
  return convert(document.contents).value;
}

function resolveAlias(name: string, anchors: Map<string, Converted | undefined>): Converted {
  if (!anchors.has(name)) throw new UnreadableError(`an alias without its anchor: *${name}`);
  const found = anchors.get(name);
  if (!found) throw new UnreadableError("aliases that expand without limit");
  return found;
}

function keyOf({ key }: Pair): string {
  if (!isScalar(key)) throw new UnreadableError("a key that is not a text");
  const name = String(key.value ?? "");
  if (HOSTILE_KEYS.has(name)) throw new UnreadableError(`the forbidden key ${name}`);
  return name;
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
