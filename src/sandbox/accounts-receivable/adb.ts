import { dateOf } from "../data/dates.js";
import { amount } from "../data/money.js";

/** Lengths of the intervals that have one, from interval 1 on, in days. Interval 0 holds what is not due, the last is open. */
const LENGTHS = [30, 30, 30, 90, 180] as const;

interface Interval {
  /** Days overdue. */
  lowest: number;
  highest: number | null;
}

const INTERVALS: Interval[] = [{ lowest: 0, highest: 0 }];
for (const length of LENGTHS) {
  const { highest } = INTERVALS.at(-1) as { highest: number };
  INTERVALS.push({ lowest: highest + 1, highest: highest + length });
}
INTERVALS.push({ lowest: LENGTHS.reduce((sum: number, length) => sum + length, 1), highest: null });

/** An open item. Amounts are in hundredths, credits below 0; days count from 1970. */
export interface OpenItem {
  item: number;
  due: number;
  balance: number;
}

/**
 * Sets the credits of one AR account against its oldest debits, without touching the items themselves. What remains is
 * given; a credit that remains is as if it were not due.
 */
export function match(open: OpenItem[], today: number): OpenItem[] {
  const byAge = (a: OpenItem, b: OpenItem) => a.due - b.due || a.item - b.item;
  const debits = open.filter(({ balance }) => balance > 0).sort(byAge);
  const credits = open.filter(({ balance }) => balance < 0).sort(byAge);
  const owed = debits.reduce((sum, { balance }) => sum + balance, 0);
  const credited = credits.reduce((sum, { balance }) => sum - balance, 0);
  const matched = Math.min(owed, credited);
  return [...less(debits, matched), ...less(credits, matched).map((credit) => ({ ...credit, due: today }))];
}

/** Items without the first hundredths of them. */
function less(items: OpenItem[], hundredths: number): OpenItem[] {
  let left = hundredths;
  return items.flatMap((item) => {
    const taken = Math.min(left, Math.abs(item.balance));
    left -= taken;
    const balance = item.balance - Math.sign(item.balance) * taken;
    return balance === 0 ? [] : [{ ...item, balance }];
  });
}

/** The interval that a due date falls in. What is due today is not overdue. */
export function intervalOf(due: number, today: number): number {
  const overdue = Math.max(0, today - due);
  return INTERVALS.findIndex(({ highest }) => highest === null || overdue <= highest);
}

/** The age-distributed balance of a client on one day. */
export class AgeDistribution {
  /** Days since 1970. */
  readonly today: number;
  readonly computedAt: number;
  /** By interval: what falls in it after matching. */
  readonly intervals: (OpenItem & { customer: number })[][] = INTERVALS.map(() => []);

  constructor(today: number, computedAt: number) {
    this.today = today;
    this.computedAt = computedAt;
  }

  /** Adds the open items of one customer. */
  add(customer: number, open: OpenItem[]): void {
    for (const { item, due, balance } of match(open, this.today)) {
      this.intervals[intervalOf(due, this.today)]?.push({ item, due, balance, customer });
    }
  }

  wire(wanted: (customer: number) => boolean) {
    return this.intervals.map((all, intervalNo) => {
      const { lowest, highest } = INTERVALS[intervalNo] as Interval;
      const items = all.filter(({ customer }) => wanted(customer));
      return {
        intervalNo,
        itemCount: items.length,
        sumGlBalance: amount(items.reduce((sum, { balance }) => sum + balance, 0)),
        daysInInterval: highest === null ? null : intervalNo === 0 ? 0 : highest - lowest + 1,
        description: intervalNo === 0 ? "Not due" : highest === null ? `Over ${lowest - 1}` : `${lowest} - ${highest}`,
        oldestDate: highest === null ? null : dateOf(this.today - highest),
        newestDate: intervalNo === 0 ? "2100-01-01" : dateOf(this.today - lowest),
        lowestDayNo: lowest,
        highestDayNo: highest,
      };
    });
  }
}
