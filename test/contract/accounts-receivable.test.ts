import type { Amili } from "amili-client";
import type { operations } from "../../generated/accounts-receivable.js";
import { type Calls, describeContract, firstPage } from "../support/contract.js";

const client = (amili: Amili, { clientno }: { clientno: number }) => amili.accountsReceivable.client(clientno);
const one = { prefetch: 0 };

const calls: Calls<operations> = {
  createReportsAction: (amili, { path, body }) => client(amili, path).actions.createReport(path.reporttype, body),
  listArItems: (amili, { path, query }) => firstPage(client(amili, path).arItems.list(query, one)),
  updateArItem: (amili, { path, body }) => client(amili, path).arItems.update(body),
  getArItem: (amili, { path, query }) => client(amili, path).arItems.get(path.aritemid, query),
  createAutoPostings: (amili, { path, body }) => client(amili, path).autoPostings.create(path.autopostingmethod, body),
  getBatch: (amili, { path }) => client(amili, path).batches.get(path.batchuuid),
  listClientConfigs: (amili, { path }) => client(amili, path).clientConfigs.list(),
  getClientConfig: (amili, { path }) => client(amili, path).clientConfigs.get(path.key),
  createCustomer: (amili, { path, body }) => client(amili, path).customers.create(body),
  updateCustomer: (amili, { path, body }) => client(amili, path).customers.update(body),
  listCustomers: (amili, { path, query }) => firstPage(client(amili, path).customers.list(query, one)),
  getCustomer: (amili, { path, query }) => client(amili, path).customers.get(path.customerno, query),
  deleteCustomer: (amili, { path, query }) => client(amili, path).customers.delete(path.customerno, query),
  createCustomersBatch: (amili, { path, body }) => client(amili, path).customers.createBatch(body),
  updateCustomersBatch: (amili, { path, body }) => client(amili, path).customers.updateBatch(body),
  listDocumentBundles: (amili, { path, query }) => firstPage(client(amili, path).documentBundles.list(query, one)),
  getDocumentBundle: (amili, { path }) => client(amili, path).documentBundles.get(path.documentbundleid),
  createDocument: (amili, { path, body }) => client(amili, path).documents.create(body),
  listDocuments: (amili, { path, query }) => firstPage(client(amili, path).documents.list(query, one)),
  getDocument: (amili, { path, query }) => client(amili, path).documents.get(path.documentno, query),
  createDocumentsBatch: (amili, { path, body }) => client(amili, path).documents.createBatch(body),
  listFiles: (amili, { path }) => client(amili, path).files.list(),
  uploadFiles: (amili, { path, body }) => client(amili, path).files.upload(body),
  getGlItem: (amili, { path }) => client(amili, path).glItems.get(path.glitemid),
  listGlItems: (amili, { path, query }) => firstPage(client(amili, path).glItems.list(query, one)),
  listGlMovements: (amili, { path, query }) => client(amili, path).glMovements.list(query),
  listAdbIntervals: (amili, { path, query }) => client(amili, path).insights.adbIntervals(query),
  getLogItem: (amili, { path }) => client(amili, path).logItems.get(path.logitemid),
  listLogItems: (amili, { path, query }) => firstPage(client(amili, path).logItems.list(query, one)),
  createPaymentReservation: (amili, { path, body }) => client(amili, path).paymentReservations.create(body),
};

describeContract("accounts-receivable", "https://api.amili.no/arm/v1", calls, { accessToken: "token" });
