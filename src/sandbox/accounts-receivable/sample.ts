import type { ArItem } from "../../../generated/accounts-receivable.js";
import { dayOfDate } from "../data/dates.js";
import { cents } from "../data/money.js";
import type { Ledger } from "./ledger.js";

/** What the documentation's GL sample shows of the bank: what was there before, and what came in. */
const OPENING = { day: dayOfDate("2025-01-01"), cents: 123_000 };
const PAID = [
  { day: dayOfDate("2025-02-28"), cents: 10_000 },
  { day: dayOfDate("2025-03-15"), cents: 1000 },
];
/** When the rest was paid of what the documentation's AR item no longer has open. */
const REST = dayOfDate("2025-04-15");

/** Posts the documentation's GL sample, as payments of the documentation's AR item. */
export function postSample(ledger: Ledger, { arItemId, currencyAmount = 0, currencyBalance = 0 }: ArItem): void {
  ledger.post(
    [
      ["bank", OPENING.cents],
      ["equity", -OPENING.cents],
    ],
    { day: OPENING.day, arItemId: undefined, text: "Opening balance" },
  );
  const paid = cents(currencyAmount) - cents(currencyBalance);
  const rest = PAID.reduce((left, payment) => left - payment.cents, paid);
  for (const payment of [...PAID, { day: REST, cents: rest }]) {
    ledger.post(
      [
        ["bank", payment.cents],
        ["receivables", -payment.cents],
      ],
      { day: payment.day, arItemId, text: "Payment" },
    );
  }
}
