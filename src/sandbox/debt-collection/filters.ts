import { endOf, isDate } from "../data/dates.js";
import { invalidRequest } from "../server/response.js";
import type { Batch, Case, Invoice, Settlement } from "./model.js";
import { caseNumberOf, type Organization } from "./organization.js";
import { debtorOf } from "./serialize.js";

type Query = Record<string, unknown>;

/** Whether a record passes a filter, by the filter's name in the query. An empty filter is ignored. */
export type Filters<T> = Record<string, (wanted: string, record: T, org: Organization, index: number) => boolean>;

const equalsIgnoringCase = (wanted: string, value: string | undefined) => value?.toLowerCase() === wanted.toLowerCase();

/** Returns the test for the filters of a query. Throws an `HttpError` for an invalid date. */
export function createMatcher<T>(filters: Filters<T>, query: Query) {
  const given = Object.keys(filters).filter((name) => query[name] !== undefined && query[name] !== "");
  const wrong = given.filter((name) => /^(from|to)/i.test(name) && !isDate(String(query[name])));
  if (wrong.length > 0) throw invalidRequest(...wrong.map((name) => `/query/${name} must be a date or a date-time`));
  return (org: Organization, record: T, index: number): boolean =>
    given.every((name) => filters[name]?.(String(query[name]), record, org, index));
}

export const BATCH_FILTERS: Filters<Batch> = {
  State: (wanted, { status }) => equalsIgnoringCase(wanted, status),
  Type: (wanted, { type }) => equalsIgnoringCase(wanted, type),
  // Undocumented; here the id of an invoice that the batch created or changed.
  SubjectId: (wanted, { succeeded }, org) => succeeded.includes(org.ids.invoice.indexOf(wanted)),
  // How a write gets its key is undocumented; here by the header of that name.
  IdempotencyKey: (wanted, { idempotencyKey }) => idempotencyKey === wanted,
};

export const INVOICE_FILTERS: Filters<Invoice> = {
  Status: (wanted, { status }) => equalsIgnoringCase(wanted, status),
  Type: (wanted, { type }) => equalsIgnoringCase(wanted, type),
  InvoiceNumber: (wanted, { number }) => number === wanted,
  UniqueSourceInvoiceId: (wanted, { source }) => source === wanted,
  CustomerNumber: (wanted, { customerNumber }) => customerNumber === wanted,
  // Which date these apply to is undocumented; here that of registration.
  From: (wanted, { createdAt }) => createdAt >= Date.parse(wanted),
  To: (wanted, { createdAt }) => createdAt <= endOf(wanted),
};

/** What a search term is looked for in. */
const searchTextsOf = (org: Organization, index: number, { description, invoices, customerNumber }: Case) => [
  caseNumberOf(index),
  description,
  ...invoices.flatMap((invoice) => [org.invoices.at(invoice)?.number, org.invoices.at(invoice)?.source]),
  ...(customerNumber === undefined ? [] : [customerNumber, debtorOf(org, customerNumber).fullName]),
];

export const CASE_FILTERS: Filters<Case> = {
  Status: (wanted, { status }) => equalsIgnoringCase(wanted, status),
  Type: (wanted, { type }) => equalsIgnoringCase(wanted, type),
  CaseNumber: (wanted, _case, _org, index) => caseNumberOf(index) === wanted,
  CustomerNumber: (wanted, { customerNumber }) => customerNumber === wanted,
  UniqueSourceInvoiceId: (wanted, { invoices }, org) =>
    invoices.some((invoice) => org.invoices.at(invoice)?.source === wanted),
  SearchTerm: (wanted, record, org, index) =>
    searchTextsOf(org, index, record).some((text) => text?.toLowerCase().includes(wanted.toLowerCase())),
  FromCreatedAt: (wanted, { registeredAt }) => registeredAt >= Date.parse(wanted),
  ToCreatedAt: (wanted, { registeredAt }) => registeredAt <= endOf(wanted),
};

export const SETTLEMENT_FILTERS: Filters<Settlement> = {
  fromDate: (wanted, { date }) => date >= Date.parse(wanted),
  toDate: (wanted, { date }) => date <= endOf(wanted),
};
