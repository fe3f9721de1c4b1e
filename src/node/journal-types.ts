/** Whose outcomes a journal holds. */
export interface JournalOwner {
  address: string;
  environment: string;
  organizationId: string;
  kind: "invoice" | "payment" | "correction";
}

/** The state of one item. The last record of a key counts. */
export type JournalRecord = { key: string } & (
  | {
      /** A request with the item is about to be sent. Must be durable before the request. */
      state: "sending";
      since: string;
      idempotencyKey?: string;
    }
  | {
      /** No request with the item was processed. */
      state: "notSent";
    }
  | {
      /** The API accepted a request with the item as this batch of `size` items. */
      state: "sent";
      since: string;
      batchId: string;
      size: number;
      idempotencyKey?: string;
    }
  | { state: "accepted" | "exists"; batchId?: string; invoiceId?: string }
  | { state: "rejected"; batchId?: string; reason?: unknown }
);

/** Stores the progress of a submit, so that another process can resume it. */
export interface Journal {
  /**
   * Claims the journal for one submit. Rejects when it belongs to another owner or another submit has it open. An empty
   * journal gets the owner.
   */
  open(owner: JournalOwner): Promise<void>;
  /** The last record of each of the keys that has one, in any order. */
  read(keys: readonly string[]): Promise<readonly JournalRecord[]>;
  /**
   * Stores records, in the order of the calls. Resolves when they are stored; records with "sending" must survive a power
   * failure by then. May be called again before it resolves.
   */
  write(records: readonly JournalRecord[]): Promise<void>;
  /** Ends the claim. */
  close(): Promise<void>;
}
