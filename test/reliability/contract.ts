/** Whose outcomes a journal holds. */
export interface JournalOwner {
  address: string;
  environment: string;
  organizationId: string;
  kind: "invoice" | "payment" | "correction";
}

/** The state of one item. The last record of a key counts. */
export type JournalRecord = { key: string } & (
  | { state: "sending"; since: string; idempotencyKey?: string }
  | { state: "notSent" }
  | { state: "sent"; since: string; batchId: string; size: number; idempotencyKey?: string }
  | { state: "accepted" | "exists"; batchId?: string; invoiceId?: string }
  | { state: "rejected"; batchId?: string; reason?: unknown }
);

export interface Journal {
  open(owner: JournalOwner): Promise<void>;
  read(keys: readonly string[]): Promise<readonly JournalRecord[]>;
  write(records: readonly JournalRecord[]): Promise<void>;
  close(): Promise<void>;
}
