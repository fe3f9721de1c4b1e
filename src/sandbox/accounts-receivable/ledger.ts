import { dateOf } from "../data/dates.js";
import { amount, vatIn } from "../data/money.js";
import { Table } from "../data/table.js";
import { GL_ACCOUNT_NAMES, GL_ACCOUNTS, type GlAccount, periodOf, yearAndPeriod } from "./gl-accounts.js";
import type { Seed, SeededItem } from "./seed.js";

/** One line of the general ledger. */
export interface GlEntry {
  account: GlAccount;
  /** In hundredths; credits are below 0. */
  cents: number;
  /** Days since 1970. */
  day: number;
  /** The AR item that it belongs to. */
  arItemId: string | undefined;
  text: string;
}

/** One account in one period, in hundredths. */
export interface Movement {
  period: number;
  account: GlAccount;
  balanceIn: number;
  movement: number;
}

/** The most lines that an item of the data set has: three of its document, two of its payment. */
const LINES = 5;

/** Lines of a document: what is owed, sold, and owed as VAT. */
export function documentLines(cents: number): [GlAccount, number][] {
  const vat = vatIn(cents);
  return [
    ["receivables", cents],
    ["sales", vat - cents],
    ["vat", -vat],
  ];
}

/** The general ledger of a client. Whatever is posted adds up to 0. */
export class Ledger {
  readonly entries: Table<GlEntry>;
  readonly #seed: Seed;
  /** By account and period, in hundredths. Those of the data set are added up once, when they are first asked for. */
  #sums: Record<GlAccount, Map<number, number>> | undefined;

  constructor(seed: Seed) {
    this.#seed = seed;
    this.entries = new Table(seed.items * LINES, (index) => this.#seededEntry(index));
  }

  post(lines: [GlAccount, number][], facts: Omit<GlEntry, "account" | "cents">): void {
    if (lines.reduce((sum, [, cents]) => sum + cents, 0) !== 0) throw new Error("A posting does not add up to 0.");
    for (const [account, cents] of lines) {
      if (cents === 0) continue;
      this.entries.add({ account, cents, ...facts });
      if (this.#sums) add(this.#sums, account, facts.day, cents);
    }
  }

  /** All accounts in all periods of a range, save those that hold nothing and do not move. */
  movements(from: number, to: number, wanted: (account: GlAccount) => boolean): Movement[] {
    const sums = this.#allSums();
    const accounts = GL_ACCOUNT_NAMES.filter(wanted).map((account) => {
      const before = [...sums[account]].filter(([period]) => period < from);
      return { account, balance: before.reduce((sum, [, cents]) => sum + cents, 0) };
    });
    const found: Movement[] = [];
    for (let period = from; period <= to; period++) {
      for (const of of accounts) {
        const movement = sums[of.account].get(period) ?? 0;
        if (of.balance !== 0 || movement !== 0) {
          found.push({ period, account: of.account, balanceIn: of.balance, movement });
        }
        of.balance += movement;
      }
    }
    return found;
  }

  #allSums(): Record<GlAccount, Map<number, number>> {
    if (this.#sums) return this.#sums;
    const sums = Object.fromEntries(GL_ACCOUNT_NAMES.map((account) => [account, new Map()]));
    this.#sums = sums as Record<GlAccount, Map<number, number>>;
    for (let index = 0; index < this.#seed.items; index++) {
      const item = this.#seed.item(index);
      for (const [account, cents] of seededLines(item)) add(this.#sums, account, item.voucher, cents);
    }
    for (const index of this.entries.indices(this.#seed.items * LINES)) {
      const { account, cents, day } = this.entries.at(index) as GlEntry;
      add(this.#sums, account, day, cents);
    }
    return this.#sums;
  }

  #seededEntry(index: number): GlEntry | undefined {
    const item = Math.floor(index / LINES);
    const [account, cents] = seededLines(this.#seed.item(item))[index % LINES] ?? [];
    if (account === undefined || cents === undefined) return undefined;
    const { arItemId, transactionText } = this.#seed.arItem(item);
    return { account, cents, day: this.#seed.item(item).voucher, arItemId, text: transactionText ?? "" };
  }
}

/** The lines of an item of the data set. What was paid of the documentation's own item is posted apart. */
function seededLines({ index, amount: of, balance }: SeededItem): [GlAccount, number][] {
  const paid = index === 0 ? 0 : of - balance;
  if (paid === 0) return documentLines(of);
  return [...documentLines(of), ["bank", paid], ["receivables", -paid]];
}

const PERIODS = new Map<number, number>();

/** The period of a day. */
function periodOfDay(day: number): number {
  const known = PERIODS.get(day);
  if (known !== undefined) return known;
  const [year, month] = dateOf(day).split("-").map(Number) as [number, number];
  PERIODS.set(day, periodOf(year, month));
  return periodOf(year, month);
}

function add(sums: Record<GlAccount, Map<number, number>>, account: GlAccount, day: number, cents: number): void {
  const period = periodOfDay(day);
  sums[account].set(period, (sums[account].get(period) ?? 0) + cents);
}

export function movementWire(clientNo: number, { period, account, balanceIn, movement }: Movement) {
  const { glYear, glPeriod } = yearAndPeriod(period);
  const { no, name } = GL_ACCOUNTS[account];
  return {
    clientNo,
    glYear,
    glPeriod,
    glYearFrom: glYear,
    glPeriodFrom: glPeriod,
    glYearTo: glYear,
    glPeriodTo: glPeriod,
    glAccountNo: no,
    clientGlAccountNo: String(no),
    glAccountName: name,
    balanceIn: amount(balanceIn),
    movement: amount(movement),
    balanceOut: amount(balanceIn + movement),
  };
}

export function glItemWire(clientNo: number, index: number, { account, cents, day, arItemId, text }: GlEntry) {
  const { no, name } = GL_ACCOUNTS[account];
  return {
    clientNo,
    glItemId: `${clientNo}-${index}`,
    glAccountNo: no,
    clientGlAccountNo: String(no),
    glAccountName: name,
    glAmount: amount(cents),
    voucherDate: dateOf(day),
    ...yearAndPeriod(periodOfDay(day)),
    transactionText: text,
    ...(arItemId !== undefined && { arItemId }),
  };
}
