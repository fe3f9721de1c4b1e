import type { ArItem, Customer, Document } from "../../../generated/accounts-receivable.js";
import { dayOf, dayOfDate } from "../data/dates.js";
import { Ids } from "../data/ids.js";
import { cents } from "../data/money.js";
import { MultiMap } from "../data/multi-map.js";
import { Table } from "../data/table.js";
import type { SandboxContext } from "../server/context.js";
import { AgeDistribution, type OpenItem } from "./adb.js";
import { accountNoIn } from "./kid.js";
import { Ledger } from "./ledger.js";
import type { ClientBatch } from "./model.js";
import { Queries } from "./queries.js";
import {
  indexOfAccountNo,
  indexOfCustomerNo,
  indexOfDocumentNo,
  indexOfReferenceNo,
  type Sample,
  Seed,
} from "./seed.js";

/** Values are compared without regard to case. */
const key = (value: unknown): string => String(value).toLowerCase();

/** All records of one client. A document and its AR item have the same index. */
export class Client {
  readonly no: number;
  readonly context: SandboxContext;
  readonly seed: Seed;
  readonly customers: Table<Customer>;
  readonly items: Table<ArItem>;
  readonly documents: Table<Document>;
  readonly batches = new Table<ClientBatch>();
  /** The ids of payments that were reserved. */
  readonly payments = new Set<string>();
  readonly ledger: Ledger;
  readonly queries: Queries;
  readonly ids;
  readonly #customers = new Map<string, number>();
  readonly #documents = new Map<string, number>();
  /** By id, payment reference and reference number. */
  readonly #items = new Map<string, number>();
  readonly #itemsOf = new MultiMap<number, number>();
  #adb: AgeDistribution | undefined;

  constructor(no: number, context: SandboxContext, sample: Sample) {
    const { seed, size } = context;
    this.no = no;
    this.context = context;
    this.seed = new Seed(seed, no, size, this.today(), sample);
    this.customers = new Table(this.seed.customers, (index) => this.seed.customer(index));
    this.items = new Table(this.seed.items, (index) => this.seed.arItem(index));
    this.documents = new Table(this.seed.items, (index) => this.seed.document(index));
    this.ledger = new Ledger(this.seed);
    this.queries = new Queries(seed, no);
    const ids = (kind: string) => new Ids(seed, no, kind);
    this.ids = { batch: ids("client batch"), document: ids("document") };
  }

  today(): number {
    return dayOf(this.context.now());
  }

  /** The index of a customer; -1 if there is none. The same holds for the lookups below. */
  customerIndex(customerNo: unknown): number {
    const index = this.#customers.get(key(customerNo)) ?? indexOfCustomerNo(String(customerNo));
    const isAdded = this.#customers.has(key(customerNo));
    return (isAdded || index < this.seed.customers) && this.customers.has(index) ? index : -1;
  }

  /** The index of a document and its AR item. */
  documentIndex(documentNo: unknown): number {
    const seeded = indexOfDocumentNo(String(documentNo));
    return this.#documents.get(key(documentNo)) ?? (seeded >= 0 && seeded < this.seed.items ? seeded : -1);
  }

  itemIndex(arItemId: unknown): number {
    const [, account = "", sequence = ""] = /^\d+-(\d+)-\d+-(\d+)$/.exec(String(arItemId)) ?? [];
    const index = this.seed.itemsOf(indexOfAccountNo(Number(account)))[Number(sequence)] ?? -1;
    return this.#items.get(`id ${arItemId}`) ?? (this.items.at(index)?.arItemId === arItemId ? index : -1);
  }

  itemIndexOfKid(kid: unknown): number {
    const [index = -1] = this.seed.itemsOf(indexOfAccountNo(accountNoIn(String(kid), this.no)));
    return this.#items.get(`kid ${kid}`) ?? (this.items.at(index)?.kid === kid ? index : -1);
  }

  itemIndexOfReference(referenceNo: unknown): number {
    const [index = -1] = this.seed.itemsOf(indexOfReferenceNo(Number(referenceNo)));
    return this.#items.get(`reference ${referenceNo}`) ?? index;
  }

  /** The AR items of a customer, by index. */
  itemsOf(customer: number): number[] {
    return [...this.seed.itemsOf(customer), ...this.#itemsOf.get(customer)];
  }

  addCustomer(customer: Customer): void {
    this.#customers.set(key(customer.customerNo), this.customers.add(customer));
  }

  /** Adds a document and its AR item. */
  addDocument(document: Document, item: ArItem): number {
    const index = this.documents.add(document);
    this.items.add(item);
    this.#documents.set(key(document.documentNo), index);
    for (const name of [`id ${item.arItemId}`, `kid ${item.kid}`, `reference ${item.referenceNo}`]) {
      if (!this.#items.has(name)) this.#items.set(name, index);
    }
    this.#itemsOf.add(indexOfAccountNo(item.accountNo ?? 0), index);
    return index;
  }

  /** The age-distributed balance of the day: computed by the first request of a day, then cached. */
  adb(): AgeDistribution {
    const today = this.today();
    if (this.#adb?.today !== today) {
      this.#adb = new AgeDistribution(today, this.context.now());
      for (const customer of this.customers.existing()) this.#adb.add(customer, this.#openItems(customer));
    }
    return this.#adb;
  }

  #openItems(customer: number): OpenItem[] {
    return this.itemsOf(customer)
      .map((item) => {
        if (!this.items.isStored(item)) return { item, ...this.seed.item(item) };
        const { dueDate = "", glBalance = 0 } = this.items.at(item) as ArItem;
        return { item, due: dayOfDate(dueDate), balance: cents(glBalance) };
      })
      .filter(({ balance }) => balance !== 0);
  }
}
