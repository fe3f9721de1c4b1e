import type { ArItem } from "../../../generated/accounts-receivable.js";
import { isDate } from "../data/dates.js";
import { amount, cents, isAmount } from "../data/money.js";
import { HttpError, invalidRequest, notFound } from "../server/response.js";
import type { Client } from "./client.js";
import type { Clients } from "./clients.js";
import { creditItem } from "./documents.js";
import type { Written } from "./model.js";
import type { Search } from "./queries.js";

export const arItemOperations = (clients: Clients) => ({
  getArItem: clients.get("AR item", (client, { aritemid }) => client.items.at(client.itemIndex(aritemid))),
  listArItems: clients.list("arItems", (client, { reporttype, adbinterval }) =>
    String(reporttype).toLowerCase() === "adbdetails"
      ? adbDetails(client, Number(adbinterval))
      : { find: () => client.items.existing(), serialize: (index) => client.items.at(index) },
  ),
  updateArItem: clients.write((client, { body }) =>
    updateItem(client, (body as { arItem?: Record<string, unknown> }).arItem ?? {}),
  ),
});

/**
 * The items of an ADB interval. `adbGlBalance`, the sandbox's own name, is what remains of an item after matching, which
 * may be less than its balance.
 */
function adbDetails(client: Client, interval: number): Search {
  const items = client.adb().intervals[interval];
  if (!items) throw invalidRequest("/query/adbinterval must be from 0 to 6");
  return {
    find: () => items.keys(),
    serialize: (at) => {
      const { item = -1, balance = 0 } = items[at] ?? {};
      return { ...(client.items.at(item) as ArItem), adbGlBalance: amount(balance) };
    },
  };
}

/** Changes the due date of an item, credits it, or both. The fields of the request are undocumented. */
function updateItem(client: Client, given: Record<string, unknown>): Written {
  const { arItemId, dueDate, creditNote } = given;
  if (arItemId === undefined) throw new HttpError(422, "arItem.arItemId is missing.");
  const index = client.itemIndex(arItemId);
  const item = client.items.at(index);
  if (!item) throw notFound("AR item");
  if (dueDate !== undefined && !(typeof dueDate === "string" && dueDate.length === 10 && isDate(dueDate))) {
    throw new HttpError(422, "arItem.dueDate must be a date.");
  }
  const credit = (creditNote as { currencyAmount?: unknown } | undefined)?.currencyAmount;
  if (credit !== undefined) {
    const most = cents(item.currencyBalance ?? 0);
    if (!isAmount(credit) || credit < 0 || cents(credit) > most) {
      throw new HttpError(422, "arItem.creditNote.currencyAmount must be above 0 and at most the item's balance.");
    }
    creditItem(client, index, cents(credit));
  }
  if (dueDate !== undefined) client.items.change(index).dueDate = dueDate;
  return { result: "UPDATED", message: "AR item updated", arItemId };
}
