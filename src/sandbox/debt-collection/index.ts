import type { operations as Types } from "../../../generated/debt-collection.js";
import type { Table } from "../data/table.js";
import type { SandboxContext } from "../server/context.js";
import type { OperationsOf, SandboxApi, SandboxOperation, SandboxRequest } from "../server/operation.js";
import { HttpError, notFound, ok, type SandboxResponse } from "../server/response.js";
import { batchWrite } from "./batch-writes.js";
import { updateCase } from "./events.js";
import {
  BATCH_FILTERS,
  CASE_FILTERS,
  createMatcher,
  type Filters,
  INVOICE_FILTERS,
  SETTLEMENT_FILTERS,
} from "./filters.js";
import { listPage, type PagedList } from "./list-page.js";
import type { Batch, Invoice } from "./model.js";
import { indexOfCaseNumber, Organization } from "./organization.js";
import {
  serializeBatch,
  serializeCase,
  serializeHistory,
  serializeInvoice,
  serializePayments,
  serializeSettlement,
} from "./serialize.js";
import { CORRECTIONS, INVOICES, PAYMENTS } from "./write-rules.js";

type Webhooks = "onBatchCompleted" | "onSettlementCreated" | "onCase" | "onCaseUpdated";
type Query = SandboxRequest["query"];

/** The list of invoices has no page size. */
const INVOICE_PAGE_SIZE = 100;
/** More than any organization has batches: the first index of the next organization in the list of all batches. */
const BATCH_SPAN = 2 ** 32;

const success = (data: unknown): SandboxResponse => ok({ summary: { status: "SUCCESS" }, data });

const isDescending = ({ SortDirection = "" }: Query) => /^desc/i.test(String(SortDirection));

const optionalText = (value: unknown) => (value === undefined || value === "" ? undefined : String(value));

const invoiceKeysIn = ({ UniqueSourceInvoiceId, InvoiceNumber, CustomerNumber }: Query) => ({
  source: optionalText(UniqueSourceInvoiceId),
  number: optionalText(InvoiceNumber),
  customer: optionalText(CustomerNumber),
});

/** The indices of all cases that may match a query, if they are known without a search. */
function caseCandidates(org: Organization, query: Query): number[] | undefined {
  const number = optionalText(query.CaseNumber);
  if (number !== undefined) return [indexOfCaseNumber(number)];
  const invoices = org.candidates(invoiceKeysIn({ ...query, InvoiceNumber: undefined }));
  return invoices && [...new Set(invoices.map((index) => org.invoices.at(index)?.case ?? -1))];
}

/** The Debt Collection API. An organization gets its data set with the first request that names it. */
export function createDebtCollection(context: SandboxContext): SandboxApi {
  const organizations = new Map<string, Organization>();
  const organizationOf = (id: unknown): Organization => {
    const org = organizations.get(String(id)) ?? new Organization(String(id), context);
    organizations.set(org.id, org);
    return org;
  };

  const getBatch = (candidates: Organization[], batchId: unknown): SandboxResponse => {
    for (const org of candidates) {
      const index = org.ids.batch.indexOf(String(batchId));
      const batch = org.batches.at(index);
      if (batch) return success(serializeBatch(org, index, batch));
    }
    throw notFound("batch");
  };

  /** An operation that lists records of one organization. */
  const listOf =
    <T extends object>(
      name: string,
      filters: Filters<T>,
      records: (org: Organization) => Table<T>,
      serialize: (org: Organization, index: number, record: T) => unknown,
      options: (org: Organization, query: Query) => Partial<PagedList<T>>,
    ): SandboxOperation =>
    (request) => {
      const org = organizationOf(request.path.organizationId);
      const matches = createMatcher(filters, request.query);
      return listPage(request, {
        name,
        records: records(org),
        matches: (record, index) => matches(org, record, index),
        serialize: (index, record) => serialize(org, index, record),
        ...options(org, request.query),
      });
    };

  /** An operation on one invoice. */
  const withInvoice =
    (
      respond: (org: Organization, index: number, invoice: Invoice) => SandboxResponse,
      missingStatus = 404,
    ): SandboxOperation =>
    ({ path }) => {
      const org = organizationOf(path.organizationId);
      const found = org.invoice(String(path.invoiceId));
      if (!found) throw new HttpError(missingStatus, "No such invoice.");
      return respond(org, found.index, found.invoice);
    };

  /** An operation that changes the status of an invoice. The one documented page lists 400 as the only error. */
  const changeStatus = (to: Invoice["status"], from: Invoice["status"][]) =>
    withInvoice((org, index, { status }) => {
      if (!from.includes(status)) throw new HttpError(400, `The invoice is not ${from.join(" or ")}.`);
      const invoice = org.invoices.change(index);
      invoice.status = to;
      updateCase(context, org, invoice.case, []);
      return { status: 202 };
    }, 400);

  const operations: OperationsOf<Types, Webhooks> = {
    createInvoices: batchWrite(INVOICES, context, organizationOf),
    createPayments: batchWrite(PAYMENTS, context, organizationOf),
    createCorrections: batchWrite(CORRECTIONS, context, organizationOf),

    getBatch: ({ path }) => getBatch([organizationOf(path.organizationId)], path.batchId),
    getBatchLegacy: ({ path }) => getBatch([...organizations.values()], path.batchId),
    listBatches: listOf(
      "batches",
      BATCH_FILTERS,
      ({ batches }) => batches,
      serializeBatch,
      (_, query) => ({ descending: isDescending(query), size: query.PageSize }),
    ),
    listAllBatches: (request) => {
      const { query } = request;
      const all = [...organizations.values()];
      const matches = createMatcher(BATCH_FILTERS, query);
      const orgOf = (position: number) => all[Math.floor(position / BATCH_SPAN)];
      return listPage(request, {
        name: "all-batches",
        records: { at: (position) => orgOf(position)?.batches.at(position % BATCH_SPAN) },
        candidates: all.flatMap(({ batches }, no) => [...batches.indices()].map((index) => no * BATCH_SPAN + index)),
        matches: (batch: Batch, position) => matches(orgOf(position) as Organization, batch, position),
        serialize: (position, batch) => serializeBatch(orgOf(position) as Organization, position % BATCH_SPAN, batch),
        descending: isDescending(query),
        size: query.PageSize,
      });
    },

    listCases: listOf(
      "cases",
      CASE_FILTERS,
      ({ cases }) => cases,
      serializeCase,
      (org, query) => ({ candidates: caseCandidates(org, query), size: query.PageSize }),
    ),

    listInvoices: listOf(
      "invoices",
      INVOICE_FILTERS,
      ({ invoices }) => invoices,
      serializeInvoice,
      (org, query) => ({ candidates: org.candidates(invoiceKeysIn(query)), size: INVOICE_PAGE_SIZE }),
    ),
    getInvoice: withInvoice((org, index, invoice) => success(serializeInvoice(org, index, invoice))),
    // No documented operation gives an invoice a document.
    listInvoiceDocuments: withInvoice(() => success([])),
    listInvoiceHistory: withInvoice((org, _index, invoice) => success(serializeHistory(org, invoice))),
    listInvoicePayments: withInvoice((org, _index, invoice) => success(serializePayments(org, invoice))),

    pauseInvoice: changeStatus("PAUSED", ["OPEN"]),
    resumeInvoice: changeStatus("OPEN", ["PAUSED"]),
    withdrawInvoice: changeStatus("WITHDRAWN", ["OPEN", "PAUSED"]),

    listSettlements: listOf(
      "settlements",
      SETTLEMENT_FILTERS,
      ({ settlements }) => settlements,
      serializeSettlement,
      ({ seed }, { fromDate, pageSize }) => ({
        first: optionalText(fromDate) === undefined ? 0 : seed.settlementFrom(Date.parse(String(fromDate))),
        parameter: "pageToken",
        size: pageSize,
      }),
    ),
    getSettlement: ({ path }) => {
      const org = organizationOf(path.organizationId);
      const index = org.ids.settlement.indexOf(String(path.settlementId));
      const settlement = org.settlements.at(index);
      if (!settlement) throw notFound("settlement");
      return success(serializeSettlement(org, index, settlement));
    },
  };

  const sum = (table: "invoices" | "cases" | "settlements" | "batches") =>
    [...organizations.values()].reduce((total, org) => total + org[table].touched, 0);
  return {
    operations,
    counts: () => ({
      organizations: organizations.size,
      invoices: sum("invoices"),
      cases: sum("cases"),
      settlements: sum("settlements"),
      batches: sum("batches"),
    }),
  };
}
