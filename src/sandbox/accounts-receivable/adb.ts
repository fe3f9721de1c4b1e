import { dateOf } from "../data/dates.js";
import { amount } from "../data/money.js";

/** The documented intervals in days overdue. Interval 0 holds what is not due, the last has no end. */
const INTERVALS: { lowest: number; highest: number | null }[] = [
  { lowest: 0, highest: 0 },
  { lowest: 1, highest: 30 },
  { lowest: 31, highest: 60 },
  { lowest: 61, highest: 90 },
  { lowest: 91, highest: 180 },
  { lowest: 181, highest: 360 },
  { lowest: 361, highest: null },
];

/** An open item. Amounts are in hundredths, below 0 for credits; days count from 1970. */
export interface OpenItem {
  item: number;
  due: number;
  balance: number;
}

/**
 * Matches the credits of one AR account with its oldest debits and returns what remains. The items themselves do not
 * change. A credit that remains counts as not due.
 */
export function matchCredits(open: OpenItem[], today: number): OpenItem[] {
  const byAge = (a: OpenItem, b: OpenItem) => a.due - b.due || a.item - b.item;
  const debits = open.filter(({ balance }) => balance > 0).sort(byAge);
  const credits = open.filter(({ balance }) => balance < 0).sort(byAge);
  const owed = debits.reduce((sum, { balance }) => sum + balance, 0);
  const credited = credits.reduce((sum, { balance }) => sum - balance, 0);
  const matched = Math.min(owed, credited);
  return [...reduce(debits, matched), ...reduce(credits, matched).map((credit) => ({ ...credit, due: today }))];
}

/** The items without the first hundredths of them. */
function reduce(items: OpenItem[], hundredths: number): OpenItem[] {
  let left = hundredths;
  return items.flatMap((item) => {
    const part = Math.min(left, Math.abs(item.balance));
    left -= part;
    const balance = item.balance - Math.sign(item.balance) * part;
    return balance === 0 ? [] : [{ ...item, balance }];
  });
}

/** The interval of a due date. What is due today is not overdue. */
export function intervalOf(due: number, today: number): number {
  const overdue = Math.max(0, today - due);
  return INTERVALS.findIndex(({ highest }) => highest === null || overdue <= highest);
}

/** The age-distributed balance of a client on one day. */
export class AgeDistribution {
  /** Days since 1970. */
  readonly today: number;
  readonly computedAt: number;
  /** What is in each interval after matching. */
  readonly intervals: (OpenItem & { customer: number })[][] = INTERVALS.map(() => []);

  constructor(today: number, computedAt: number) {
    this.today = today;
    this.computedAt = computedAt;
  }

  /** Adds the open items of one customer. */
  add(customer: number, open: OpenItem[]): void {
    for (const { item, due, balance } of matchCredits(open, this.today)) {
      this.intervals[intervalOf(due, this.today)]?.push({ item, due, balance, customer });
    }
  }

  serialize(includes: (customer: number) => boolean) {
    return INTERVALS.map(({ lowest, highest }, intervalNo) => {
      const items = (this.intervals[intervalNo] ?? []).filter(({ customer }) => includes(customer));
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
