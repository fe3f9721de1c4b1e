import { ConfigurationError } from "../../errors.js";
import { isNonEmptyString } from "./ids.js";

/** Whose outcomes a journal holds. Keys of different owners may be equal. */
export interface JournalOwner {
  /** The base URL of the API. */
  address: string;
  environment: string;
  organizationId: string;
  kind: "invoice" | "payment" | "correction";
}

/** The state of one item. The last record of a key counts. */
export type JournalRecord = { key: string } & (
  | {
      /** A request with the item is about to be sent. */
      state: "sending";
      /** When the first request that may have been processed was sent, by the server's clock. */
      since: string;
      idempotencyKey?: string | undefined;
    }
  /** No request with the item was processed. */
  | { state: "notSent" }
  /** The API accepted a request with `size` items as this batch. */
  | { state: "sent"; since: string; batchId: string; size: number; idempotencyKey?: string | undefined }
  | { state: "accepted" | "exists"; batchId?: string | undefined; invoiceId?: string | undefined }
  | { state: "rejected"; batchId?: string | undefined; reason?: unknown }
);

/**
 * Stores the progress of `submit`, so that another process can resume it. `fileJournal` of `amili-client/node` is one; one
 * of your own, such as a database table, is checked by `testJournal` of the same entry point.
 *
 * Records contain keys and ids; a `reason` may contain personal data.
 */
export interface Journal {
  /**
   * Claims the journal for one submit. Rejects when it belongs to another owner or another submit has it open. An empty
   * journal gets the owner.
   */
  open(owner: JournalOwner): Promise<void>;
  /** The last record of each of the keys that has one, in any order. */
  read(keys: readonly string[]): Promise<readonly JournalRecord[]>;
  /**
   * Stores records, in the order of the calls. Resolves when they are stored; `sending` must survive a power failure by
   * then. It may be called again before it resolves.
   */
  write(records: readonly JournalRecord[]): Promise<void>;
  /** Ends the claim. */
  close(): Promise<void>;
  /** Only if other submits of the same owner use the journal at the same time, each for other items. */
  readonly shared?: SharedJournal;
}

/**
 * What a submit knows of others that run at the same time. An invoice number alone then proves nothing, since another submit
 * may have sent the same one.
 */
export interface SharedJournal {
  /** Those of the batches that a submit recorded as `sent`: their items are known, so none is one whose response was lost. */
  recordedBatches(batchIds: readonly string[]): Promise<readonly string[]>;
  /** Whether the API has accepted items of the owner lately: a request that it refuses then is about its items. */
  isAccepting(): boolean;
}

export function checkJournal(journal: Journal): void {
  const missing = (["open", "read", "write", "close"] as const).filter((name) => typeof journal?.[name] !== "function");
  if (missing.length === 0) return;
  throw new ConfigurationError("invalid_option", `journal must have the methods open, read, write and close.`);
}

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === "string";
const isOptionalText: Check = (value) => value === undefined || isText(value);
const isTimestamp: Check = (value) => typeof value === "string" && !Number.isNaN(Date.parse(value));

/** The fields of each state besides `key` and `state`. */
const FIELDS: Record<JournalRecord["state"], Record<string, Check>> = {
  sending: { since: isTimestamp, idempotencyKey: isOptionalText },
  notSent: {},
  sent: { since: isTimestamp, batchId: isNonEmptyString, size: Number.isSafeInteger, idempotencyKey: isOptionalText },
  accepted: { batchId: isOptionalText, invoiceId: isOptionalText },
  exists: { batchId: isOptionalText, invoiceId: isOptionalText },
  rejected: { batchId: isOptionalText, reason: () => true },
};

const CHECKS = new Map(
  Object.entries(FIELDS).map(([state, fields]) => [state, Object.entries({ key: isText, state: isText, ...fields })]),
);

/** Whether a value is a record with all fields of its state. */
export function isRecord(value: unknown): value is JournalRecord {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Record<string, unknown>;
  return CHECKS.get(String(fields.state))?.every(([name, isValid]) => isValid(fields[name])) ?? false;
}

/** The fields that a record has in its state, and no others, so that nothing of an item's content is stored. */
export function recordFields(record: JournalRecord): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...record };
  return Object.fromEntries((CHECKS.get(record.state) ?? []).map(([name]) => [name, fields[name]]));
}

/** The records of some keys. An invalid one is refused: it could hide that an item was sent. */
export async function readRecords(journal: Journal, keys: readonly string[]): Promise<Map<string, JournalRecord>> {
  const records: readonly unknown[] = await journal.read(keys);
  if (Array.isArray(records) && records.every(isRecord)) return new Map(records.map((record) => [record.key, record]));
  const message = "journal.read() gave something else than valid records. No item of this chunk was sent.";
  throw new ConfigurationError("invalid_argument", message);
}
