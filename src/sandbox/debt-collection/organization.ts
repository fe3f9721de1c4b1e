import { Ids, indexFrom } from "../data/ids.js";
import { MultiMap } from "../data/multi-map.js";
import { Table } from "../data/table.js";
import type { SandboxContext } from "../server/context.js";
import type { Batch, Case, Invoice, Settlement } from "./model.js";
import { INVOICE_KEYS, type InvoiceKey, Seed } from "./seed.js";

const FIRST_CASE_NUMBER = 5_000_001;

export const caseNumberOf = (index: number): string => String(FIRST_CASE_NUMBER + index);

export const indexOfCaseNumber = (number: string): number => indexFrom(number, FIRST_CASE_NUMBER);

/** All records of one organization. */
export class Organization {
  readonly id: string;
  readonly seed: Seed;
  readonly invoices: Table<Invoice>;
  readonly cases: Table<Case>;
  readonly settlements: Table<Settlement>;
  readonly batches: Table<Batch>;
  readonly ids;
  /** The invoices that were added, by their keys. */
  readonly #invoicesBy: Record<InvoiceKey, MultiMap<string, number>> = {
    source: new MultiMap(),
    number: new MultiMap(),
    customer: new MultiMap(),
  };
  readonly #casesOf = new MultiMap<string, number>();

  constructor(id: string, { seed, size }: SandboxContext) {
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
    this.seed = new Seed(seed, id, size);
    this.invoices = new Table(this.seed.invoices, (index) => this.seed.invoice(index));
    this.cases = new Table(this.seed.invoices, (index) => this.seed.case(index));
    this.settlements = new Table(this.seed.settlements, (index) => this.seed.settlement(index));
    this.batches = new Table(this.seed.batches, (index) => this.seed.batch(index));
  }

  addInvoice(invoice: Invoice): number {
    const index = this.invoices.add(invoice);
    const keys = { source: invoice.source, number: invoice.number, customer: invoice.customerNumber };
    for (const name of INVOICE_KEYS) if (keys[name] !== undefined) this.#invoicesBy[name].add(keys[name], index);
    return index;
  }

  addCase(record: Case): number {
    const index = this.cases.add(record);
    if (record.customerNumber !== undefined) this.#casesOf.add(record.customerNumber, index);
    return index;
  }

  /** The indices of all invoices that may have these keys, in order; `undefined` if no key is given. */
  candidates(keys: { [Name in InvoiceKey]?: string | undefined }): number[] | undefined {
    for (const name of INVOICE_KEYS) {
      const key = keys[name];
      if (key !== undefined) return [...this.seed.find(name, key), ...this.#invoicesBy[name].get(key)];
    }
    return undefined;
  }

  hasSource(source: string): boolean {
    return (this.candidates({ source }) ?? []).some((index) => this.invoices.at(index)?.source === source);
  }

  /** The index of the open case that a debtor's next invoice joins; -1 if there is none. */
  openCase(customerNumber: string | undefined, type: string): number {
    if (customerNumber === undefined) return -1;
    const cases = [...this.seed.find("customer", customerNumber), ...this.#casesOf.get(customerNumber)];
    const isOpen = (found: Case | undefined) => found?.type === type && found.status === "OPEN";
    return cases.find((index) => isOpen(this.cases.at(index))) ?? -1;
  }

  /** An invoice and its index. */
  invoice(id: string): { index: number; invoice: Invoice } | undefined {
    const index = this.ids.invoice.indexOf(id);
    const invoice = this.invoices.at(index);
    return invoice && { index, invoice };
  }
}
