import type { ArItem, Customer, Document } from "../../../generated/accounts-receivable.js";
import { dayOf } from "../data/dates.js";
import { Groups } from "../data/groups.js";
import { Ids } from "../data/ids.js";
import { cents } from "../data/money.js";
import { Table } from "../data/table.js";
import type { World } from "../world.js";
import { AgeDistribution, type OpenItem } from "./adb.js";
import type { ClientBatch } from "./batches.js";
import type { ClientFile } from "./files.js";
import { accountNoIn } from "./kid.js";
import { Ledger } from "./ledger.js";
import type { LogItem } from "./log-items.js";
import { Queries } from "./queries.js";
import { postSample } from "./sample.js";
import { indexOfAccountNo, indexOfCustomerNo, indexOfDocumentNo, type Sample, Seed } from "./seed.js";

/** Values are compared without regard to case. */
const key = (value: unknown): string => String(value).toLowerCase();

/** All that the sandbox holds for one client. A document and its AR item have the same index. */
export class Client {
  readonly no: number;
  readonly world: World;
  readonly seed: Seed;
  readonly customers: Table<Customer>;
  readonly items: Table<ArItem>;
  readonly documents: Table<Document>;
  /** Documents that came together, by their indices. */
  readonly bundles: Table<number[]>;
  readonly batches = new Table<ClientBatch>();
  readonly files = new Table<ClientFile>();
  readonly log = new Table<LogItem>();
  readonly ledger: Ledger;
  readonly queries: Queries;
  readonly ids: Record<"batch" | "document" | "bundle", Ids>;
  readonly #customers = new Map<string, number>();
  readonly #documents = new Map<string, number>();
  readonly #items = new Map<string, number>();
  readonly #kids = new Map<string, number>();
  readonly #itemsOf = new Groups<number, number>();
  readonly #payments = new Set<string>();
  #adb: AgeDistribution | undefined;

  constructor(no: number, world: World, sample: Sample) {
    const { seed, size, now } = world;
    this.no = no;
    this.world = world;
    this.seed = new Seed(seed, no, size, dayOf(now()), sample);
    this.customers = new Table(this.seed.customers, (index) => this.seed.customer(index));
    this.items = new Table(this.seed.items, (index) => this.seed.arItem(index));
    this.documents = new Table(this.seed.items, (index) => this.seed.document(index));
    this.bundles = new Table(this.seed.bundles, (index) => this.seed.bundle(index));
    this.ledger = new Ledger(this.seed);
    this.queries = new Queries(seed, no);
    const ids = (kind: string) => new Ids(seed, no, kind);
    this.ids = { batch: ids("ar batch"), document: ids("document"), bundle: ids("bundle") };
    if (size > 0) postSample(this.ledger, this.items.at(0) as ArItem);
  }

  today(): number {
    return dayOf(this.world.now());
  }

  /** The index of a customer; -1: there is none. */
  customerIndex(customerNo: unknown): number {
    const index = this.#customers.get(key(customerNo)) ?? this.#seeded(indexOfCustomerNo(String(customerNo)));
    return this.customers.has(index) ? index : -1;
  }

  addCustomer(customer: Customer): number {
    const index = this.customers.add(customer);
    this.#customers.set(key(customer.customerNo), index);
    return index;
  }

  /** The index of a document and its AR item; -1: there is none. */
  documentIndex(documentNo: unknown): number {
    const seeded = indexOfDocumentNo(String(documentNo));
    return this.#documents.get(key(documentNo)) ?? (seeded >= 0 && seeded < this.seed.items ? seeded : -1);
  }

  itemIndex(arItemId: unknown): number {
    const known = this.#items.get(String(arItemId));
    if (known !== undefined) return known;
    const [, account = "", sequence = ""] = /^\d+-(\d+)-\d+-(\d+)$/.exec(String(arItemId)) ?? [];
    const index = this.seed.itemsOf(indexOfAccountNo(Number(account)))[Number(sequence)] ?? -1;
    return this.seed.items > 0 && index >= 0 && this.items.at(index)?.arItemId === arItemId ? index : -1;
  }

  itemIndexOfKid(kid: string): number {
    const customer = indexOfAccountNo(accountNoIn(kid, this.no));
    const [first = -1] = this.seed.itemsOf(customer);
    return this.#kids.get(kid) ?? (first !== -1 && this.items.at(first)?.kid === kid ? first : -1);
  }

  /** Adds a document and what is owed by it. */
  addDocument(document: Document, item: ArItem): number {
    const index = this.documents.add(document);
    this.items.add(item);
    this.#documents.set(key(document.documentNo), index);
    this.#items.set(String(item.arItemId), index);
    if (item.kid !== undefined && !this.#kids.has(item.kid)) this.#kids.set(item.kid, index);
    this.#itemsOf.add(indexOfAccountNo(item.accountNo ?? 0), index);
    return index;
  }

  /** The AR items of a customer, by index. */
  itemsOf(customer: number): number[] {
    return [...this.seed.itemsOf(customer), ...this.#itemsOf.get(customer)];
  }

  /** Keeps a payment's id. @returns false: it is there already */
  addPayment(paymentId: string): boolean {
    const known = this.#payments.has(key(paymentId));
    this.#payments.add(key(paymentId));
    return !known;
  }

  get reservations(): number {
    return this.#payments.size;
  }

  /** The age-distributed balance of today: computed when it is asked for the first time on a day, then kept. */
  adb(): AgeDistribution {
    const today = this.today();
    if (this.#adb?.today !== today) {
      this.#adb = new AgeDistribution(today, this.world.now());
      for (const customer of this.customers.existing()) this.#adb.add(customer, this.#openItems(customer));
    }
    return this.#adb;
  }

  #openItems(customer: number): OpenItem[] {
    return this.itemsOf(customer).flatMap((item) => {
      const open = this.items.isKept(item) ? openItemOf(item, this.items.at(item) as ArItem) : this.seed.item(item);
      return open.balance === 0 ? [] : [{ item, due: open.due, balance: open.balance }];
    });
  }

  #seeded(customer: number): number {
    return customer < this.seed.customers ? customer : -1;
  }
}

const openItemOf = (item: number, { dueDate = "", glBalance = 0 }: ArItem): OpenItem => ({
  item,
  due: dayOf(Date.parse(dueDate)),
  balance: cents(glBalance),
});
