import { Groups } from "../data/groups.js";
import { Ids } from "../data/ids.js";
import { Table } from "../data/table.js";
import type { World } from "../world.js";
import type { Batch, Case, Invoice, Settlement } from "./model.js";
import { indexOfCustomer, indexOfNumber, indexOfSource, Seed } from "./seed.js";

/** What a list of invoices can be found by without reading all of it. */
export interface InvoiceKeys {
  source?: string | undefined;
  number?: string | undefined;
  customer?: string | undefined;
}

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
  readonly #bySource = new Groups<string, number>();
  readonly #byNumber = new Groups<string, number>();
  readonly #byCustomer = new Groups<string, number>();

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
    this.invoices = new Table(data.invoices, (index) => data.invoice(index));
    this.cases = new Table(data.invoices, (index) => data.case(index));
    this.settlements = new Table(data.settlements, (index) => data.settlement(index));
    this.settlementFrom = (time) => data.settlementFrom(time);
    this.batches = new Table(data.batches, (index) => data.batch(index));
  }

  addInvoice(invoice: Invoice): number {
    const index = this.invoices.add(invoice);
    if (invoice.source !== undefined) this.#bySource.add(invoice.source, index);
    if (invoice.number !== undefined) this.#byNumber.add(invoice.number, index);
    if (invoice.customerNumber !== undefined) this.#byCustomer.add(invoice.customerNumber, index);
    return index;
  }

  /** Indices among which all invoices with these keys are, in order; `undefined` where no key was given. */
  candidates({ source, number, customer }: InvoiceKeys): number[] | undefined {
    if (source !== undefined) return [indexOfSource(source), ...this.#bySource.get(source)];
    if (number !== undefined) return [indexOfNumber(number), ...this.#byNumber.get(number)];
    if (customer !== undefined) return [indexOfCustomer(customer), ...this.#byCustomer.get(customer)];
    return undefined;
  }

  hasSource(source: string): boolean {
    return (this.candidates({ source }) ?? []).some((index) => this.invoices.at(index)?.source === source);
  }

  /** The open case that a debtor's next invoice of a type joins; -1: none. */
  openCase(customerNumber: string | undefined, type: string): number {
    if (customerNumber === undefined) return -1;
    const cases = this.candidates({ customer: customerNumber }) ?? [];
    for (const index of cases) {
      const number = this.invoices.at(index)?.case ?? -1;
      const found = this.cases.at(number);
      if (found?.customerNumber === customerNumber && found.type === type && found.status === "OPEN") return number;
    }
    return -1;
  }

  /** The record that an id names, with its index. */
  invoice(id: string): { index: number; invoice: Invoice } | undefined {
    const index = this.ids.invoice.indexOf(id);
    const invoice = this.invoices.at(index);
    return invoice && { index, invoice };
  }
}

export const caseNumber = (index: number): string => String(FIRST_CASE_NUMBER + index);

export const indexOfCase = (number: string): number =>
  /^\d{1,15}$/.test(number) ? Number(number) - FIRST_CASE_NUMBER : -1;
