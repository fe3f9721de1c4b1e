import type { ArItem, Customer, Document } from "../../../generated/accounts-receivable.js";
import { DAY, dateOf, dayOfDate, timeOf } from "../data/dates.js";
import { indexFrom } from "../data/ids.js";
import { amount, cents } from "../data/money.js";
import { personOf } from "../data/people.js";
import { Random, seedOf } from "../data/random.js";
import { createArItem } from "./ar-item.js";

// The data set of a client. Customers come in groups of 28; each has one invoice, two of a group also have a credit note.
// After matching, the open items of a group add up to the documented ADB sample: seven items not due, 537.25; thirteen in
// the first interval, 1337.55. The first customer and its AR item are those of the documentation.

/** The customers of a group by the age of their invoices, and what is open of them together, in hundredths. */
const AGES = [
  { customers: 1, cents: 24_437, overdue: [361, 500] },
  { customers: 7, cents: 53_725, overdue: [-12, 0] },
  { customers: 13, cents: 133_755, overdue: [1, 30] },
  { customers: 2, cents: 41_200, overdue: [31, 60] },
  { customers: 2, cents: 36_950, overdue: [61, 90] },
  { customers: 1, cents: 18_800, overdue: [91, 180] },
  { customers: 2, cents: 52_375, overdue: [181, 360] },
] as const;

/** The customers of a group that have a credit note, and its amount in hundredths. */
const CREDIT_NOTES = [
  { customer: 8, cents: 5000 },
  { customer: 21, cents: 7525 },
] as const;

/** The age of each customer's invoice in a group, and its rank in that age. */
const PLACES = AGES.flatMap((age) => Array.from({ length: age.customers }, (_, rank) => ({ age, rank })));
const GROUP = PLACES.length;
/** The difference between two amounts of one age, in hundredths. */
const AMOUNT_STEP = 500;
export const DUE_DAYS = 14;

const FIRST_ACCOUNT = 500_002;
const FIRST_CUSTOMER = 543_210;
const FIRST_REFERENCE = 35_078;
const FIRST_DOCUMENT = 88_776_655;

export const accountNoOf = (customer: number): number => FIRST_ACCOUNT + customer;
export const referenceNoOf = (index: number): number => FIRST_REFERENCE + index;
export const documentNoOf = (index: number): string => String(FIRST_DOCUMENT + index);
const customerNoOf = (index: number): string => String(FIRST_CUSTOMER + index);

/** The index that a number has in the data set; no record has that of any other number. */
export const indexOfAccountNo = (no: number): number => no - FIRST_ACCOUNT;
export const indexOfReferenceNo = (no: number): number => no - FIRST_REFERENCE;
export const indexOfCustomerNo = (no: string): number => indexFrom(no, FIRST_CUSTOMER);
export const indexOfDocumentNo = (no: string): number => indexFrom(no, FIRST_DOCUMENT);

/** The figures of an item: enough to add up a million of them. Amounts are in hundredths, days count from 1970. */
export interface SeededItem {
  customer: number;
  due: number;
  voucher: number;
  amount: number;
  balance: number;
}

/** The documented customer and AR item. */
export interface Sample {
  customer: Customer;
  item: ArItem;
}

/** The records of the data set by index: an invoice for each customer, then the credit notes. */
export class Seed {
  readonly customers: number;
  readonly items: number;
  readonly #seed: number;
  readonly #clientNo: number;
  /** Due dates are relative to the day of the start. */
  readonly #today: number;
  readonly #sample: Sample;

  constructor(seed: number, clientNo: number, size: number, today: number, sample: Sample) {
    const inLastGroup = CREDIT_NOTES.filter(({ customer }) => customer < size % GROUP).length;
    this.customers = size;
    this.items = size + Math.floor(size / GROUP) * CREDIT_NOTES.length + inLastGroup;
    this.#seed = seedOf(seed, clientNo);
    this.#clientNo = clientNo;
    this.#today = today;
    this.#sample = sample;
  }

  customer(index: number): Customer {
    const numbers = { clientNo: this.#clientNo, accountNo: accountNoOf(index), customerNo: customerNoOf(index) };
    if (index === 0) return { ...structuredClone(this.#sample.customer), ...numbers };
    const person = personOf(this.#seed, index);
    return {
      ...numbers,
      name: `${person.firstName} ${person.lastName}`,
      customerCategory: "CONS",
      phoneNo: person.phoneNo,
      language: "no",
      currency: "NOK",
      dueDays: DUE_DAYS,
      postalAddress: {
        addressLine1: person.street,
        addressLine2: "",
        addressLine3: "",
        postalCode: person.postalCode,
        cityName: person.cityName,
        countryText: "Norway",
        countryCode: "NO",
      },
      emailAddressDocument: [`customer${index}@example.com`],
      distribution: { type: "M", einvoiceCode: 0 },
    };
  }

  /** The items of a customer, the oldest first. */
  itemsOf(customer: number): number[] {
    if (!(customer >= 0 && customer < this.customers)) return [];
    const note = CREDIT_NOTES.findIndex((credit) => credit.customer === customer % GROUP);
    const group = Math.floor(customer / GROUP);
    return note === -1 ? [customer] : [customer, this.customers + group * CREDIT_NOTES.length + note];
  }

  item(index: number): SeededItem {
    if (index < this.customers) return this.#invoice(index);
    const no = index - this.customers;
    const note = CREDIT_NOTES[no % CREDIT_NOTES.length] as (typeof CREDIT_NOTES)[number];
    const { customer, voucher } = this.#invoice(Math.floor(no / CREDIT_NOTES.length) * GROUP + note.customer);
    return { customer, due: voucher + 1, voucher: voucher + 1, amount: -note.cents, balance: -note.cents };
  }

  arItem(index: number): ArItem {
    const { customer, due, voucher, amount: value } = this.item(index);
    const item = createArItem({
      index,
      clientNo: this.#clientNo,
      accountNo: accountNoOf(customer),
      referenceNo: referenceNoOf(customer),
      sequenceNo: index < this.customers ? 0 : 1,
      customerNo: customerNoOf(customer),
      documentNo: documentNoOf(index),
      voucherDate: dateOf(voucher),
      dueDate: dateOf(due),
      currency: "NOK",
      cents: value,
      createdTime: timeOf(voucher * DAY),
    });
    const { clientNo, arItemId, kid } = item;
    return index === 0 ? ({ ...this.#sample.item, clientNo, arItemId, kid } as ArItem) : item;
  }

  document(index: number): Document {
    const { customerNo, documentNo, voucherDate, dueDate, currency, kid } = this.arItem(index) as Required<ArItem>;
    const currencyAmounts = { inclVat: amount(this.item(index).amount) };
    const documentType = index < this.customers ? "IN" : "CN";
    return { documentType, customerNo, documentNo, documentDate: voucherDate, dueDate, currency, kid, currencyAmounts };
  }

  #invoice(customer: number): SeededItem {
    if (customer === 0) {
      const { dueDate = "", voucherDate = "", currencyAmount = 0, currencyBalance = 0 } = this.#sample.item;
      const dates = { due: dayOfDate(dueDate), voucher: dayOfDate(voucherDate) };
      return { customer, ...dates, amount: cents(currencyAmount), balance: cents(currencyBalance) };
    }
    const place = customer % GROUP;
    const { age, rank } = PLACES[place] as (typeof PLACES)[number];
    const [least, most] = age.overdue;
    const due = this.#today - new Random(this.#seed + customer).integer(least, most);
    const credit = CREDIT_NOTES.find((note) => note.customer === place)?.cents ?? 0;
    const value = shareOf(age, rank) + credit;
    return { customer, due, voucher: due - DUE_DAYS, amount: value, balance: value };
  }
}

/** The share of one customer in the amount of its age. The shares rise in steps and add up to the amount. */
function shareOf({ customers, cents: total }: (typeof AGES)[number], rank: number): number {
  const even = Math.floor(total / customers) + (rank < total % customers ? 1 : 0);
  return even + ((2 * rank - (customers - 1)) * AMOUNT_STEP) / 2;
}
