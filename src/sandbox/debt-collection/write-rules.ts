import type { CorrectionInput, InvoiceInput, PaymentInput } from "../../../generated/debt-collection.js";
import { isDate } from "../data/dates.js";
import { cents, isAmount } from "../data/money.js";
import type { SandboxContext } from "../server/context.js";
import { emitSettlementCreated } from "./events.js";
import { type Invoice, remaining } from "./model.js";
import type { Organization } from "./organization.js";
import { caseTypeOf } from "./seed.js";

/** Why an item of a batch fails. All rules are the sandbox's own: no reason is documented. */
interface Rule<Item> {
  code: string;
  reason: string;
  isBroken(item: Item, org: Organization, context: SandboxContext): boolean;
}

/** One kind of write. */
export interface Write<Item> {
  type: string;
  /** The list in the body. */
  list: string;
  rules: Rule<Item>[];
  /** The fields that identify an item in the list of failed ones. */
  keys: (keyof Item & string)[];
  /** Applies an item and returns the index of its invoice. The status of the case is updated after the batch. */
  apply(item: Item, org: Organization, context: SandboxContext, batch: number): number;
}

const isAfter = (date: string | undefined, other: string | undefined): boolean =>
  date !== undefined && other !== undefined && Date.parse(date) > Date.parse(other);

export const INVOICES: Write<InvoiceInput> = {
  type: "INVOICE",
  list: "invoices",
  keys: ["invoiceNumber", "uniqueSourceInvoiceId"],
  rules: [
    {
      code: "DATE_INVALID",
      reason: "invoiceDate, dueDate or collectionNoticeDate is not a date.",
      isBroken: ({ invoiceDate, dueDate, collectionNoticeDate }) =>
        [invoiceDate, dueDate, collectionNoticeDate ?? undefined].some((date) => date !== undefined && !isDate(date)),
    },
    {
      code: "DUE_BEFORE_INVOICE",
      reason: "dueDate is before invoiceDate.",
      isBroken: ({ invoiceDate, dueDate }) => isAfter(invoiceDate, dueDate),
    },
    {
      code: "AMOUNT_INVALID",
      reason: "originalInvoiceAmount is not above 0, or too large.",
      isBroken: ({ originalInvoiceAmount: given }) => given !== undefined && !(isAmount(given) && given > 0),
    },
    {
      code: "DUPLICATE",
      reason: "An invoice with this uniqueSourceInvoiceId is already in collection.",
      isBroken: ({ uniqueSourceInvoiceId: source }, org, { uniqueInvoices }) =>
        uniqueInvoices && source !== undefined && org.hasSource(source),
    },
  ],
  apply: (item, org, { now }, batch) => {
    const { description, invoiceDate, dueDate } = item;
    const type = item.type || "NOTICE";
    // Undocumented for an invoice, but a filter of lists.
    const customerNumber =
      "customerNumber" in item && typeof item.customerNumber === "string" ? item.customerNumber : undefined;
    const caseType = caseTypeOf(type);
    const openCase = org.openCase(customerNumber, caseType);
    const original = cents(item.originalInvoiceAmount ?? 0);
    const index = org.addInvoice({
      number: item.invoiceNumber,
      source: item.uniqueSourceInvoiceId,
      type,
      status: "OPEN",
      createdAt: now(),
      invoiceDate,
      dueDate,
      description,
      customerNumber,
      currency: item.currency || "NOK",
      original,
      paid: 0,
      credited: 0,
      case: openCase === -1 ? org.cases.length : openCase,
      batch,
      settlements: [],
    });
    if (openCase === -1) {
      const rest = { registeredAt: now(), closedAt: undefined, description, customerNumber, invoices: [index] };
      org.addCase({ type: caseType, status: "OPEN", ...rest });
    } else {
      org.cases.change(openCase).invoices.push(index);
    }
    return index;
  },
};

/** What payments and corrections have in common. */
interface InvoiceChange {
  invoiceId?: string;
  amount?: number;
  currency?: string;
}

const invoiceOf = ({ invoiceId = "" }: InvoiceChange, org: Organization) => org.invoice(invoiceId)?.invoice;

const CHANGE_RULES: Rule<InvoiceChange>[] = [
  {
    code: "INVOICE_UNKNOWN",
    reason: "The organization has no invoice with this invoiceId.",
    isBroken: (item, org) => invoiceOf(item, org) === undefined,
  },
  {
    code: "INVOICE_NOT_OPEN",
    reason: "The invoice was withdrawn or is closed.",
    isBroken: (item, org) => ["WITHDRAWN", "CLOSED"].includes(invoiceOf(item, org)?.status ?? ""),
  },
  {
    code: "CURRENCY_DIFFERS",
    reason: "currency differs from the invoice's.",
    isBroken: (item, org) => item.currency !== undefined && item.currency !== invoiceOf(item, org)?.currency,
  },
  {
    code: "AMOUNT_INVALID",
    reason: "amount is missing, 0, or too large.",
    isBroken: ({ amount: given }) => !isAmount(given),
  },
  {
    code: "AMOUNT_TOO_LARGE",
    reason: "amount is more than the remaining amount of the invoice.",
    isBroken: (item, org) => cents(item.amount ?? 0) > remaining(invoiceOf(item, org) as Invoice),
  },
];

/** The invoice that an item changes, its index, and the amount in hundredths. */
function changeOf(item: InvoiceChange, org: Organization) {
  const { index } = org.invoice(item.invoiceId ?? "") as { index: number };
  return { index, invoice: org.invoices.change(index), amount: cents(item.amount ?? 0) };
}

function closeIfPaid(invoice: Invoice): void {
  if (remaining(invoice) === 0) invoice.status = "CLOSED";
}

export const PAYMENTS: Write<PaymentInput> = {
  type: "PAYMENT",
  list: "payments",
  keys: ["invoiceId"],
  rules: [
    ...CHANGE_RULES,
    { code: "AMOUNT_INVALID", reason: "amount is below 0.", isBroken: ({ amount: given = 0 }) => given < 0 },
  ],
  apply: (item, org, context, batch) => {
    const { index, invoice, amount } = changeOf(item, org);
    const date = context.now();
    invoice.paid += amount;
    const type = item.type ?? "DIRECT_PAYMENT";
    const settlement = org.settlements.add({ invoice: index, amount, date, type, batch });
    invoice.settlements.push(settlement);
    emitSettlementCreated(context, org, settlement);
    closeIfPaid(invoice);
    return index;
  },
};

/** The sign of a correction is undocumented: here a positive amount credits, a negative one increases the claim. */
export const CORRECTIONS: Write<CorrectionInput> = {
  type: "CORRECTION",
  list: "corrections",
  keys: ["invoiceId"],
  rules: CHANGE_RULES,
  apply: (item, org) => {
    const { index, invoice, amount } = changeOf(item, org);
    invoice.credited += amount;
    closeIfPaid(invoice);
    return index;
  },
};
