import { DAY } from "../data/dates.js";
import { indexFrom } from "../data/ids.js";
import { cents } from "../data/money.js";
import { Random, seedOf } from "../data/random.js";
import type { Batch, Case, Invoice, Settlement } from "./model.js";

// The data set of an organization: one invoice per case, a settlement for each but the last three, batches of 100.

const FIRST_SETTLEMENT = Date.UTC(2026, 0, 1);
/** Settlements are spread over 25 weeks: with the default size there is one a week. */
const SPREAD = 25 * 7 * DAY;
const UNPAID = 3;
const BATCH_SIZE = 100;
/** The time between the registration of an invoice and its payment. */
const TIME_TO_PAYMENT = 60 * DAY;

const FIRST_CUSTOMER = 543_210;
const SOURCE_PREFIX = "sandbox-";
const NUMBER_PREFIX = "SANDBOX-";

const indexAfter = (prefix: string, name: string) =>
  name.startsWith(prefix) ? indexFrom(name.slice(prefix.length), 0) : -1;

/** The keys that an invoice is found by without a search, and the index that a key has in the data set. */
const INDEX_OF = {
  source: (source: string) => indexAfter(SOURCE_PREFIX, source),
  number: (number: string) => indexAfter(NUMBER_PREFIX, number),
  customer: (customer: string) => indexFrom(customer, FIRST_CUSTOMER),
};

export type InvoiceKey = keyof typeof INDEX_OF;
export const INVOICE_KEYS = Object.keys(INDEX_OF) as InvoiceKey[];

/** The type of a case by the type of its invoices. */
export const caseTypeOf = (type: string) => (type === "PAYMENT_REMINDER" ? "PAYMENT_REMINDER" : "COLLECTION_NOTICE");

/** The records of the data set by index. All follow from the seed. */
export class Seed {
  readonly invoices: number;
  readonly settlements: number;
  readonly batches: number;
  readonly #seed: number;

  constructor(seed: number, organizationId: string, size: number) {
    this.invoices = size;
    this.settlements = Math.max(0, size - UNPAID);
    this.batches = Math.ceil(size / BATCH_SIZE);
    this.#seed = seedOf(seed, organizationId);
  }

  invoice(index: number): Invoice {
    const createdAt = this.#registeredAt(index);
    const original = this.#originalAmount(index);
    const settlement = index < this.settlements ? this.settlement(index) : undefined;
    const paid = settlement?.amount ?? 0;
    return {
      number: NUMBER_PREFIX + index,
      source: SOURCE_PREFIX + index,
      type: index % 2 === 0 ? "NOTICE" : "PAYMENT_REMINDER",
      status: paid === original ? "CLOSED" : "OPEN",
      createdAt,
      invoiceDate: new Date(createdAt - 45 * DAY).toISOString(),
      dueDate: new Date(createdAt - 31 * DAY).toISOString(),
      description: undefined,
      customerNumber: String(FIRST_CUSTOMER + index),
      currency: "NOK",
      original,
      paid,
      credited: 0,
      case: index,
      batch: Math.floor(index / BATCH_SIZE),
      settlements: settlement ? [index] : [],
    };
  }

  case(index: number): Case {
    const { type, createdAt, status, customerNumber } = this.invoice(index);
    const isClosed = status === "CLOSED";
    return {
      type: caseTypeOf(type),
      status: isClosed ? "CLOSED" : "OPEN",
      registeredAt: createdAt,
      closedAt: isClosed ? this.#settledAt(index) : undefined,
      description: undefined,
      customerNumber,
      invoices: [index],
    };
  }

  /** Two of three invoices are paid in full, the others by half. */
  settlement(index: number): Settlement {
    const original = this.#originalAmount(index);
    const amount = index % 3 === 0 ? original / 2 : original;
    return { invoice: index, amount, date: this.#settledAt(index), type: "DIRECT_PAYMENT", batch: undefined };
  }

  batch(index: number): Batch {
    const first = index * BATCH_SIZE;
    const createdAt = this.#registeredAt(first) - 5000;
    return {
      type: "INVOICE",
      status: "SUCCESS",
      createdAt,
      finishedAt: createdAt + 5000,
      idempotencyKey: undefined,
      succeeded: Array.from({ length: Math.min(BATCH_SIZE, this.invoices - first) }, (_, i) => first + i),
      failed: [],
    };
  }

  /** The invoice that has a key, and its case: one index or none. */
  find(name: InvoiceKey, key: string): number[] {
    const index = INDEX_OF[name](key);
    return index >= 0 && index < this.invoices ? [index] : [];
  }

  /** The index of the first settlement at or after a time. */
  settlementFrom(time: number): number {
    const share = (time - FIRST_SETTLEMENT) / SPREAD;
    return Math.min(this.settlements, Math.max(0, Math.floor(share * this.settlements)));
  }

  #originalAmount(index: number): number {
    return cents(new Random(this.#seed + index).integer(500, 5000));
  }

  /** Invoices of one batch are registered together. */
  #registeredAt(index: number): number {
    return this.#settledAt(index - (index % BATCH_SIZE)) - TIME_TO_PAYMENT;
  }

  #settledAt(index: number): number {
    return FIRST_SETTLEMENT + Math.floor((index * SPREAD) / Math.max(1, this.settlements));
  }
}
