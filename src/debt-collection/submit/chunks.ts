import type { JournalEntry } from "./journal.js";
import type { Rejected } from "./outcome.js";
import type { Keyed } from "./source.js";

/** Items that go one way together: new ones, or those that an earlier process had sent together. */
export interface Chunk<Item> {
  items: Keyed<Item>[];
  /** What the journal says of them; `undefined` for new ones. */
  entry: JournalEntry | undefined;
  /** What stood among them and cannot be sent. */
  rejected: Rejected<Item>[];
}

/**
 * Cuts the input into chunks, reading no further than each needs. `alone` names what an item must not share a chunk with,
 * so that the batch's answer tells the items of a chunk apart. What was read before the source failed comes before its error.
 */
export async function* cut<Item>(
  items: AsyncIterable<Keyed<Item> | Rejected<Item>>,
  size: number,
  entries: Map<string, JournalEntry>,
  alone: (item: Item) => unknown,
): AsyncGenerator<Chunk<Item>, void, undefined> {
  let chunk: Chunk<Item> = { items: [], entry: undefined, rejected: [] };
  let taken = new Set<unknown>();
  const length = () => chunk.items.length + chunk.rejected.length;
  let failure: { error: unknown } | undefined;
  try {
    for await (const next of items) {
      const isRejected = "status" in next;
      const entry = isRejected ? chunk.entry : entries.get(next.key);
      const mark = isRejected ? undefined : alone(next.item);
      const full = length() >= size || (mark !== undefined && taken.has(mark));
      if (full || (entry !== chunk.entry && chunk.items.length > 0)) {
        yield chunk;
        chunk = { items: [], entry, rejected: [] };
        taken = new Set();
      }
      if (isRejected) chunk.rejected.push(next);
      else {
        chunk.entry = entry;
        chunk.items.push(next);
        taken.add(mark);
      }
    }
  } catch (error) {
    failure = { error };
  }
  if (length() > 0) yield chunk;
  if (failure) throw failure.error;
}
