import { format } from "prettier";
import { type Document, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import { type Pointer, pairOf, type YamlText } from "../read/parse-yaml.js";

/** A file's text before and after its edits. */
export interface Change {
  path: string;
  before: string;
  after: string;
}

/** A file that is being edited: its document keeps comments and order. */
export class Editor {
  readonly #path: string;
  readonly #before: string;
  readonly #document: Document;
  #isChanged = false;

  constructor({ path, text, document }: YamlText & { path: string; text: string }) {
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
    // What does not fit on one line opens up what it is put into.
    if (isMap(parent) && !isFlow(node)) parent.flow = false;
    this.#document.setIn(at, node);
    this.#isChanged = true;
  }

  /** Puts an entry into a map before the first key that a test holds for, else at the end. */
  insert(at: Pointer, key: string, value: unknown, isBefore: (key: string) => boolean): void {
    const map = this.#document.getIn(at, true) as YAMLMap;
    const index = map.items.findIndex((pair) => isScalar(pair.key) && isBefore(String(pair.key.value)));
    const pair = this.#document.createPair(key, this.#node(value)) as Pair<Node, Node>;
    map.items.splice(index < 0 ? map.items.length : index, 0, pair);
    this.#isChanged = true;
  }

  /** Appends to a list, which is made if there is none, what is not in it: several pages may tell the same. */
  add(at: Pointer, ...values: unknown[]): void {
    if (!this.has(at)) this.set(at, []);
    const list = this.#document.getIn(at, true);
    const held = new Set(isSeq(list) ? list.items.map((item) => JSON.stringify(item)) : []);
    for (const value of values) if (!held.has(JSON.stringify(value))) this.#document.addIn(at, this.#node(value));
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

  /** The text before, and after the edits; `undefined` if there were none. */
  async render(): Promise<Change | undefined> {
    if (!this.#isChanged) return undefined;
    const text = this.#document.toString({ lineWidth: 0 });
    const after = await format(text, { parser: "yaml", printWidth: 120 });
    return { path: this.#path, before: this.#before, after };
  }

  /** The comment above an item of a list opens a section; it goes to the next item. */
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

/** The length up to which a map or list stands on one line. */
const ONE_LINE = 100;
const isFlow = (node: Node) => !(isMap(node) || isSeq(node)) || node.flow === true;

/** Small maps and lists of scalars on one line, as in the rest of the specs. */
function flatten(node: unknown): void {
  if (!isMap(node) && !isSeq(node)) return;
  for (const item of node.items) flatten(isMap(node) ? (item as Pair).value : item);
  const inner: unknown[] = isMap(node) ? node.items.map(({ value }) => value) : node.items;
  const isSmall = JSON.stringify(node.toJSON()).length <= ONE_LINE;
  const isList = pairOf(node, "type") !== undefined && pairOf(node, "items") !== undefined;
  const isPlain = inner.every(
    (child) => isScalar(child) || (isSeq(child) && child.flow) || (isList && isMap(child) && child.flow),
  );
  node.flow = isSmall && (isPlain || node.items.length === 0 || isReference(node));
}

const isReference = (node: unknown) => pairOf(node, "$ref") !== undefined;
