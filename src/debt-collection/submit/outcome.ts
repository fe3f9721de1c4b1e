/** What became of one item that was submitted. */
export type Outcome<Item> = Accepted<Item> | Rejected<Item> | Unknown<Item>;

/** The API took it. */
export interface Accepted<Item> {
  status: "accepted";
  item: Item;
  /** Names the item in the journal: the `uniqueSourceInvoiceId` of an invoice, else made of what the item holds. */
  key: string;
  /** The batch it went in with; `undefined` where it was found without knowing its batch. */
  batchId: string | undefined;
  /** Amili's id of the invoice, where an answer told it. */
  invoiceId: string | undefined;
}

/** The API did not take it, and will not. */
export interface Rejected<Item> {
  status: "rejected";
  item: Item;
  key: string;
  batchId: string | undefined;
  /**
   * The error that refused it, or what the batch says of it (its form is not documented); the batch's status alone where it
   * does not say which items failed. May hold personal data.
   */
  reason: unknown;
}

/** Nobody knows. It is not sent again, since that could do it twice. */
export interface Unknown<Item> {
  status: "unknown";
  item: Item;
  key: string;
  batchId: string | undefined;
  /** Whether it may have arrived. `false`: it was never sent and can be submitted again without a look. */
  sent: boolean;
  /** What ended the wait. */
  reason: unknown;
  /** What to look up before it is sent again. */
  lookUp: string;
}
