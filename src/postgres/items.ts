import type { CorrectionInput, InvoiceInput, PaymentInput } from "../../generated/debt-collection.js";
import type { DocumentedOnly } from "../additional.js";
import { invoiceKey } from "../debt-collection/submit/adapters.js";
import { contentHash } from "../debt-collection/submit/content-keys.js";
import { isNonEmptyString } from "../debt-collection/submit/ids.js";
import { itemToJson, NOT_JSON } from "../debt-collection/submit/input.js";
import type { JournalOwner } from "../debt-collection/submit/journal.js";
import { ConfigurationError } from "../errors.js";
import { typeName } from "../http/checks.js";
import { isWellFormed } from "../http/serialize.js";

/** What an item of the outbox is. */
export type OutboxKind = JournalOwner["kind"];

/** A payment or correction with your own id of it, which is unique among those of the organization. */
export interface WithSourceId<Item> {
  sourceId: string;
  item: Item;
}

/**
 * Items of one organization and kind, as they are sent. An invoice's id is its `uniqueSourceInvoiceId`. Undocumented fields are
 * refused unless they are marked with `additional`.
 */
export type OutboxItems<
  Invoice extends InvoiceInput = InvoiceInput,
  Payment extends PaymentInput = PaymentInput,
  Correction extends CorrectionInput = CorrectionInput,
> = { organizationId: string } & (
  | { invoices: readonly Invoice[] & DocumentedOnly<Invoice, InvoiceInput> }
  | { payments: readonly WithSourceId<Payment>[] & DocumentedOnly<Payment, PaymentInput> }
  | { corrections: readonly WithSourceId<Correction>[] & DocumentedOnly<Correction, CorrectionInput> }
);

/** The rows of one organization and kind. */
export interface Stream {
  organizationId: string;
  kind: OutboxKind;
}

/** What is stored of items. */
export interface ItemRows extends Stream {
  ids: string[];
  hashes: string[];
  payloads: string[];
}

type Keyed = { key: string; item: unknown } | { problem: string };

function keyInvoice(invoice: unknown): Keyed {
  const keyed = invoiceKey(Object(invoice));
  return "key" in keyed ? { ...keyed, item: invoice } : keyed;
}

function keyWithSourceId(entry: unknown): Keyed {
  const { sourceId, item, ...rest } = Object(entry) as Partial<WithSourceId<unknown>>;
  if (!isNonEmptyString(sourceId) || !isWellFormed(sourceId)) return { problem: "its sourceId is not a text" };
  if (Object.keys(rest).length > 0) return { problem: "it must be an object of sourceId and item" };
  return { key: sourceId, item };
}

const LISTS: Record<string, { kind: OutboxKind; toKeyed(entry: unknown): Keyed }> = {
  invoices: { kind: "invoice", toKeyed: keyInvoice },
  payments: { kind: "payment", toKeyed: keyWithSourceId },
  corrections: { kind: "correction", toKeyed: keyWithSourceId },
};

/** The longest id that fits into the primary key, in characters. */
const MAX_ID = 500;
const MAX_PAYLOAD = 1024 * 1024;

export function checkId(name: string, value: unknown): string {
  const isValid = isNonEmptyString(value) && value.length <= MAX_ID && !value.includes("\0") && isWellFormed(value);
  if (isValid) return value;
  throw new ConfigurationError("invalid_argument", `${name} must be a text of 1 to ${MAX_ID} characters.`);
}

/** @throws {ConfigurationError} when an item could not be sent as it is; the message has its index */
export async function readItems(items: OutboxItems): Promise<ItemRows> {
  const { organizationId, ...lists } = items;
  const [[name, list] = ["", undefined], ...others] = Object.entries(lists);
  const { kind, toKeyed } = (Object.hasOwn(LISTS, name) && LISTS[name]) || {};
  if (!kind || !toKeyed || others.length > 0 || !Array.isArray(list)) {
    throw new ConfigurationError(
      "invalid_argument",
      `The items must be an object of organizationId and one list: ${Object.keys(LISTS).join(", ")}.`,
    );
  }
  const rows: ItemRows = {
    organizationId: checkId("organizationId", organizationId),
    kind,
    ids: [],
    hashes: [],
    payloads: [],
  };
  for (const [at, entry] of list.entries()) {
    const keyed = toKeyed(entry);
    if ("problem" in keyed) throw invalidItem(at, keyed.problem);
    const json = itemToJson(keyed.item);
    if (json === undefined) throw invalidItem(at, NOT_JSON);
    if (json.length > MAX_PAYLOAD) throw invalidItem(at, `its JSON is longer than ${MAX_PAYLOAD} characters`);
    rows.ids.push(checkId(`The id of item ${at}`, keyed.key));
    rows.hashes.push(await contentHash(kind, json));
    rows.payloads.push(json);
  }
  return rows;
}

const invalidItem = (at: number, problem: string) =>
  new ConfigurationError("invalid_argument", `Item ${at} of the list was not stored: ${problem}.`);

export function checkKind(kind: unknown): OutboxKind {
  const known = Object.values(LISTS).find((list) => list.kind === kind);
  if (known) return known.kind;
  throw new ConfigurationError(
    "invalid_argument",
    `kind must be invoice, payment or correction; ${typeName(kind)} was given.`,
  );
}
