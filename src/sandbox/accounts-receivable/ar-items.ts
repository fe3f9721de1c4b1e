import type { ArItem } from "../../../generated/accounts-receivable.js";
import { isDate } from "../data/dates.js";
import { amount, cents, isAmount } from "../data/money.js";
import type { Client } from "./client.js";
import { creditItem } from "./documents.js";
import { type Outcome, rejected } from "./write-result.js";

/**
 * An item and, where it stands behind an ADB interval, what remains of it there: after the fictitious matching that may be
 * less than its balance. The name `adbGlBalance` is the sandbox's own.
 */
export const adbItemWire = (item: ArItem, balance: number) => ({ ...item, adbGlBalance: amount(balance) });

/** What can be changed of an item. The documentation shows no field of this request; these are the sandbox's own. */
const CHANGES: { name: "dueDate" | "transactionText"; expected: string; fits(value: unknown): boolean }[] = [
  {
    name: "dueDate",
    expected: "a date",
    fits: (value) => typeof value === "string" && value.length === 10 && isDate(value),
  },
  { name: "transactionText", expected: "a text", fits: (value) => typeof value === "string" },
];

/** Changes details of an item, credits it, or both. */
export function updateItem(client: Client, given: Record<string, unknown> | undefined): Outcome {
  const index = client.itemIndex(given?.arItemId);
  if (given?.arItemId === undefined) return rejected(422, "arItem.arItemId names the item; it is missing.");
  if (index === -1) return rejected(404, "No such AR item.");
  const wrong = CHANGES.find(({ name, fits }) => given[name] !== undefined && !fits(given[name]));
  if (wrong) return rejected(422, `arItem.${wrong.name} must be ${wrong.expected}.`);

  const item = client.items.at(index) as ArItem;
  const credit = (given.creditNote as { currencyAmount?: unknown } | undefined)?.currencyAmount;
  if (credit !== undefined) {
    const most = cents(item.currencyBalance ?? 0);
    if (!isAmount(credit) || credit < 0 || cents(credit) > most) {
      return rejected(422, "arItem.creditNote.currencyAmount must be above 0 and no more than remains of the item.");
    }
    const outcome = creditItem(client, index, cents(credit));
    if (outcome.result === "REJECTED") return outcome;
  }
  const changed = client.items.change(index);
  for (const { name } of CHANGES) if (given[name] !== undefined) changed[name] = given[name] as string;
  return { result: "UPDATED", message: "AR item updated", arItemId: item.arItemId };
}
