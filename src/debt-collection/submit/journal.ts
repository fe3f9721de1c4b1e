/** One line of a journal. Lines are only ever added; the last one on a key counts. */
export type JournalEntry =
  /** The items are about to be sent. Without a later line nobody knows whether they arrived. */
  | { state: "sending"; keys: string[]; at: string }
  /** They arrived, in this batch. */
  | { state: "sent"; keys: string[]; batchId: string }
  /** They are settled. */
  | { state: "accepted"; keys: [string]; batchId?: string; invoiceId?: string }
  | { state: "rejected"; keys: [string]; batchId?: string; reason?: unknown };

/**
 * Where a process keeps how far it came, so that another can go on after it was killed: a file of JSON lines, a table.
 * `save` must have written the entry when it resolves. Entries hold keys and ids; a `reason` may hold personal data.
 */
export interface Journal {
  load(): Iterable<JournalEntry> | AsyncIterable<JournalEntry> | Promise<Iterable<JournalEntry>>;
  save(entry: JournalEntry): Promise<void>;
}

/** The last entry on each key. */
export async function lastEntries(journal: Journal | undefined): Promise<Map<string, JournalEntry>> {
  const last = new Map<string, JournalEntry>();
  for await (const entry of (await journal?.load()) ?? []) {
    for (const key of entry.keys) last.set(key, entry);
  }
  return last;
}
