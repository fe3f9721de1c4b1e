// Written by `npm run generate` from openapi/. Do not edit.
/** The operations whose method or path is inferred, which the option `allowInferred` allows. */
export type InferredOperationId =
  | "createCustomersBatch"
  | "createDocument"
  | "createEhfInvoice"
  | "createSwedishInvoice"
  | "getBatchLegacy"
  | "getClientConfig"
  | "getDocumentBundle"
  | "getLogItem"
  | "listClientConfigs"
  | "listDocumentBundles"
  | "listDocuments"
  | "listFiles"
  | "listInvoiceDocuments"
  | "listInvoiceHistory"
  | "listLogItems"
  | "pauseInvoice"
  | "registerBankAgreement"
  | "withdrawInvoice";

export const INFERRED_OPERATIONS: readonly InferredOperationId[] = [
  "createCustomersBatch",
  "createDocument",
  "createEhfInvoice",
  "createSwedishInvoice",
  "getBatchLegacy",
  "getClientConfig",
  "getDocumentBundle",
  "getLogItem",
  "listClientConfigs",
  "listDocumentBundles",
  "listDocuments",
  "listFiles",
  "listInvoiceDocuments",
  "listInvoiceHistory",
  "listLogItems",
  "pauseInvoice",
  "registerBankAgreement",
  "withdrawInvoice",
];
