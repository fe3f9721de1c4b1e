import { randomUUID } from "node:crypto";
import { ok, problem, type SandboxAnswer } from "./answer.js";
import type { SandboxOperations, SandboxRequest } from "./operation.js";

const PAGE_SIZE = 10;
const SETTLEMENTS = 25;
/** How often a batch is looked at before it has ended. */
const LOOKS = 2;

interface Batch {
  batchId: string;
  organizationId: string;
  createdAt: string;
  finishedAt: string | undefined;
  looks: number;
  invoices: { invoiceId: string; invoiceNumber: unknown; uniqueSourceInvoiceId: unknown }[];
}

/** The state of the Debt Collection API, by organisation. */
export class DebtCollectionState {
  readonly #batches = new Map<string, Batch>();

  readonly operations: SandboxOperations = {
    createInvoices: ({ path, body, baseUrl }) => {
      const { invoices } = body as { invoices: Record<string, unknown>[] };
      const batch: Batch = {
        batchId: randomUUID(),
        organizationId: String(path.organizationId),
        createdAt: new Date().toISOString(),
        finishedAt: undefined,
        looks: 0,
        invoices: invoices.map(({ invoiceNumber, uniqueSourceInvoiceId }) => ({
          invoiceId: randomUUID(),
          invoiceNumber,
          uniqueSourceInvoiceId,
        })),
      };
      this.#batches.set(batch.batchId, batch);
      const batchUrl = `${baseUrl}/orgs/${batch.organizationId}/batches/${batch.batchId}`;
      return { status: 202, body: { summary: { status: "SUCCESS" }, data: { batchId: batch.batchId, batchUrl } } };
    },

    getBatch: ({ path }) => {
      const batch = this.#batches.get(String(path.batchId));
      if (!batch || batch.organizationId !== path.organizationId) return problem(404, "No such batch.");
      batch.looks++;
      if (batch.looks > LOOKS) batch.finishedAt ??= new Date().toISOString();
      return ok({ summary: { status: "SUCCESS" }, data: toWire(batch) });
    },

    listBatches: (request) => {
      const all = [...this.#batches.values()].filter((batch) => batch.organizationId === request.path.organizationId);
      const { State } = request.query;
      const found = all.map(toWire).filter((batch) => State === undefined || batch.status === State);
      return page(found, request, "PageToken", Number(request.query.PageSize ?? PAGE_SIZE));
    },

    listSettlements: (request) => {
      const { fromDate = "", toDate = "9999" } = request.query as Record<string, string>;
      const all = Array.from({ length: SETTLEMENTS }, (_, index) => settlement(index));
      const found = all.filter(({ date }) => date.slice(0, 10) >= fromDate && date.slice(0, 10) <= toDate);
      return page(found, request, "pageToken", Number(request.query.pageSize ?? PAGE_SIZE));
    },
  };
}

function toWire({ looks, invoices, ...batch }: Batch) {
  const ended = batch.finishedAt !== undefined;
  return {
    ...batch,
    type: "INVOICE",
    status: ended ? "SUCCESS" : "QUEUED",
    createdBy: "8a1b2c3d-4e5f-6789-abcd-ef0123456789",
    succeeded: ended ? invoices.map(({ invoiceId, invoiceNumber }) => ({ invoiceId, invoiceNumber })) : [],
    failed: [],
  };
}

/** One a week from the start of 2026, every third in the form of 2025. */
function settlement(index: number) {
  const date = new Date(Date.UTC(2026, 0, 1 + 7 * index)).toISOString();
  const common = { date, currency: "NOK" };
  const amount = 1000 + 50 * index;
  if (index % 3 !== 0) {
    return {
      ...common,
      caseNumber: String(5_000_000 + index),
      collectionType: "REMINDER",
      customerReference: `C-${index}`,
      exchangeRate: 1,
    };
  }
  return {
    ...common,
    id: `497f6eca-6276-4993-bfeb-${index.toString(16).padStart(12, "0")}`,
    remittanceDate: date,
    paymentAmount: amount,
    principalDistribution: { collector: 0, creditor: amount },
    vat: 0,
  };
}

/** A page of a list. The token says where the next one begins. */
function page(all: unknown[], { query }: SandboxRequest, parameter: string, size: number): SandboxAnswer {
  const token = query[parameter];
  const from = token === undefined ? 0 : Number(Buffer.from(String(token), "base64url").toString());
  if (!Number.isSafeInteger(from)) return problem(400, `${parameter} is none that the sandbox gave.`);
  const to = from + Math.max(1, size);
  const nextPageToken = to < all.length ? Buffer.from(String(to)).toString("base64url") : null;
  return ok({ summary: { status: "SUCCESS", nextPageToken }, data: all.slice(from, to) });
}
