import { format } from "prettier";
import { type Document, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import type { Pointer } from "../read/json.js";
import { findPair, type ParsedYaml } from "../read/parse-yaml.js";

/** The text of a file before and after its edits. */
export interface FileChange {
  path: string;
  before: string;
  after: string;
}

/** Edits a YAML file. Comments and order are kept. */
export class YamlEditor {
  readonly #path: string;
  readonly #before: string;
  readonly #document: Document;
  #isChanged = false;

  constructor({ path, text, document }: ParsedYaml & { path: string; text: string }) {
    this.#path = path;
    this.#before = text;
    this.#document = document;
  }

  has(at: Pointer): boolean {
    return this.#document.hasIn(at);
  }

  set(at: Pointer, value: unknown): void {
    const parent = this.#document.getIn(at.slice(0, -1), true);
    const node = this.#node(value);
    // A node that does not fit on one line needs a block around it.
    if (isMap(parent) && !isFlow(node)) parent.flow = false;
    this.#document.setIn(at, node);
    this.#isChanged = true;
  }

  /** Inserts an entry into a map before the first matching key, else at the end. */
  insert(at: Pointer, key: string, value: unknown, isBefore: (key: string) => boolean): void {
    const map = this.#document.getIn(at, true) as YAMLMap;
    const index = map.items.findIndex((pair) => isScalar(pair.key) && isBefore(String(pair.key.value)));
    const pair = this.#document.createPair(key, this.#node(value)) as Pair<Node, Node>;
    map.items.splice(index < 0 ? map.items.length : index, 0, pair);
    this.#isChanged = true;
  }

  /** Appends values to a list, which is created if needed. Values that it has already are skipped. */
  add(at: Pointer, ...values: unknown[]): void {
    if (!this.has(at)) this.set(at, []);
    const list = this.#document.getIn(at, true);
    const existing = new Set(isSeq(list) ? list.items.map((item) => JSON.stringify(item)) : []);
    for (const value of values) if (!existing.has(JSON.stringify(value))) this.#document.addIn(at, this.#node(value));
    this.#isChanged = true;
  }

  prepend(at: Pointer, value: unknown): void {
    const list = this.#document.getIn(at, true);
    if (isSeq(list) && list.items.length > 0) list.items.unshift(this.#node(value));
    else this.set(at, [value]);
    this.#isChanged = true;
  }

  remove(at: Pointer): void {
    this.#keepComments(at);
    this.#document.deleteIn(at);
    this.#isChanged = true;
  }

  /** Gives an entry of a map another key. Its place and its comments stay. */
  rename(at: Pointer, key: string): void {
    const pair = findPair(this.#document.getIn(at.slice(0, -1), true), at.at(-1) ?? "");
    if (pair && isScalar(pair.key)) pair.key.value = key;
    this.#isChanged = true;
  }

  /** Moves an entry of a map into another map of the document, which follows its old one when it is new. */
  move(from: Pointer, to: Pointer): void {
    const [source, name] = [from.slice(0, -1), String(from.at(-1))];
    const [target, key] = [to.slice(0, -1), String(to.at(-1))];
    const old = this.#document.getIn(source, true) as YAMLMap<Node, Node>;
    const pair = findPair(old, name) as Pair<Node, Node>;
    if (!this.has(target) && old.items.length === 1) this.rename(source, String(target.at(-1)));
    else {
      const parent = this.#document.getIn(source.slice(0, -1), true) as YAMLMap<Node, Node>;
      const isSource = (each: Pair<Node, Node>) => each.value === old;
      if (!this.has(target))
        parent.items.splice(
          parent.items.findIndex(isSource) + 1,
          0,
          this.#document.createPair(target.at(-1), {}) as Pair<Node, Node>,
        );
      (this.#document.getIn(target, true) as YAMLMap<Node, Node>).items.push(pair);
      old.items.splice(old.items.indexOf(pair), 1);
      if (old.items.length === 0) removeEntry(parent, parent.items.findIndex(isSource));
    }
    if (isScalar(pair.key)) pair.key.value = key;
    this.#isChanged = true;
  }

  /** The edited file, or `undefined` where no edit changes it. */
  async render(): Promise<FileChange | undefined> {
    if (!this.#isChanged) return undefined;
    const text = this.#document.toString({ lineWidth: 0 });
    const after = await format(text, { parser: "yaml", printWidth: 120 });
    return after === this.#before ? undefined : { path: this.#path, before: this.#before, after };
  }

  /** Moves the comment above an item, which heads a section of the list, to the next item. */
  #keepComments(at: Pointer): void {
    const list = this.#document.getIn(at.slice(0, -1), true);
    if (!isSeq(list)) return;
    const index = Number(at.at(-1));
    const [item, next] = [list.items[index], list.items[index + 1]] as (Node | undefined)[];
    const above = item?.commentBefore;
    if (!above) return;
    if (!next) list.comment = [list.comment, above].filter(Boolean).join("\n");
    else {
      next.commentBefore = [above, next.commentBefore].filter(Boolean).join("\n");
      next.spaceBefore = item.spaceBefore ?? false;
    }
  }

  #node(value: unknown): Node {
    const node = this.#document.createNode(value, { aliasDuplicateObjects: false }) as Node;
    flatten(node);
    return node;
  }
}

/** Removes an entry of a map. The comment above it, which heads a section, moves to the next entry. */
function removeEntry({ items }: YAMLMap<Node, Node>, index: number): void {
  const [removed] = items.splice(index, 1);
  const next = items[index]?.key;
  const above = removed?.key.commentBefore;
  if (!next || !above) return;
  next.commentBefore = [above, next.commentBefore].filter(Boolean).join("\n");
  next.spaceBefore = true;
}

/** Longer maps and lists do not go on one line. */
const ONE_LINE = 100;
const isFlow = (node: Node) => !(isMap(node) || isSeq(node)) || node.flow === true;

/** Puts small maps and lists of scalars on one line, as in the rest of the specs. */
function flatten(node: unknown): void {
  if (!isMap(node) && !isSeq(node)) return;
  for (const item of node.items) flatten(isMap(node) ? (item as Pair).value : item);
  const inner: unknown[] = isMap(node) ? node.items.map(({ value }) => value) : node.items;
  const isSmall = JSON.stringify(node.toJSON()).length <= ONE_LINE;
  const isList = findPair(node, "type") !== undefined && findPair(node, "items") !== undefined;
  const isPlain = inner.every(
    (child) => isScalar(child) || (isSeq(child) && child.flow) || (isList && isMap(child) && child.flow),
  );
  node.flow = isSmall && (isPlain || node.items.length === 0 || isReference(node));
}

const isReference = (node: unknown) => findPair(node, "$ref") !== undefined;
