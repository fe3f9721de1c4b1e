import type {
  Batch as ApiBatch,
  Case as ApiCase,
  Invoice as ApiInvoice,
  Settlement as ApiSettlement,
  CaseInvoice,
} from "../../../generated/debt-collection.js";
import { isDate, timeOf } from "../data/dates.js";
import { amount } from "../data/money.js";
import { personOf } from "../data/people.js";
import { seedOf } from "../data/random.js";
import { type Batch, type Case, type Invoice, remaining, type Settlement } from "./model.js";
import { caseNumberOf, type Organization } from "./organization.js";

// Records as the API returns them. The fields of an invoice after createdAt are undocumented; the sandbox adds those of
// an invoice in a case.

/** An object without undefined values, as in JSON. */
const compact = <T>(value: { [Key in keyof T]?: T[Key] | undefined }): T =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;

const organizationOf = ({ id }: Organization) => ({
  id,
  organizationNumber: String(900_000_000 + (seedOf(id) % 100_000_000)),
  name: "Sandbox AS",
});

const optionalTime = (time: number | undefined) => (time === undefined ? undefined : timeOf(time));
const optionalDate = (date: string | undefined) => (date && isDate(date) ? timeOf(Date.parse(date)) : undefined);

/** The fields that an invoice has on its own and in a case. */
function sharedFields(org: Organization, invoice: Invoice) {
  return {
    invoiceNumber: invoice.number,
    uniqueSourceInvoiceId: invoice.source,
    batchId: org.ids.batch.at(invoice.batch),
    invoiceDate: optionalDate(invoice.invoiceDate),
    dueDate: optionalDate(invoice.dueDate),
    originalAmount: amount(invoice.original),
    remainingAmount: amount(remaining(invoice)),
    remainingPrincipal: amount(remaining(invoice)),
    paidAmount: amount(invoice.paid),
    creditedAmount: amount(invoice.credited),
    currency: invoice.currency,
  };
}

export function serializeInvoice(org: Organization, index: number, invoice: Invoice): ApiInvoice {
  const { type, status, customerNumber, description } = invoice;
  return compact<ApiInvoice>({
    id: org.ids.invoice.at(index),
    organization: organizationOf(org),
    collectionCaseNumber: caseNumberOf(invoice.case),
    type,
    status,
    createdAt: timeOf(invoice.createdAt),
    customerNumber,
    description,
    ...sharedFields(org, invoice),
  });
}

function serializeCaseInvoice(org: Organization, index: number): CaseInvoice {
  const invoice = org.invoices.at(index) as Invoice;
  return compact<CaseInvoice>({
    invoiceId: org.ids.invoice.at(index),
    caseId: org.ids.case.at(invoice.case),
    registeredAt: timeOf(invoice.createdAt),
    ...sharedFields(org, invoice),
  });
}

export function serializeCase(org: Organization, index: number, record: Case): ApiCase {
  const { status, type, description, customerNumber } = record;
  return compact<ApiCase>({
    caseId: org.ids.case.at(index),
    caseNumber: caseNumberOf(index),
    organizationId: org.id,
    creditorId: org.ids.creditor.at(0),
    creditorNumber: "1",
    status,
    type,
    description,
    registeredAt: timeOf(record.registeredAt),
    closedAt: optionalTime(record.closedAt),
    invoices: record.invoices.map((invoice) => serializeCaseInvoice(org, invoice)),
    debtors: customerNumber === undefined ? [] : [debtorOf(org, customerNumber)],
  });
}

export function debtorOf(org: Organization, customerNumber: string) {
  const no = seedOf(org.id, customerNumber);
  const { firstName, lastName } = personOf(no, 0);
  return {
    debtorId: org.ids.debtor.at(no),
    type: "PRIVATE" as const,
    debtorNumber: String(no),
    customerNumber,
    firstName,
    lastName,
    fullName: `${firstName} ${lastName}`,
  };
}

/** A settlement in both documented forms, the newer one and that of 2025. */
export function serializeSettlement(org: Organization, index: number, settlement: Settlement): ApiSettlement {
  const invoice = org.invoices.at(settlement.invoice) as Invoice;
  const caseNumber = caseNumberOf(invoice.case);
  const paid = amount(settlement.amount);
  const date = timeOf(settlement.date);
  return compact<ApiSettlement>({
    id: org.ids.settlement.at(index),
    caseNumber,
    // The only documented value.
    collectionType: invoice.type === "PAYMENT_REMINDER" ? "REMINDER" : undefined,
    currency: invoice.currency,
    customerReference: invoice.customerNumber,
    exchangeRate: 1,
    organization: organizationOf(org),
    date,
    remittanceDate: date,
    paymentAmount: paid,
    invoice: compact({
      id: org.ids.invoice.at(settlement.invoice),
      invoiceNumber: invoice.number,
      collectionCaseNumber: caseNumber,
      type: invoice.type,
      status: invoice.status,
    }),
    // The sandbox adds neither fees nor interest.
    principalDistribution: { collector: 0, creditor: paid },
    feeDistribution: { collector: 0, creditor: 0 },
    interestDistribution: { collector: 0, creditor: 0 },
    vat: 0,
  });
}

export function serializeBatch(org: Organization, index: number, batch: Batch): ApiBatch {
  const { type, status, idempotencyKey, failed } = batch;
  return compact<ApiBatch>({
    batchId: org.ids.batch.at(index),
    type,
    status,
    createdAt: timeOf(batch.createdAt),
    finishedAt: optionalTime(batch.finishedAt),
    organizationId: org.id,
    createdBy: org.ids.user.at(0),
    idempotencyKey,
    succeeded: batch.succeeded.map((no) => {
      const invoice = org.invoices.at(no) as Invoice;
      const caseId = org.ids.case.at(invoice.case);
      return compact({ invoiceId: org.ids.invoice.at(no), invoiceNumber: invoice.number, caseId });
    }),
    failed,
  });
}

/** The payments of an invoice. Each has a settlement. */
export const serializePayments = (org: Organization, { settlements, currency }: Invoice) =>
  settlements.map((index) => {
    const { type, amount: paid, date, batch } = org.settlements.at(index) as Settlement;
    return {
      paymentId: org.ids.payment.at(index),
      settlementId: org.ids.settlement.at(index),
      ...(batch !== undefined && { batchId: org.ids.batch.at(batch) }),
      type,
      amount: amount(paid),
      currency,
      registeredAt: timeOf(date),
    };
  });

/** What happened to an invoice. The fields are undocumented; here the registration and the payments. */
export const serializeHistory = (org: Organization, { createdAt, original, settlements }: Invoice) => [
  { at: timeOf(createdAt), event: "REGISTERED", amount: amount(original) },
  ...settlements.map((index) => {
    const { date, amount: paid } = org.settlements.at(index) as Settlement;
    return { at: timeOf(date), event: "PAYMENT", amount: amount(paid) };
  }),
];
