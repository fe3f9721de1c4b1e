import type {
  ArItem,
  Customer,
  Document,
  DocumentRequest,
  DocumentsBatchRequest,
} from "../../../generated/accounts-receivable.js";
import { dateOf, dayOfDate, timeOf } from "../data/dates.js";
import { amount, cents, isAmount } from "../data/money.js";
import { HttpError } from "../server/response.js";
import { createArItem } from "./ar-item.js";
import type { Client } from "./client.js";
import type { Clients } from "./clients.js";
import type { Written } from "./model.js";
import { DUE_DAYS, documentNoOf, referenceNoOf } from "./seed.js";

export const documentOperations = (clients: Clients) => ({
  createDocument: clients.write((client, { body }) => createDocument(client, (body as DocumentRequest).document)),
  getDocument: clients.get("document", (client, { documentno }) =>
    serializeDocument(client, client.documentIndex(documentno)),
  ),
  listDocuments: clients.list("documents", (client) => ({
    find: () => client.documents.existing(),
    serialize: (index) => serializeDocument(client, index),
  })),
  createDocumentsBatch: clients.writeBatch((body) => (body as DocumentsBatchRequest).documents, createDocument),
});

const serializeDocument = (client: Client, index: number) => {
  const document = client.documents.at(index);
  return document && { ...document, ...documentNumbers(client, index) };
};

/** The numbers that identify a document. */
const documentNumbers = (client: Client, index: number) => ({
  clientNo: client.no,
  documentNo: client.documents.at(index)?.documentNo,
  documentUuid: client.ids.document.at(index),
  arItemId: client.items.at(index)?.arItemId,
});

/** The rules of a document; all are the sandbox's own. Requests fill unused fields with empty strings and zeros. */
const RULES: { message: string; isBroken(document: Document, client: Client): boolean }[] = [
  {
    message: "document.customerNo is missing or unknown.",
    isBroken: ({ customerNo = "" }, client) => client.customerIndex(customerNo) === -1,
  },
  {
    message: "A document with this documentNo exists.",
    isBroken: ({ documentNo }, client) => !!documentNo && client.documentIndex(documentNo) !== -1,
  },
  {
    message: "document.currencyAmounts.inclVat is missing, 0, or too large.",
    isBroken: (document) => !isAmount(totalOf(document)),
  },
  {
    message: "document.dueDate is before document.documentDate.",
    isBroken: ({ documentDate, dueDate }) => !!documentDate && !!dueDate && dueDate < documentDate,
  },
];

/** The total of a document, or of its lines. */
const totalOf = ({ currencyAmounts, documentLines = [] }: Document): number =>
  currencyAmounts?.inclVat || documentLines.reduce((sum, line) => sum + (line.currencyAmounts?.inclVat ?? 0), 0);

/** Creates a document and its AR item, and posts it. */
function createDocument(client: Client, document: Document = {}): Written {
  const broken = RULES.find(({ isBroken }) => isBroken(document, client));
  if (broken) throw new HttpError(422, broken.message);
  const customer = client.customers.at(client.customerIndex(document.customerNo)) as Customer;
  const index = client.documents.length;
  const documentDate = document.documentDate || dateOf(client.today());
  const dueDate = document.dueDate || dateOf(dayOfDate(documentDate) + (customer.dueDays ?? DUE_DAYS));
  const documentNo = document.documentNo || unusedDocumentNo(client);
  const currency = document.currency || "NOK";
  const { accountNo, customerNo } = customer;
  const item = createArItem({
    index,
    clientNo: client.no,
    accountNo,
    referenceNo: referenceNoOf(index),
    sequenceNo: 0,
    customerNo,
    documentNo,
    voucherDate: documentDate,
    dueDate,
    currency,
    cents: cents(totalOf(document)),
    kid: document.kid,
    text: document.ledgerNote,
    createdTime: timeOf(client.context.now()),
  });
  const { kid = "", arItemId, transactionText = "" } = item;
  const documentType = document.documentType || "IN";
  client.addDocument({ ...document, documentType, customerNo, documentNo, documentDate, dueDate, currency, kid }, item);
  client.ledger.postDocument(cents(totalOf(document)), dayOfDate(documentDate), arItemId, transactionText);
  return { result: "CREATED", message: "Document created", ...documentNumbers(client, index) };
}

function unusedDocumentNo(client: Client): string {
  let index = client.documents.length;
  while (client.documentIndex(documentNoOf(index)) !== -1) index++;
  return documentNoOf(index);
}

/** Reduces the balance of an AR item. */
export function settle(client: Client, index: number, hundredths: number): void {
  const item = client.items.change(index);
  item.currencyBalance = amount(cents(item.currencyBalance ?? 0) - hundredths);
  item.glBalance = amount(cents(item.glBalance ?? 0) - hundredths);
}

/** Credits an AR item by a document of its own, which is matched with the item at once. */
export function creditItem(client: Client, index: number, hundredths: number): void {
  const { customerNo = "", documentNo = "", currency = "" } = client.items.at(index) as ArItem;
  const currencyAmounts = { inclVat: amount(-hundredths) };
  createDocument(client, {
    documentType: "CN",
    customerNo,
    currency,
    additionalReference: documentNo,
    currencyAmounts,
  });
  settle(client, index, hundredths);
  settle(client, client.documents.length - 1, -hundredths);
}
