import { Groups } from "../data/groups.js";
import { Ids } from "../data/ids.js";
import { indexFrom } from "../data/numbers.js";
import { Table } from "../data/table.js";
import type { World } from "../world.js";
import type { Batch, Case, Invoice, Settlement } from "./model.js";
import { INVOICE_KEYS, type InvoiceKey, Seed } from "./seed.js";

export type InvoiceKeys = { [Name in InvoiceKey]?: string | undefined };

const FIRST_CASE_NUMBER = 5_000_001;

/** All that the sandbox holds for one organisation. */
export class Organization {
  readonly id: string;
  readonly invoices: Table<Invoice>;
  readonly cases: Table<Case>;
  readonly settlements: Table<Settlement>;
  readonly batches: Table<Batch>;
  readonly ids: Record<"invoice" | "case" | "settlement" | "batch" | "payment" | "debtor" | "user" | "creditor", Ids>;
  /** Where the settlements from a time on begin. */
  readonly settlementFrom: (time: number) => number;
  readonly #data: Seed;
  /** What was added, by its keys. */
  readonly #invoicesBy: Record<InvoiceKey, Groups<string, number>> = {
    source: new Groups(),
    number: new Groups(),
    customer: new Groups(),
  };
  readonly #casesOf = new Groups<string, number>();

  constructor(id: string, { seed, size }: World) {
    this.id = id;
    const ids = (kind: string) => new Ids(seed, id, kind);
    this.ids = {
      invoice: ids("invoice"),
      case: ids("case"),
      settlement: ids("settlement"),
      batch: ids("batch"),
      payment: ids("payment"),
      debtor: ids("debtor"),
      user: ids("user"),
      creditor: ids("creditor"),
    };
    const data = new Seed(seed, id, size);
    this.#data = data;
    this.invoices = new Table(data.invoices, (index) => data.invoice(index));
    this.cases = new Table(data.invoices, (index) => data.case(index));
    this.settlements = new Table(data.settlements, (index) => data.settlement(index));
    this.settlementFrom = (time) => data.settlementFrom(time);
    this.batches = new Table(data.batches, (index) => data.batch(index));
  }

  addInvoice(invoice: Invoice): number {
    const index = this.invoices.add(invoice);
    const { source, number, customerNumber: customer } = invoice;
    for (const [name, key] of Object.entries({ source, number, customer }) as [InvoiceKey, string | undefined][]) {
      if (key !== undefined) this.#invoicesBy[name].add(key, index);
    }
    return index;
  }

  addCase(record: Case): number {
    const index = this.cases.add(record);
    if (record.customerNumber !== undefined) this.#casesOf.add(record.customerNumber, index);
    return index;
  }

  /** Indices among which all invoices with these keys are, in order; `undefined` where no key was given. */
  candidates(keys: InvoiceKeys): number[] | undefined {
    for (const name of INVOICE_KEYS) {
      const key = keys[name];
      if (key !== undefined) return [...this.#data.find(name, key), ...this.#invoicesBy[name].get(key)];
    }
    return undefined;
  }

  hasSource(source: string): boolean {
    return (this.candidates({ source }) ?? []).some((index) => this.invoices.at(index)?.source === source);
  }

  /** The open case that a debtor's next invoice of a type joins; -1: none. */
  openCase(customerNumber: string | undefined, type: string): number {
    if (customerNumber === undefined) return -1;
    const cases = [...this.#data.find("customer", customerNumber), ...this.#casesOf.get(customerNumber)];
    const isOpen = (found: Case | undefined) => found?.type === type && found.status === "OPEN";
    return cases.find((index) => isOpen(this.cases.at(index))) ?? -1;
  }

  /** The record that an id names, with its index. */
  invoice(id: string): { index: number; invoice: Invoice } | undefined {
    const index = this.ids.invoice.indexOf(id);
    const invoice = this.invoices.at(index);
    return invoice && { index, invoice };
  }
}

export const caseNumber = (index: number): string => String(FIRST_CASE_NUMBER + index);

export const indexOfCase = (number: string): number => indexFrom(number, FIRST_CASE_NUMBER);
