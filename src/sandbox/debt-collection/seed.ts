import { DAY } from "../data/dates.js";
import { cents } from "../data/money.js";
import { indexFrom } from "../data/numbers.js";
import { hash } from "../data/random.js";
import type { Batch, Case, Invoice, Payment, Settlement } from "./model.js";

// The data set of an organisation: one invoice a case, one settlement for each invoice but the last three, batches of 100.

const FIRST_SETTLEMENT = Date.UTC(2026, 0, 1);
/** Settlements are spread over 25 weeks: with the default size there is one a week. */
const SPREAD = 25 * 7 * DAY;
const UNPAID = 3;
const BATCH_SIZE = 100;
/** How long a case had been going when it was paid. */
const AGE = 60 * DAY;

/** The type of a case by that of its invoices. */
export const caseTypeOf = (type: string) => (type === "PAYMENT_REMINDER" ? "PAYMENT_REMINDER" : "COLLECTION_NOTICE");

/** The records of the data set, by index. All follow from the seed. */
export class Seed {
  readonly invoices: number;
  readonly settlements: number;
  readonly batches: number;
  readonly #parts: [number, string];

  constructor(seed: number, organizationId: string, size: number) {
    this.invoices = size;
    this.settlements = Math.max(0, size - UNPAID);
    this.batches = Math.ceil(size / BATCH_SIZE);
    this.#parts = [seed, organizationId];
  }

  invoice(index: number): Invoice {
    const createdAt = this.#registered(index);
    const original = cents(500 + (hash(...this.#parts, "amount", index) % 4500));
    const payments = index < this.settlements ? [this.#payment(index, original)] : [];
    const paid = payments[0]?.amount ?? 0;
    return {
      number: invoiceNumber(index),
      source: sourceId(index),
      type: this.#type(index),
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
      payments,
      history: [
        { at: createdAt, event: "REGISTERED", amount: original },
        ...payments.map(({ at, amount }) => ({ at, event: "PAYMENT", amount })),
      ],
    };
  }

  case(index: number): Case {
    const { type, createdAt, status, payments, customerNumber } = this.invoice(index);
    const closed = status === "CLOSED";
    return {
      type: caseTypeOf(type),
      status: closed ? "CLOSED" : "OPEN",
      registeredAt: createdAt,
      closedAt: closed ? payments[0]?.at : undefined,
      description: undefined,
      customerNumber,
      invoices: [index],
    };
  }

  settlement(index: number): Settlement {
    const [payment] = this.invoice(index).payments as [Payment];
    return { invoice: index, amount: payment.amount, date: payment.at };
  }

  batch(index: number): Batch {
    const first = index * BATCH_SIZE;
    const count = Math.min(BATCH_SIZE, this.invoices - first);
    const createdAt = this.#registered(first) - 5000;
    return {
      type: "INVOICE",
      status: "SUCCESS",
      createdAt,
      finishedAt: createdAt + 5000,
      idempotencyKey: undefined,
      succeeded: Array.from({ length: count }, (_, i) => ({ invoice: first + i })),
      failed: [],
    };
  }

  /** The invoice of the data set that has a key, and its case with it: one index or none. */
  find(name: InvoiceKey, key: string): number[] {
    const index = INDEX_OF[name](key);
    return index >= 0 && index < this.invoices ? [index] : [];
  }

  #type(index: number): string {
    return index % 2 === 0 ? "NOTICE" : "PAYMENT_REMINDER";
  }

  /** Invoices of one batch are registered together. */
  #registered(index: number): number {
    return this.#settled(index - (index % BATCH_SIZE)) - AGE;
  }

  /** The first settlement of the data set that is not before a time. */
  settlementFrom(time: number): number {
    const share = (time - FIRST_SETTLEMENT) / SPREAD;
    return Math.min(this.settlements, Math.max(0, Math.floor(share * this.settlements)));
  }

  #settled(index: number): number {
    return FIRST_SETTLEMENT + Math.floor((index * SPREAD) / Math.max(1, this.settlements));
  }

  /** Two of three are paid in full, the others by half. */
  #payment(index: number, original: number): Payment {
    const amount = index % 3 === 0 ? original / 2 : original;
    return { amount, type: "DIRECT_PAYMENT", at: this.#settled(index), batch: undefined, settlement: index };
  }
}

const FIRST_CUSTOMER = 543_210;
const SOURCE = "sandbox-";
const NUMBER = "SANDBOX-";

const sourceId = (index: number) => SOURCE + index;
const invoiceNumber = (index: number) => NUMBER + index;

const indexAfter = (prefix: string, name: string) =>
  name.startsWith(prefix) ? indexFrom(name.slice(prefix.length), 0) : -1;

/** What an invoice can be found by without reading all, and the index that such a key would have in the data set. */
const INDEX_OF = {
  source: (source: string) => indexAfter(SOURCE, source),
  number: (number: string) => indexAfter(NUMBER, number),
  customer: (customer: string) => indexFrom(customer, FIRST_CUSTOMER),
};

export type InvoiceKey = keyof typeof INDEX_OF;
export const INVOICE_KEYS = Object.keys(INDEX_OF) as InvoiceKey[];
