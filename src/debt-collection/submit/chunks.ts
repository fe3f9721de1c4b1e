import type { JournalEntry } from "./journal.js";

/** An item and its key. */
export interface Keyed<Item> {
  item: Item;
  key: string;
}

/** Items that go one way together: new ones, or those that an earlier process had sent together. */
export interface Chunk<Item> {
  items: Keyed<Item>[];
  /** What the journal says of them; `undefined` for new ones. */
  entry: JournalEntry | undefined;
}

/**
 * Cuts the input into chunks, reading no further than each needs. `alone` names what an item must not share a chunk with,
 * so that the batch's answer tells the items of a chunk apart.
 */
export async function* cut<Item>(
  items: AsyncIterable<Keyed<Item>>,
  size: number,
  entries: Map<string, JournalEntry>,
  alone: (item: Item) => unknown,
): AsyncGenerator<Chunk<Item>, void, undefined> {
  let chunk: Chunk<Item> = { items: [], entry: undefined };
  let taken = new Set<unknown>();
  for await (const keyed of items) {
    const entry = entries.get(keyed.key);
    const mark = alone(keyed.item);
    const full = chunk.items.length >= size || entry !== chunk.entry || (mark !== undefined && taken.has(mark));
    if (full && chunk.items.length > 0) {
      yield chunk;
      chunk = { items: [], entry };
      taken = new Set();
    }
    chunk.entry = entry;
    chunk.items.push(keyed);
    taken.add(mark);
  }
  if (chunk.items.length > 0) yield chunk;
}
