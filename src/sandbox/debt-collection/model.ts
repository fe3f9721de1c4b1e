/** An invoice in collection. Amounts are in hundredths, times in ms; other records are referred to by index. */
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
  settlements: number[];
}

export const remaining = ({ original, paid, credited }: Invoice): number => original - paid - credited;

/** The invoices of one debtor that are collected together. */
export interface Case {
  type: string;
  status: "OPEN" | "PAUSED" | "CLOSED";
  registeredAt: number;
  closedAt: number | undefined;
  description: string | undefined;
  customerNumber: string | undefined;
  invoices: number[];
}

/** The settlement of one payment. */
export interface Settlement {
  invoice: number;
  amount: number;
  date: number;
  /** Of the payment. */
  type: string;
  /** The batch that the payment came in. */
  batch: number | undefined;
}

/** A write that is processed asynchronously. */
export interface Batch {
  type: string;
  status: "QUEUED" | "SUCCESS" | "PARTIAL" | "FAILED";
  createdAt: number;
  finishedAt: number | undefined;
  idempotencyKey: string | undefined;
  /** The invoices that were created or changed. */
  succeeded: number[];
  failed: FailedItem[];
}

export interface FailedItem {
  /** Position in the list that was sent, from 0. */
  index: number;
  code: string;
  reason: string;
  /** The item's `invoiceNumber` and `uniqueSourceInvoiceId`, or its `invoiceId`. */
  [name: string]: string | number;
}
