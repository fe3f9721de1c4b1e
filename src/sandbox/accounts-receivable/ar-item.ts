import type { ArItem } from "../../../generated/accounts-receivable.js";
import { yearAndMonth } from "../data/dates.js";
import { amount } from "../data/money.js";
import { kidOf } from "./kid.js";

/** What an AR item is created from. */
interface ArItemFacts {
  index: number;
  clientNo: number;
  accountNo: number;
  referenceNo: number;
  sequenceNo: number;
  customerNo: string | undefined;
  documentNo: string;
  voucherDate: string;
  dueDate: string;
  currency: string;
  /** In hundredths; below 0 for a credit note. */
  cents: number;
  kid?: string | undefined;
  text?: string | undefined;
  createdTime: string;
}

/** An open AR item. Every currency has the exchange rate 1. */
export function createArItem({ index, sequenceNo, cents, kid, text, ...facts }: ArItemFacts): ArItem {
  const { clientNo, accountNo, referenceNo, customerNo, voucherDate } = facts;
  const [glYear, glPeriod] = yearAndMonth(voucherDate);
  const value = amount(cents);
  return {
    clientNo,
    accountNo,
    referenceNo,
    referenceSequenceNo: sequenceNo,
    arItemId: [clientNo, accountNo, referenceNo, sequenceNo].join("-"),
    ...(customerNo !== undefined && { customerNo }),
    documentNo: facts.documentNo,
    voucherDate,
    dueDate: facts.dueDate,
    originalDueDate: facts.dueDate,
    currency: facts.currency,
    currencyAmount: value,
    currencyBalance: value,
    glAmount: value,
    glBalance: value,
    kid: kid || kidOf(clientNo, accountNo, referenceNo),
    // The code of a credit note is undocumented.
    ...(cents >= 0 && { voucherType: 3, voucherTypeDescription: "Invoice" }),
    voucherNo: 57_869 + index,
    transactionText: text || (cents < 0 ? "Credit note" : "Invoice"),
    glCaseNo: 1_165_723 + index,
    glYear,
    glPeriod,
    reservedStatus: "",
    createdTime: facts.createdTime,
  };
}
