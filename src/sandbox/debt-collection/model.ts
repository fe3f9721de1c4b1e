/** An invoice in collection. Amounts are whole hundredths, times in ms, others are named by their index. */
export interface Invoice {
  number: string | undefined;
  /** The caller's own id. */
  source: string | undefined;
  type: string;
  status: "OPEN" | "PAUSED" | "WITHDRAWN" | "CLOSED";
  createdAt: number;
  invoiceDate: string | undefined;
  dueDate: string | undefined;
  description: string | undefined;
  customerNumber: string | undefined;
  currency: string;
  original: number;
  paid: number;
  credited: number;
  case: number;
  batch: number;
  payments: Payment[];
  history: HistoryEntry[];
}

export interface Payment {
  amount: number;
  type: string;
  at: number;
  batch: number | undefined;
  settlement: number;
}

export interface HistoryEntry {
  at: number;
  event: string;
  amount?: number;
}

/** What remains to be paid. */
export const remaining = ({ original, paid, credited }: Invoice): number => original - paid - credited;

/** One matter between a creditor and a debtor: the invoices of it. */
export interface Case {
  type: string;
  status: "OPEN" | "PAUSED" | "CLOSED";
  registeredAt: number;
  closedAt: number | undefined;
  description: string | undefined;
  customerNumber: string | undefined;
  invoices: number[];
}

/** What one payment came to. */
export interface Settlement {
  invoice: number;
  amount: number;
  date: number;
}

/** A write that is worked through later. */
export interface Batch {
  type: string;
  status: "QUEUED" | "SUCCESS" | "PARTIAL" | "FAILED";
  createdAt: number;
  finishedAt: number | undefined;
  idempotencyKey: string | undefined;
  succeeded: SucceededItem[];
  failed: FailedItem[];
}

/** By the index of its invoice, which is where its ids come from. */
export interface SucceededItem {
  invoice: number;
}

export interface FailedItem {
  /** Place in the list that was sent, from 0. */
  index: number;
  /** What the item was told by: its `invoiceNumber` and `uniqueSourceInvoiceId`, or its `invoiceId`. */
  names: Record<string, string>;
  code: string;
  reason: string;
}
