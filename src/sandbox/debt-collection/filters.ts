import { Refusal } from "../answer.js";
import { begin, end, isDate } from "../data/dates.js";
import type { Batch, Case, Invoice } from "./model.js";
import { caseNumber, type Organization } from "./organization.js";
import { debtorOf } from "./wire.js";

type Query = Record<string, unknown>;

/** What a record must be for each filter that a query has. A filter that is empty is none. */
type Filters<Facts> = Record<string, (wanted: string, facts: Facts) => boolean>;

/** Words are compared without regard to case. */
const same = (wanted: string, value: string | undefined): boolean => value?.toLowerCase() === wanted.toLowerCase();
const exactly = (wanted: string, value: string | undefined): boolean => value === wanted;

/** Whether a query's filters let a record through. */
export function matcher<Facts>(filters: Filters<Facts>, query: Query): <F extends Facts>(facts: F) => boolean {
  const given = Object.entries(filters).flatMap(([name, holds]) => {
    const wanted = query[name];
    return wanted === undefined || wanted === "" ? [] : [{ wanted: String(wanted), holds }];
  });
  return (facts) => given.every(({ wanted, holds }) => holds(wanted, facts));
}

export const BATCH_FILTERS: Filters<{ org: Organization; batch: Batch }> = {
  State: (wanted, { batch }) => same(wanted, batch.status),
  Type: (wanted, { batch }) => same(wanted, batch.type),
  // Its meaning is not documented; here it is the id of an invoice that the batch took or changed.
  SubjectId: (wanted, { org, batch }) => {
    const index = org.ids.invoice.indexOf(wanted);
    return batch.succeeded.some(({ invoice }) => invoice === index);
  },
  // How a write gets its key is not documented; here by the header of that name.
  IdempotencyKey: (wanted, { batch }) => exactly(wanted, batch.idempotencyKey),
};

export const INVOICE_FILTERS: Filters<Invoice> = {
  Status: (wanted, { status }) => same(wanted, status),
  Type: (wanted, { type }) => same(wanted, type),
  InvoiceNumber: (wanted, { number }) => exactly(wanted, number),
  UniqueSourceInvoiceId: (wanted, { source }) => exactly(wanted, source),
  CustomerNumber: (wanted, { customerNumber }) => exactly(wanted, customerNumber),
  // Which date these look at is not documented; here when the invoice was registered.
  From: (wanted, { createdAt }) => createdAt >= begin(wanted),
  To: (wanted, { createdAt }) => createdAt <= end(wanted),
};

/** What is found of a case by a term: its number and description, its invoices' numbers and ids, its debtors' names. */
function textsOf(
  org: Organization,
  index: number,
  { description, invoices, customerNumber }: Case,
): (string | undefined)[] {
  return [
    caseNumber(index),
    description,
    ...invoices.flatMap((invoice) => [org.invoices.at(invoice)?.number, org.invoices.at(invoice)?.source]),
    ...(customerNumber === undefined ? [] : [customerNumber, debtorOf(org, customerNumber).fullName]),
  ];
}

export const CASE_FILTERS: Filters<{ org: Organization; index: number; record: Case }> = {
  Status: (wanted, { record }) => same(wanted, record.status),
  Type: (wanted, { record }) => same(wanted, record.type),
  CaseNumber: (wanted, { index }) => exactly(wanted, caseNumber(index)),
  CustomerNumber: (wanted, { record }) => exactly(wanted, record.customerNumber),
  UniqueSourceInvoiceId: (wanted, { org, record }) =>
    record.invoices.some((invoice) => exactly(wanted, org.invoices.at(invoice)?.source)),
  SearchTerm: (wanted, { org, index, record }) =>
    textsOf(org, index, record).some((text) => text?.toLowerCase().includes(wanted.toLowerCase())),
  FromCreatedAt: (wanted, { record }) => record.registeredAt >= begin(wanted),
  ToCreatedAt: (wanted, { record }) => record.registeredAt <= end(wanted),
};

export const SETTLEMENT_FILTERS: Filters<{ date: number }> = {
  fromDate: (wanted, { date }) => date >= begin(wanted),
  toDate: (wanted, { date }) => date <= end(wanted),
};

/** Refuses a filter by date that is none. */
export function checkDates(query: Query, ...names: string[]): void {
  const wrong = names.filter((name) => query[name] !== undefined && query[name] !== "" && !isDate(String(query[name])));
  if (wrong.length === 0) return;
  const faults = wrong.map((name) => `/query/${name} must be a date or a date-time`);
  throw new Refusal(400, "The request does not fit what the sandbox takes.", faults);
}
