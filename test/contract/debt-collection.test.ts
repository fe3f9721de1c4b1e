import type { Amili } from "amili-client";
import type { operations } from "../../generated/debt-collection.js";
import type { debtCollectionOperations } from "../../generated/operations.js";
import { type Calls, describeContract, firstPage } from "../support/contract.js";

const org = (amili: Amili, { organizationId }: { organizationId: string }) =>
  amili.debtCollection.organization(organizationId);
const one = { prefetch: 0 };

const calls: Calls<Pick<operations, keyof typeof debtCollectionOperations>> = {
  getBatch: (amili, { path }) => org(amili, path).batches.get(path.batchId),
  listBatches: (amili, { path, query }) => firstPage(org(amili, path).batches.list(query, one)),
  getBatchLegacy: (amili, { path }) => amili.debtCollection.batches.get(path.batchId),
  listAllBatches: (amili, { query }) => firstPage(amili.debtCollection.batches.list(query, one)),
  listCases: (amili, { path, query }) => firstPage(org(amili, path).cases.list(query, one)),
  createCorrections: (amili, { path, body }) => org(amili, path).corrections.create(body.corrections),
  createInvoices: (amili, { path, body }) => org(amili, path).invoices.create(body.invoices),
  listInvoices: (amili, { path, query }) => firstPage(org(amili, path).invoices.list(query, one)),
  getInvoice: (amili, { path }) => org(amili, path).invoices.get(path.invoiceId),
  listInvoiceDocuments: (amili, { path }) => org(amili, path).invoices.documents(path.invoiceId),
  listInvoiceHistory: (amili, { path }) => org(amili, path).invoices.history(path.invoiceId),
  listInvoicePayments: (amili, { path }) => org(amili, path).invoices.payments(path.invoiceId),
  pauseInvoice: (amili, { path }) => org(amili, path).invoices.pause(path.invoiceId),
  withdrawInvoice: (amili, { path }) => org(amili, path).invoices.withdraw(path.invoiceId),
  resumeInvoice: (amili, { path }) => org(amili, path).invoices.resume(path.invoiceId),
  createPayments: (amili, { path, body }) => org(amili, path).payments.create(body.payments),
  listSettlements: (amili, { path, query }) => firstPage(org(amili, path).settlements.list(query, one)),
  getSettlement: (amili, { path }) => org(amili, path).settlements.get(path.settlementId),
};

describeContract("debt-collection", "https://api.amili.no/collection/v1", calls, { accessToken: "token" });
