import type { ArItem, Customer, Document } from "../../../generated/accounts-receivable.js";
import { dateOf, dayOfDate, timeOf } from "../data/dates.js";
import { amount, cents, isAmount, vatIn } from "../data/money.js";
import type { Client } from "./client.js";
import { CONFIGS } from "./client-configs.js";
import { kidOf } from "./kid.js";
import { documentLines } from "./ledger.js";
import { referenceNoOf } from "./seed.js";
import { voucherTypeOf } from "./vouchers.js";
import { type Outcome, rejected } from "./write-result.js";

// A request fills what it does not use with empty texts and zeros: they are as if they were left out.

/** What a document must fulfil; these are the sandbox's own. */
const RULES: { message: string; broken(document: Document, client: Client): boolean }[] = [
  {
    message: "document.customerNo names no customer.",
    broken: ({ customerNo = "" }, client) => client.customerIndex(customerNo) === -1,
  },
  {
    message: "A document with this documentNo exists.",
    broken: ({ documentNo }, client) => !!documentNo && client.documentIndex(documentNo) !== -1,
  },
  {
    message: "document.currencyAmounts.inclVat is missing, 0, or beyond all sense.",
    broken: (document) => !isAmount(totalOf(document)),
  },
  {
    message: "document.dueDate is before document.documentDate.",
    broken: ({ documentDate, dueDate }) => !!documentDate && !!dueDate && dueDate < documentDate,
  },
];

/** What is owed by a document: its total, or that of its lines. */
function totalOf({ currencyAmounts, documentLines: lines = [] }: Document): number {
  return currencyAmounts?.inclVat || lines.reduce((sum, line) => sum + (line.currencyAmounts?.inclVat ?? 0), 0);
}

/** Creates a document, the AR item of what is owed by it, and their postings in the general ledger. */
export function createDocument(client: Client, document: Document = {}): Outcome {
  const broken = RULES.find((rule) => rule.broken(document, client));
  if (broken) return rejected(422, broken.message);
  const customer = client.customers.at(client.customerIndex(document.customerNo)) as Customer;
  const { stored, item } = registered(client, document, customer);
  const index = client.addDocument(stored, item);
  const lines = documentLines(cents(item.glAmount ?? 0));
  const day = dayOfDate(item.voucherDate ?? "");
  client.ledger.post(lines, { day, arItemId: item.arItemId, text: item.transactionText ?? "" });
  return { result: "CREATED", message: "Document created", ...documentNumbers(client, index) };
}

/** Numbers that tell a document. */
export function documentNumbers(client: Client, index: number) {
  const { documentNo } = client.documents.at(index) as Document;
  const { arItemId } = client.items.at(index) as ArItem;
  return { clientNo: client.no, documentNo, documentUuid: client.ids.document.at(index), arItemId };
}

function registered(client: Client, document: Document, { accountNo, customerNo, dueDays }: Customer) {
  const now = client.world.now();
  const documentDate = document.documentDate || dateOf(client.today());
  const dueDate = document.dueDate || dateOf(dayOfDate(documentDate) + (dueDays ?? CONFIGS.dueDays));
  const referenceNo = referenceNoOf(Math.max(client.documents.length, client.seed.customers));
  const documentNo = document.documentNo || freeDocumentNo(client);
  const kid = document.kid || kidOf(client.no, accountNo, referenceNo);
  const currency = document.currency || CONFIGS.currency;
  const total = amount(cents(totalOf(document)));
  const type = voucherTypeOf(total);
  const [glYear, glPeriod] = documentDate.split("-").map(Number) as [number, number];
  const index = client.documents.length;
  const item: ArItem = {
    clientNo: client.no,
    accountNo,
    referenceNo,
    referenceSequenceNo: 0,
    arItemId: `${client.no}-${accountNo}-${referenceNo}-0`,
    customerNo,
    documentNo,
    voucherDate: documentDate,
    dueDate,
    originalDueDate: dueDate,
    currency,
    currencyAmount: total,
    currencyBalance: total,
    // One crown is one of any currency here.
    glAmount: total,
    glBalance: total,
    kid,
    voucherType: type.code,
    voucherTypeDescription: type.text,
    voucherNo: 57_869 + index,
    transactionText: document.ledgerNote || type.text,
    glCaseNo: 1_165_723 + index,
    glYear,
    glPeriod,
    reservedStatus: "",
    createdTime: timeOf(now),
  };
  const documentType = document.documentType || "IN";
  const stored = { ...document, documentType, customerNo, documentNo, documentDate, dueDate, currency, kid };
  return { stored, item };
}

/** A number that no document has. */
function freeDocumentNo(client: Client): string {
  for (let no = 88_776_655 + client.documents.length; ; no++) {
    if (client.documentIndex(no) === -1) return String(no);
  }
}

/** Sets something against an AR item: its balance falls by it. */
export function settle(client: Client, index: number, hundredths: number): void {
  const item = client.items.change(index);
  item.currencyBalance = amount(cents(item.currencyBalance ?? 0) - hundredths);
  item.glBalance = amount(cents(item.glBalance ?? 0) - hundredths);
}

/** Credits an AR item: a document of its own, set against the item at once. */
export function creditItem(client: Client, index: number, hundredths: number): Outcome {
  const { customerNo, documentNo, currency } = client.items.at(index) as ArItem;
  const vat = vatIn(hundredths);
  const outcome = createDocument(client, {
    documentType: "CN",
    ...(customerNo !== undefined && { customerNo }),
    ...(currency !== undefined && { currency }),
    additionalReference: documentNo ?? "",
    currencyAmounts: { exclVat: amount(vat - hundredths), vat: amount(-vat), inclVat: amount(-hundredths) },
  });
  if (outcome.result === "REJECTED") return outcome;
  settle(client, index, hundredths);
  settle(client, client.documents.length - 1, -hundredths);
  return outcome;
}
