import type { ArItem } from "../../../generated/accounts-receivable.js";
import { dateOf, dayOfDate, yearAndMonth } from "../data/dates.js";
import { amount, cents } from "../data/money.js";
import { Table } from "../data/table.js";
import type { Seed } from "./seed.js";

/** The accounts that the sandbox posts to. Contra accounts are not simulated; only the first account is documented. */
const GL_ACCOUNTS = {
  bank: { no: 1030, name: "Bank" },
  receivables: { no: 1500, name: "Accounts receivable" },
} as const;

type GlAccount = keyof typeof GL_ACCOUNTS;
const ACCOUNTS = Object.keys(GL_ACCOUNTS) as GlAccount[];

const accountFields = (account: GlAccount) => {
  const { no, name } = GL_ACCOUNTS[account];
  return { glAccountNo: no, clientGlAccountNo: String(no), glAccountName: name };
};

/** One entry in the general ledger. */
interface GlEntry {
  account: GlAccount;
  /** Below 0 for a credit. */
  cents: number;
  /** Days since 1970. */
  day: number;
  arItemId: string | undefined;
  text: string;
}

/** The bank entries of the documented sample: what was there before, and what came in. */
const SAMPLE_OPENING = { day: dayOfDate("2025-01-01"), cents: 123_000 };
const SAMPLE_PAYMENTS = [
  { day: dayOfDate("2025-02-28"), cents: 10_000 },
  { day: dayOfDate("2025-03-15"), cents: 1000 },
];
/** The rest that was paid of the documented AR item. */
const SAMPLE_REST_DAY = dayOfDate("2025-04-15");

/** A period as a number that continues over years. */
export const periodOf = (year: number, month: number): number => year * 12 + month - 1;

const yearAndPeriod = (period: number) => ({ glYear: Math.floor(period / 12), glPeriod: (period % 12) + 1 });

const periodOfDay = (day: number): number => periodOf(...yearAndMonth(dateOf(day)));

/** The general ledger of a client. The receivables are the sum of the open AR items. */
export class Ledger {
  readonly #seed: Seed;
  /** An entry for each AR item of the data set, then what was posted. */
  readonly #entries: Table<GlEntry>;
  /** The receivables of the data set by period, in hundredths. */
  #seededSums: Map<number, number> | undefined;

  constructor(seed: Seed) {
    this.#seed = seed;
    this.#entries = new Table(seed.items, (index) => {
      const { arItemId, transactionText = "" } = seed.arItem(index);
      const { amount: value, voucher } = seed.item(index);
      return { account: "receivables", cents: value, day: voucher, arItemId, text: transactionText };
    });
    if (seed.items > 0) this.#postSample(seed.arItem(0));
  }

  postDocument(value: number, day: number, arItemId: string | undefined, text: string): void {
    this.#entries.add({ account: "receivables", cents: value, day, arItemId, text });
  }

  postPayment(value: number, day: number, arItemId: string | undefined): void {
    this.#entries.add({ account: "bank", cents: value, day, arItemId, text: "Payment" });
    this.#entries.add({ account: "receivables", cents: -value, day, arItemId, text: "Payment" });
  }

  /** The indices of all entries. */
  entries(): Iterable<number> {
    return this.#entries.existing();
  }

  serializeEntry(clientNo: number, index: number) {
    const entry = this.#entries.at(index);
    if (!entry) return undefined;
    const { account, cents: value, day, arItemId, text } = entry;
    return {
      clientNo,
      glItemId: `${clientNo}-${index}`,
      ...accountFields(account),
      glAmount: amount(value),
      voucherDate: dateOf(day),
      ...yearAndPeriod(periodOfDay(day)),
      transactionText: text,
      ...(arItemId !== undefined && { arItemId }),
    };
  }

  /** The accounts in each period of a range, except those without a balance and a movement. */
  serializeMovements(clientNo: number, from: number, to: number, accountNo: unknown) {
    const sums = this.#sums();
    const accounts = ACCOUNTS.filter((account) => accountNo === undefined || GL_ACCOUNTS[account].no === accountNo);
    const balances = new Map(
      accounts.map((account) => {
        const before = [...sums[account]].filter(([period]) => period < from);
        return [account, before.reduce((sum, [, value]) => sum + value, 0)];
      }),
    );
    const rows = [];
    for (let period = from; period <= to; period++) {
      for (const [account, balanceIn] of balances) {
        const movement = sums[account].get(period) ?? 0;
        if (balanceIn === 0 && movement === 0) continue;
        balances.set(account, balanceIn + movement);
        rows.push(serializeMovement(clientNo, period, account, balanceIn, movement));
      }
    }
    return rows;
  }

  #postSample({ arItemId, currencyAmount = 0, currencyBalance = 0 }: ArItem): void {
    this.#entries.add({ account: "bank", ...SAMPLE_OPENING, arItemId: undefined, text: "Opening balance" });
    const paid = cents(currencyAmount) - cents(currencyBalance);
    const rest = SAMPLE_PAYMENTS.reduce((left, payment) => left - payment.cents, paid);
    for (const { cents: value, day } of [...SAMPLE_PAYMENTS, { cents: rest, day: SAMPLE_REST_DAY }]) {
      this.postPayment(value, day, arItemId);
    }
  }

  /** The sums of each account by period, in hundredths. */
  #sums(): Record<GlAccount, Map<number, number>> {
    this.#seededSums ??= this.#sumSeeded();
    const sums = { bank: new Map<number, number>(), receivables: new Map(this.#seededSums) };
    for (const index of this.#entries.indices(this.#seed.items)) {
      const { account, cents: value, day } = this.#entries.at(index) as GlEntry;
      addTo(sums[account], periodOfDay(day), value);
    }
    return sums;
  }

  #sumSeeded(): Map<number, number> {
    const sums = new Map<number, number>();
    for (let index = 0; index < this.#seed.items; index++) {
      const { amount: value, voucher } = this.#seed.item(index);
      addTo(sums, periodOfDay(voucher), value);
    }
    return sums;
  }
}

function addTo(sums: Map<number, number>, period: number, value: number): void {
  sums.set(period, (sums.get(period) ?? 0) + value);
}

function serializeMovement(clientNo: number, period: number, account: GlAccount, balanceIn: number, movement: number) {
  const { glYear, glPeriod } = yearAndPeriod(period);
  return {
    clientNo,
    glYear,
    glPeriod,
    glYearFrom: glYear,
    glPeriodFrom: glPeriod,
    glYearTo: glYear,
    glPeriodTo: glPeriod,
    ...accountFields(account),
    balanceIn: amount(balanceIn),
    movement: amount(movement),
    balanceOut: amount(balanceIn + movement),
  };
}
