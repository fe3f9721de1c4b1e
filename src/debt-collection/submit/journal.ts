import { ConfigurationError } from "../../errors.js";

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
 * `save` must have written the entry when it resolves, and may be called again before that. Entries hold keys and ids; a
 * `reason` may hold personal data.
 *
 * Whoever goes on gives the same items. One that was rejected stays so: give a corrected one a journal of its own.
 */
export interface Journal {
  load(): Iterable<JournalEntry> | AsyncIterable<JournalEntry> | Promise<Iterable<JournalEntry>>;
  save(entry: JournalEntry): Promise<void>;
}

/** What an entry of each state must name beside its keys. */
const NAMED: Record<JournalEntry["state"], string[]> = {
  sending: ["at"],
  sent: ["batchId"],
  accepted: [],
  rejected: [],
};

/** The last entry on each key. An entry that is none might hide that an item was sent, and so nothing is begun upon it. */
export async function lastEntries(journal: Journal): Promise<Map<string, JournalEntry>> {
  if (typeof journal.load !== "function" || typeof journal.save !== "function") {
    throw new ConfigurationError("invalid_option", "journal must have the methods load and save.");
  }
  const last = new Map<string, JournalEntry>();
  let line = 0;
  for await (const entry of await journal.load()) {
    line++;
    if (!isEntry(entry)) {
      const message = `Entry ${line} that journal.load gave is none that was saved. Nothing was sent.`;
      throw new ConfigurationError("invalid_argument", message);
    }
    for (const key of entry.keys) last.set(key, entry);
  }
  return last;
}

function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== "object" || value === null) return false;
  const { state, keys, ...rest } = value as Record<string, unknown>;
  return (
    typeof state === "string" &&
    Object.hasOwn(NAMED, state) &&
    NAMED[state as JournalEntry["state"]].every((name) => typeof rest[name] === "string" && rest[name] !== "") &&
    Array.isArray(keys) &&
    keys.every((key) => typeof key === "string")
  );
}
