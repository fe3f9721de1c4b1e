const INFERRED = [
  ...["listClientConfigs", "listDocumentBundles", "listDocuments", "listFiles", "listLogItems"].map(
    (id) => `accountsReceivable.${id}`,
  ),
  ...["listInvoiceDocuments", "listInvoiceHistory"].map((id) => `debtCollection.${id}`),
];

/**
 * What the sandbox sends and the specs do not have. The specs leave these bodies open, because the documentation does;
 * docs/sandbox.md says that they are the sandbox's own.
 */
const OWN: {
  why: string;
  at: string[];
  kind: "field added" | "enum added" | "status added" | "body added" | "confirmed";
  names: string[];
  /** Where one of them says it in other words. */
  by?: "probe" | "check";
}[] = [
  {
    why: "submit finds invoices by them, and payments and corrections change them",
    at: ["debtCollection.listInvoices 200 data[].", "debtCollection.getInvoice 200 data."],
    kind: "field added",
    names: [
      ...["batchId", "creditedAmount", "currency", "customerNumber", "dueDate", "invoiceDate", "originalAmount"],
      ...["paidAmount", "remainingAmount", "remainingPrincipal", "uniqueSourceInvoiceId"],
    ],
  },
  {
    why: "an invoice that is paid, and its case, are not open any more",
    at: ["debtCollection.listInvoices 200 data[].status", "debtCollection.listCases 200 data[].status"],
    kind: "enum added",
    names: [" CLOSED"],
  },
  {
    why: "the payments of an invoice reconcile with its amounts",
    at: ["debtCollection.listInvoicePayments 200 "],
    kind: "field added",
    names: ["data", "summary"],
  },
  {
    why: "the items of the general ledger sum up to its movements",
    at: ["accountsReceivable.listGlItems 200 glItems[].", "accountsReceivable.getGlItem 200 "],
    kind: "field added",
    names: [
      ...["arItemId", "clientGlAccountNo", "clientNo", "glAccountName", "glAccountNo", "glAmount", "glItemId"],
      ...["glPeriod", "glYear", "transactionText", "voucherDate"],
    ],
  },
  {
    why: "a document is returned as it was posted",
    at: ["accountsReceivable.listDocuments 200 documents[].", "accountsReceivable.getDocument 200 "],
    kind: "field added",
    names: [
      ...["arItemId", "clientNo", "currency", "currencyAmounts", "customerNo", "documentDate", "documentNo"],
      ...["documentType", "documentUuid", "dueDate", "kid"],
    ],
  },
  {
    why: "an invalid request is refused, also where no page says how",
    at: ["debtCollection.listCases 400", "debtCollection.listInvoices 400"],
    kind: "status added",
    names: [""],
    by: "check",
  },
  {
    why: "an error says what is wrong",
    at: [
      ...["getArItem", "getBatch", "getCustomer", "getDocument", "getGlItem"].map(
        (id) => `accountsReceivable.${id} 404`,
      ),
      ...["getBatch", "getInvoice", "getSettlement"].map((id) => `debtCollection.${id} 404`),
      "debtCollection.listSettlements 400",
    ],
    kind: "body added",
    names: [""],
    by: "check",
  },
  {
    why: "every operation can be called, those that are only inferred too",
    at: INFERRED.map((operation) => `${operation} 200`),
    kind: "status added",
    names: [""],
    by: "check",
  },
  {
    why: "every operation can be called, those that are only inferred too",
    at: [...INFERRED, "debtCollection.getBatchLegacy"].map((operation) => `${operation} `),
    kind: "confirmed",
    names: [""],
    by: "probe",
  },
  {
    why: "no page says what these two return",
    at: ["debtCollection.listInvoiceDocuments 200 ", "debtCollection.listInvoiceHistory 200 "],
    kind: "field added",
    names: ["data", "summary"],
    by: "probe",
  },
];

/** The differences between the unchanged sandbox and the specs, as `operation: kind what`. */
export const sandboxOwn = (report: "probe" | "check"): string[] =>
  OWN.filter(({ by = report }) => by === report).flatMap(({ at, kind, names }) =>
    at.flatMap((place) => names.map((name) => `${place.replace(" ", `: ${kind} `)}${name}`.trimEnd())),
  );
