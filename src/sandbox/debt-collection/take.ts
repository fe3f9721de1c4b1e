import type { CorrectionInput, InvoiceInput, PaymentInput } from "../../../generated/debt-collection.js";
import { isDate } from "../data/dates.js";
import { cents, isAmount } from "../data/money.js";
import type { World } from "../world.js";
import { settlementCreated } from "./events.js";
import { type Invoice, remaining } from "./model.js";
import type { Organization } from "./organization.js";
import { caseTypeOf } from "./seed.js";

/** Why an item of a batch fails. All of these are the sandbox's own: the documentation names no reason. */
interface Rule<Item> {
  code: string;
  reason: string;
  broken(item: Item, org: Organization, world: World): boolean;
}

/** One kind of write: where its items stand in the body, what they must fulfil, and what they do. */
export interface Write<Item> {
  type: string;
  list: string;
  rules: Rule<Item>[];
  /** What tells the item from others, for the list of what failed. */
  names(item: Item): Record<string, string | undefined>;
  /** The status of a case follows once the batch has ended. @returns the index of the invoice */
  take(item: Item, org: Organization, world: World, batch: number): number;
}

const after = (date: string | undefined, other: string | undefined): boolean =>
  date !== undefined && other !== undefined && Date.parse(date) > Date.parse(other);

const INVOICE_RULES: Rule<InvoiceInput>[] = [
  {
    code: "DATE_INVALID",
    reason: "invoiceDate, dueDate or collectionNoticeDate is no date.",
    broken: ({ invoiceDate, dueDate, collectionNoticeDate }) =>
      [invoiceDate, dueDate, collectionNoticeDate ?? undefined].some((date) => date !== undefined && !isDate(date)),
  },
  {
    code: "DUE_BEFORE_INVOICE",
    reason: "dueDate is before invoiceDate.",
    broken: ({ invoiceDate, dueDate }) => after(invoiceDate, dueDate),
  },
  {
    code: "AMOUNT_INVALID",
    reason: "originalInvoiceAmount is not above 0, or beyond all sense.",
    broken: ({ originalInvoiceAmount: given }) => given !== undefined && !(isAmount(given) && given > 0),
  },
  {
    code: "DUPLICATE",
    reason: "An invoice with this uniqueSourceInvoiceId is in collection already.",
    broken: ({ uniqueSourceInvoiceId: source }, org, { uniqueInvoices }) =>
      uniqueInvoices && source !== undefined && org.hasSource(source),
  },
];

export const INVOICES: Write<InvoiceInput> = {
  type: "INVOICE",
  list: "invoices",
  rules: INVOICE_RULES,
  names: ({ invoiceNumber, uniqueSourceInvoiceId }) => ({ invoiceNumber, uniqueSourceInvoiceId }),
  take: (item, org, world, batch) => {
    const now = world.now();
    const { description } = item;
    const type = item.type || "NOTICE";
    const currency = item.currency || "NOK";
    // Not documented for an invoice, yet a list filters by it.
    const customerNumber = typeof item.customerNumber === "string" ? item.customerNumber : undefined;
    const caseType = caseTypeOf(type);
    const joined = org.openCase(customerNumber, caseType);
    const original = cents(item.originalInvoiceAmount ?? 0);
    const invoice: Invoice = {
      number: item.invoiceNumber,
      source: item.uniqueSourceInvoiceId,
      type,
      status: "OPEN",
      createdAt: now,
      invoiceDate: item.invoiceDate,
      dueDate: item.dueDate,
      description,
      customerNumber,
      currency,
      original,
      paid: 0,
      credited: 0,
      case: joined === -1 ? org.cases.length : joined,
      batch,
      payments: [],
      history: [{ at: now, event: "REGISTERED", amount: original }],
    };
    const index = org.addInvoice(invoice);
    if (joined === -1) {
      const registered = { registeredAt: now, closedAt: undefined, description, customerNumber, invoices: [index] };
      org.addCase({ type: caseType, status: "OPEN", ...registered });
    } else {
      org.cases.change(joined).invoices.push(index);
    }
    return index;
  },
};

interface OnInvoice {
  invoiceId?: string;
  amount?: number;
  currency?: string;
}

const invoiceOf = ({ invoiceId = "" }: OnInvoice, org: Organization) => org.invoice(invoiceId)?.invoice;

/** What payments and corrections have to fulfil alike. */
const ON_INVOICE: Rule<OnInvoice>[] = [
  {
    code: "INVOICE_UNKNOWN",
    reason: "invoiceId names no invoice of the organisation.",
    broken: (item, org) => invoiceOf(item, org) === undefined,
  },
  {
    code: "INVOICE_NOT_OPEN",
    reason: "The invoice was withdrawn or is closed.",
    broken: (item, org) => ["WITHDRAWN", "CLOSED"].includes(invoiceOf(item, org)?.status ?? ""),
  },
  {
    code: "CURRENCY_DIFFERS",
    reason: "currency is not that of the invoice.",
    broken: (item, org) => item.currency !== undefined && item.currency !== invoiceOf(item, org)?.currency,
  },
  {
    code: "AMOUNT_INVALID",
    reason: "amount is missing, 0, or beyond all sense.",
    broken: ({ amount: given }) => !isAmount(given),
  },
];

const TOO_MUCH: Rule<OnInvoice> = {
  code: "AMOUNT_TOO_LARGE",
  reason: "amount is more than remains of the invoice.",
  broken: (item, org) => cents(item.amount ?? 0) > remaining(invoiceOf(item, org) as Invoice),
};

export const PAYMENTS: Write<PaymentInput> = {
  type: "PAYMENT",
  list: "payments",
  rules: [
    ...ON_INVOICE,
    { code: "AMOUNT_INVALID", reason: "A payment is above 0.", broken: ({ amount: given = 0 }) => given < 0 },
    TOO_MUCH,
  ],
  names: ({ invoiceId }) => ({ invoiceId }),
  take: (item, org, world, batch) => {
    const { index } = org.invoice(item.invoiceId ?? "") as { index: number };
    const invoice = org.invoices.change(index);
    const at = world.now();
    const paid = cents(item.amount ?? 0);
    invoice.paid += paid;
    const settlement = org.settlements.add({ invoice: index, amount: paid, date: at });
    invoice.payments.push({ amount: paid, type: item.type ?? "DIRECT_PAYMENT", at, batch, settlement });
    invoice.history.push({ at, event: "PAYMENT", amount: paid });
    settlementCreated(world, org, settlement);
    closeIfPaid(invoice);
    return index;
  },
};

/** The sign of a correction is not documented: here a positive amount credits, a negative one adds to what is owed. */
export const CORRECTIONS: Write<CorrectionInput> = {
  type: "CORRECTION",
  list: "corrections",
  rules: [...ON_INVOICE, TOO_MUCH],
  names: ({ invoiceId }) => ({ invoiceId }),
  take: (item, org, world) => {
    const { index } = org.invoice(item.invoiceId ?? "") as { index: number };
    const invoice = org.invoices.change(index);
    const credited = cents(item.amount ?? 0);
    invoice.credited += credited;
    invoice.history.push({ at: world.now(), event: "CORRECTION", amount: credited });
    closeIfPaid(invoice);
    return index;
  },
};

function closeIfPaid(invoice: Invoice): void {
  if (remaining(invoice) === 0) invoice.status = "CLOSED";
}
