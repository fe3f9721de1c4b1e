import type {
  Batch as BatchWire,
  CaseInvoice,
  Case as CaseWire,
  Invoice as InvoiceWire,
  Settlement as SettlementWire,
} from "../../../generated/debt-collection.js";
import { isDate, timeOf } from "../data/dates.js";
import { amount } from "../data/money.js";
import { personOf } from "../data/people.js";
import { hash } from "../data/random.js";
import { type Batch, type Case, type Invoice, remaining, type Settlement } from "./model.js";
import { caseNumber, type Organization } from "./organization.js";

// How records look on the wire. Fields of an invoice after createdAt are not documented; the sandbox gives those that an
// invoice of a case has.

/** An object without what is undefined, as JSON has it. */
type Sparse<T> = { [Key in keyof T]?: T[Key] | undefined };
const sparse = <T>(value: Sparse<T>): T =>
  Object.fromEntries(Object.entries(value).filter(([, of]) => of !== undefined)) as T;

const organizationOf = ({ id }: Organization) => ({
  id,
  organizationNumber: String(900_000_000 + (hash(id) % 100_000_000)),
  name: "Sandbox AS",
});

function amountsOf(invoice: Invoice) {
  const left = amount(remaining(invoice));
  return {
    originalAmount: amount(invoice.original),
    remainingAmount: left,
    remainingPrincipal: left,
    paidAmount: amount(invoice.paid),
    creditedAmount: amount(invoice.credited),
    currency: invoice.currency,
  };
}

const dates = ({ invoiceDate, dueDate }: Invoice) => ({
  invoiceDate: invoiceDate && isDate(invoiceDate) ? timeOf(Date.parse(invoiceDate)) : undefined,
  dueDate: dueDate && isDate(dueDate) ? timeOf(Date.parse(dueDate)) : undefined,
});

export function invoiceWire(org: Organization, index: number, invoice: Invoice): InvoiceWire {
  return sparse<InvoiceWire>({
    id: org.ids.invoice.at(index),
    organization: organizationOf(org),
    invoiceNumber: invoice.number,
    collectionCaseNumber: caseNumber(invoice.case),
    type: invoice.type,
    status: invoice.status,
    createdAt: timeOf(invoice.createdAt),
    ...dates(invoice),
    uniqueSourceInvoiceId: invoice.source,
    customerNumber: invoice.customerNumber,
    description: invoice.description,
    batchId: org.ids.batch.at(invoice.batch),
    ...amountsOf(invoice),
  });
}

function caseInvoice(org: Organization, index: number): CaseInvoice[] {
  const invoice = org.invoices.at(index);
  if (!invoice) return [];
  return [
    sparse<CaseInvoice>({
      invoiceId: org.ids.invoice.at(index),
      invoiceNumber: invoice.number,
      caseId: org.ids.case.at(invoice.case),
      ...dates(invoice),
      batchId: org.ids.batch.at(invoice.batch),
      registeredAt: timeOf(invoice.createdAt),
      uniqueSourceInvoiceId: invoice.source,
      ...amountsOf(invoice),
    }),
  ];
}

export function caseWire(org: Organization, index: number, record: Case): CaseWire {
  const { customerNumber } = record;
  return sparse<CaseWire>({
    caseId: org.ids.case.at(index),
    caseNumber: caseNumber(index),
    organizationId: org.id,
    creditorId: org.ids.creditor.at(0),
    creditorNumber: "1",
    status: record.status,
    type: record.type,
    description: record.description,
    registeredAt: timeOf(record.registeredAt),
    closedAt: record.closedAt === undefined ? undefined : timeOf(record.closedAt),
    invoices: record.invoices.flatMap((invoice) => caseInvoice(org, invoice)),
    debtors: customerNumber === undefined ? [] : [debtorOf(org, customerNumber)],
  });
}

export function debtorOf(org: Organization, customerNumber: string) {
  const no = hash(org.id, customerNumber);
  const { firstName, lastName } = personOf(0, no);
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

/** Both forms of a settlement in one: that of the newer pages and that of 2025. */
export function settlementWire(org: Organization, index: number, settlement: Settlement): SettlementWire {
  const invoice = org.invoices.at(settlement.invoice) as Invoice;
  const number = caseNumber(invoice.case);
  const paid = amount(settlement.amount);
  const date = timeOf(settlement.date);
  const none = () => ({ collector: 0, creditor: 0 });
  return sparse<SettlementWire>({
    id: org.ids.settlement.at(index),
    caseNumber: number,
    collectionType: invoice.type === "PAYMENT_REMINDER" ? "REMINDER" : "DEBT_COLLECTION",
    currency: invoice.currency,
    customerReference: invoice.customerNumber,
    exchangeRate: 1,
    organization: organizationOf(org),
    date,
    remittanceDate: date,
    paymentAmount: paid,
    invoice: sparse({
      id: org.ids.invoice.at(settlement.invoice),
      invoiceNumber: invoice.number,
      collectionCaseNumber: number,
      type: invoice.type,
      status: invoice.status,
    }),
    // The sandbox reckons neither fees nor interest.
    principalDistribution: { collector: 0, creditor: paid },
    feeDistribution: none(),
    interestDistribution: none(),
    vat: 0,
  });
}

export function batchWire(org: Organization, index: number, batch: Batch): BatchWire {
  return sparse<BatchWire>({
    batchId: org.ids.batch.at(index),
    type: batch.type,
    status: batch.status,
    createdAt: timeOf(batch.createdAt),
    finishedAt: batch.finishedAt === undefined ? undefined : timeOf(batch.finishedAt),
    organizationId: org.id,
    createdBy: org.ids.user.at(0),
    idempotencyKey: batch.idempotencyKey,
    succeeded: batch.succeeded.map(({ invoice }) => {
      const record = org.invoices.at(invoice);
      return sparse({
        invoiceId: org.ids.invoice.at(invoice),
        invoiceNumber: record?.number,
        caseId: record && org.ids.case.at(record.case),
      });
    }),
    failed: batch.failed.map(({ index: place, names, code, reason }) => ({ index: place, ...names, code, reason })),
  });
}
