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
  listClientConfigs: { method: "GET", path: "/clients/{clientno}/clientconfigs", inferred: "path" },
  getClientConfig: { method: "GET", path: "/clients/{clientno}/clientconfigs/{key}", inferred: "path" },
  createCustomer: { method: "POST", path: "/clients/{clientno}/customers", idempotent: true },
  updateCustomer: { method: "PUT", path: "/clients/{clientno}/customers" },
  listCustomers: { method: "GET", path: "/clients/{clientno}/customers" },
  getCustomer: { method: "GET", path: "/clients/{clientno}/customers/{customerno}" },
  deleteCustomer: { method: "DELETE", path: "/clients/{clientno}/customers/{customerno}" },
  createCustomersBatch: { method: "POST", path: "/clients/{clientno}/customers/batches", inferred: "path" },
  updateCustomersBatch: { method: "PUT", path: "/clients/{clientno}/customers/batches" },
  listDocumentBundles: { method: "GET", path: "/clients/{clientno}/documentbundles", inferred: "path" },
  getDocumentBundle: { method: "GET", path: "/clients/{clientno}/documentbundles/{documentbundleid}", inferred: "path" },
  createDocument: { method: "POST", path: "/clients/{clientno}/documents", inferred: "path" },
  listDocuments: { method: "GET", path: "/clients/{clientno}/documents", inferred: "path" },
  getDocument: { method: "GET", path: "/clients/{clientno}/documents/{documentno}" },
  createDocumentsBatch: { method: "POST", path: "/clients/{clientno}/documents/batches" },
  listFiles: { method: "GET", path: "/clients/{clientno}/files", inferred: "path" },
  uploadFiles: { method: "POST", path: "/clients/{clientno}/files" },
  getGlItem: { method: "GET", path: "/clients/{clientno}/glitems/{glitemid}" },
  listGlItems: { method: "GET", path: "/clients/{clientno}/glitems" },
  listGlMovements: { method: "GET", path: "/clients/{clientno}/glmovements" },
  listAdbIntervals: { method: "GET", path: "/clients/{clientno}/insights/adb/intervals" },
  getLogItem: { method: "GET", path: "/clients/{clientno}/logitems/{logitemid}", inferred: "path" },
  listLogItems: { method: "GET", path: "/clients/{clientno}/logitems", inferred: "path" },
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
  getBatchLegacy: { method: "GET", path: "/batches/{batchId}", inferred: "path" },
  listAllBatches: { method: "GET", path: "/batches" },
  listCases: { method: "GET", path: "/orgs/{organizationId}/cases" },
  createCorrections: { method: "POST", path: "/orgs/{organizationId}/corrections" },
  createInvoices: { method: "POST", path: "/orgs/{organizationId}/invoices" },
  listInvoices: { method: "GET", path: "/orgs/{organizationId}/invoices" },
  getInvoice: { method: "GET", path: "/orgs/{organizationId}/invoices/{invoiceId}" },
  listInvoiceDocuments: { method: "GET", path: "/orgs/{organizationId}/invoices/{invoiceId}/documents", inferred: "path" },
  listInvoiceHistory: { method: "GET", path: "/orgs/{organizationId}/invoices/{invoiceId}/history", inferred: "path" },
  listInvoicePayments: { method: "GET", path: "/orgs/{organizationId}/invoices/{invoiceId}/payments" },
  pauseInvoice: { method: "POST", path: "/orgs/{organizationId}/invoices/{invoiceId}/pause", inferred: "path" },
  withdrawInvoice: { method: "POST", path: "/orgs/{organizationId}/invoices/{invoiceId}/withdraw", inferred: "path" },
  resumeInvoice: { method: "POST", path: "/orgs/{organizationId}/invoices/{invoiceId}/resume" },
  createPayments: { method: "POST", path: "/orgs/{organizationId}/payments" },
  listSettlements: { method: "GET", path: "/orgs/{organizationId}/settlements" },
  getSettlement: { method: "GET", path: "/orgs/{organizationId}/settlements/{settlementId}" },
};

export const distributionInvoiceServers: Servers = {

};
export const distributionInvoiceOperations: Record<keyof distributionInvoiceTypes, Operation> = {
  createEhfCreditNote: { method: "POST", path: "/send/ehf30/creditnote" },
  createEhfInvoice: { method: "POST", path: "/send/ehf30/invoice", inferred: "path" },
  createB2cInvoice: { method: "POST", path: "/send/invoice" },
  createB2cLetter: { method: "POST", path: "/send/letter" },
  createSwedishInvoice: { method: "POST", path: "/send/se/invoice", inferred: "path" },
  createDanishInvoice: { method: "POST", path: "/send/dk/invoice" },
  queryInvoiceStatus: { method: "POST", path: "/send/pstatus" },
  registerBankAgreement: { method: "POST", path: "/bankagreement/swedish", inferred: "path" },
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
