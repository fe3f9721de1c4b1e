import { ConfigurationError } from "../../errors.js";

/** One line of a journal. The last entry of a key counts. */
export type JournalEntry =
  /** A request with the items is about to be sent. `since`: when the first one that may have been processed was sent. */
  | { state: "sending"; keys: string[]; since: string }
  /** The request was not processed. Cancels one `sending` entry with the same `since`. */
  | { state: "notProcessed"; keys: string[]; since: string }
  /** The API accepted a request as this batch. `resent`: an earlier request may be processed, too. */
  | { state: "sent"; keys: string[]; since: string; batchId: string; resent: boolean }
  /** The outcome of one item. */
  | { state: "accepted"; keys: [string]; batchId?: string | undefined; invoiceId?: string | undefined }
  | { state: "rejected"; keys: [string]; batchId?: string | undefined; reason?: unknown };

/** An entry that says more than that the item was never sent. */
export type LastEntry = Exclude<JournalEntry, { state: "notProcessed" }>;

/**
 * Stores the progress of `submit`, so that another process can resume it: a file of JSON lines, a database table.
 * `save` resolves when the entry is stored. It may be called again before that; the journal keeps the order of the calls.
 * Entries contain keys and ids; a `reason` may contain personal data.
 *
 * To resume, submit the same items with the same journal. A rejected item stays rejected: submit a corrected one with a
 * journal of its own.
 */
export interface Journal {
  load(): Iterable<JournalEntry> | AsyncIterable<JournalEntry> | Promise<Iterable<JournalEntry>>;
  save(entry: JournalEntry): Promise<void>;
}

const isText = (value: unknown) => typeof value === "string" && value !== "";
const isTimestamp = (value: unknown) => typeof value === "string" && !Number.isNaN(Date.parse(value));
const isBoolean = (value: unknown) => typeof value === "boolean";

/** The required fields of each state, besides the keys. */
const FIELDS: Record<JournalEntry["state"], Record<string, (value: unknown) => boolean>> = {
  sending: { since: isTimestamp },
  notProcessed: { since: isTimestamp },
  sent: { since: isTimestamp, batchId: isText, resent: isBoolean },
  accepted: {},
  rejected: {},
};

/**
 * The last entry of each item that may have been processed. An invalid entry is refused: it could hide that an item was sent.
 */
export async function loadJournal(journal: Journal): Promise<Map<string, LastEntry>> {
  if (typeof journal?.load !== "function" || typeof journal.save !== "function") {
    throw new ConfigurationError("invalid_option", "journal must have the methods load and save.");
  }
  const histories = new Map<string, LastEntry[]>();
  let line = 0;
  for await (const entry of await journal.load()) {
    line++;
    if (!isEntry(entry)) {
      const message = `Entry ${line} from journal.load() is not a valid journal entry. Nothing was sent.`;
      throw new ConfigurationError("invalid_argument", message);
    }
    for (const key of entry.keys) {
      const history = histories.get(key) ?? [];
      if (entry.state === "notProcessed") cancelSending(history, entry.since);
      else history.push(entry);
      histories.set(key, history);
    }
  }
  return new Map([...histories].flatMap(([key, history]) => history.slice(-1).map((last) => [key, last])));
}

/** One entry only: an aborted run may store its entry late, when the next run has sent the item. */
function cancelSending(history: LastEntry[], since: string): void {
  const index = history.findLastIndex((entry) => entry.state === "sending" && entry.since === since);
  if (index !== -1) history.splice(index, 1);
}

function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== "object" || value === null) return false;
  const { state, keys, ...rest } = value as Record<string, unknown>;
  return (
    typeof state === "string" &&
    Object.hasOwn(FIELDS, state) &&
    Object.entries(FIELDS[state as JournalEntry["state"]]).every(([name, isValid]) => isValid(rest[name])) &&
    Array.isArray(keys) &&
    keys.every((key) => typeof key === "string")
  );
}
