// Written by `npm run generate` from openapi/. Do not edit.
import type { Operation, Servers } from "../src/http/client.js";
import type { operations as accountsReceivableTypes } from "./accounts-receivable.js";
import type { operations as autoCollectLegacyTypes } from "./autocollect-legacy.js";
import type { operations as debtCollectionTypes } from "./debt-collection.js";
import type { operations as distributionInvoiceTypes } from "./distribution-invoice.js";
import type { operations as distributionPartnerTypes } from "./distribution-partner.js";
import type { operations as identityTypes } from "./identity.js";

export const version = "0.1.0";

export const accountsReceivableServers: Servers = {
  production: "https://api.amili.no/arm/v1",
  staging: "https://api.staging.amili.no/arm/v1",
};
export const accountsReceivableOperations: Record<keyof accountsReceivableTypes, Operation> = {
  createReportsAction: { method: "POST", path: "/clients/{clientno}/actions/reports/{reporttype}" },
  listArItems: { method: "GET", path: "/clients/{clientno}/aritems" },
  updateArItem: { method: "PUT", path: "/clients/{clientno}/aritems" },
  getArItem: { method: "GET", path: "/clients/{clientno}/aritems/{aritemid}" },
  createAutoPostings: { method: "POST", path: "/clients/{clientno}/autopostings/{autopostingmethod}" },
  getBatch: { method: "GET", path: "/clients/{clientno}/batches/{batchuuid}" },
  listClientConfigs: { method: "GET", path: "/clients/{clientno}/clientconfigs", inferred: "The path: every tag whose paths are in view is one lower-case segment after the client number." },
  getClientConfig: { method: "GET", path: "/clients/{clientno}/clientconfigs/{key}", inferred: "The path: the tag's segment as for the list, and one key after the title. The parameter's name is made up." },
  createCustomer: { method: "POST", path: "/clients/{clientno}/customers", idempotent: true },
  updateCustomer: { method: "PUT", path: "/clients/{clientno}/customers" },
  listCustomers: { method: "GET", path: "/clients/{clientno}/customers" },
  getCustomer: { method: "GET", path: "/clients/{clientno}/customers/{customerno}" },
  deleteCustomer: { method: "DELETE", path: "/clients/{clientno}/customers/{customerno}" },
  createCustomersBatch: { method: "POST", path: "/clients/{clientno}/customers/batches", inferred: "The path: the PUT of the same batch has it, and POST and PUT of one customer share a path too." },
  updateCustomersBatch: { method: "PUT", path: "/clients/{clientno}/customers/batches" },
  listDocumentBundles: { method: "GET", path: "/clients/{clientno}/documentbundles", inferred: "The path: every tag whose paths are in view is one lower-case segment after the client number." },
  getDocumentBundle: { method: "GET", path: "/clients/{clientno}/documentbundles/{documentbundleid}", inferred: "The path: the tag's segment as for the list, and documentBundleId, a term of the About guide, in lower case." },
  createDocument: { method: "POST", path: "/clients/{clientno}/documents", inferred: "The path: the parent of one document and of the documents batch, as on customers." },
  listDocuments: { method: "GET", path: "/clients/{clientno}/documents", inferred: "The path: the parent of one document, which was read." },
  getDocument: { method: "GET", path: "/clients/{clientno}/documents/{documentno}" },
  createDocumentsBatch: { method: "POST", path: "/clients/{clientno}/documents/batches" },
  listFiles: { method: "GET", path: "/clients/{clientno}/files", inferred: "The path: the upload has it, and the title is its reading twin." },
  uploadFiles: { method: "POST", path: "/clients/{clientno}/files" },
  getGlItem: { method: "GET", path: "/clients/{clientno}/glitems/{glitemid}" },
  listGlItems: { method: "GET", path: "/clients/{clientno}/glitems" },
  listGlMovements: { method: "GET", path: "/clients/{clientno}/glmovements" },
  listAdbIntervals: { method: "GET", path: "/clients/{clientno}/insights/adb/intervals" },
  getLogItem: { method: "GET", path: "/clients/{clientno}/logitems/{logitemid}", inferred: "The path: as ArItems and GlItems have it (aritems/{aritemid}, glitems/{glitemid})." },
  listLogItems: { method: "GET", path: "/clients/{clientno}/logitems", inferred: "The path: as ArItems and GlItems have it (aritems, glitems)." },
  createPaymentReservation: { method: "POST", path: "/clients/{clientno}/paymentreservations" },
};

export const autoCollectLegacyServers: Servers = {

};
export const autoCollectLegacyOperations: Record<keyof autoCollectLegacyTypes, Operation> = {
  getBatch: { method: "GET", path: "/webapi/api/Batch" },
  createBatch: { method: "POST", path: "/webapi/api/Batch", contentType: "application/json-patch+json" },
};

export const debtCollectionServers: Servers = {
  production: "https://api.amili.no/collection/v1",
  staging: "https://api.staging.amili.no/collection/v1",
};
export const debtCollectionOperations: Record<Exclude<keyof debtCollectionTypes, "onBatchCompleted" | "onSettlementCreated" | "onCase" | "onCaseUpdated">, Operation> = {
  getBatch: { method: "GET", path: "/orgs/{organizationId}/batches/{batchId}" },
  listBatches: { method: "GET", path: "/orgs/{organizationId}/batches" },
  getBatchLegacy: { method: "GET", path: "/batches/{batchId}", inferred: "The path. Earlier pages titled GetBatchById and Get batch by ID have it; newer pages moved GetBatchById under the\norganisation and list a Legacy sibling, whose own page is not in view. The method was read in the navigation." },
  listAllBatches: { method: "GET", path: "/batches" },
  listCases: { method: "GET", path: "/orgs/{organizationId}/cases" },
  createCorrections: { method: "POST", path: "/orgs/{organizationId}/corrections" },
  createInvoices: { method: "POST", path: "/orgs/{organizationId}/invoices" },
  listInvoices: { method: "GET", path: "/orgs/{organizationId}/invoices" },
  getInvoice: { method: "GET", path: "/orgs/{organizationId}/invoices/{invoiceId}" },
  listInvoiceDocuments: { method: "GET", path: "/orgs/{organizationId}/invoices/{invoiceId}/documents", inferred: "The path, from listInvoicePayments, whose title is built in the same way; the bearer token likewise." },
  listInvoiceHistory: { method: "GET", path: "/orgs/{organizationId}/invoices/{invoiceId}/history", inferred: "The path, from listInvoicePayments, whose title is built in the same way; the bearer token likewise." },
  listInvoicePayments: { method: "GET", path: "/orgs/{organizationId}/invoices/{invoiceId}/payments" },
  pauseInvoice: { method: "POST", path: "/orgs/{organizationId}/invoices/{invoiceId}/pause", inferred: "The path, from resumeInvoice; the bearer token likewise." },
  withdrawInvoice: { method: "POST", path: "/orgs/{organizationId}/invoices/{invoiceId}/withdraw", inferred: "The path, from resumeInvoice; the bearer token likewise." },
  resumeInvoice: { method: "POST", path: "/orgs/{organizationId}/invoices/{invoiceId}/resume" },
  createPayments: { method: "POST", path: "/orgs/{organizationId}/payments" },
  listSettlements: { method: "GET", path: "/orgs/{organizationId}/settlements" },
  getSettlement: { method: "GET", path: "/orgs/{organizationId}/settlements/{settlementId}" },
};

export const distributionInvoiceServers: Servers = {

};
export const distributionInvoiceOperations: Record<keyof distributionInvoiceTypes, Operation> = {
  createEhfCreditNote: { method: "POST", path: "/send/ehf30/creditnote" },
  createEhfInvoice: { method: "POST", path: "/send/ehf30/invoice", inferred: "Path from that of the credit note, /send/ehf30/creditnote. The method stands in the navigation." },
  createB2cInvoice: { method: "POST", path: "/send/invoice" },
  createB2cLetter: { method: "POST", path: "/send/letter" },
  createSwedishInvoice: { method: "POST", path: "/send/se/invoice", inferred: "Path from that of the Danish invoice, /send/dk/invoice, and weak: bank agreement paths spell out \"swedish\", so\n/send/swedish/invoice is possible too. Have it confirmed before use. The method stands in the navigation." },
  createDanishInvoice: { method: "POST", path: "/send/dk/invoice" },
  queryInvoiceStatus: { method: "POST", path: "/send/pstatus" },
  registerBankAgreement: { method: "POST", path: "/bankagreement/swedish", inferred: "Path as the parent of /bankagreement/swedish/status. The method stands in the navigation." },
  queryBankAgreementStatus: { method: "POST", path: "/bankagreement/swedish/status" },
};

export const distributionPartnerServers: Servers = {

};
export const distributionPartnerOperations: Record<keyof distributionPartnerTypes, Operation> = {

};

export const identityServers: Servers = {
  production: "https://auth.amili.no",
  staging: "https://auth.staging.amili.no",
};
export const identityOperations: Record<keyof identityTypes, Operation> = {
  createToken: { method: "POST", path: "/token", contentType: "application/x-www-form-urlencoded", idempotent: true },
};
