import type { ArItem, Customer, Document } from "../../../generated/accounts-receivable.js";
import { DAY, dateOf, dayOfDate, timeOf } from "../data/dates.js";
import { amount, vatIn } from "../data/money.js";
import { indexFrom } from "../data/numbers.js";
import { personOf } from "../data/people.js";
import { hash } from "../data/random.js";
import { kidOf } from "./kid.js";
import { voucherTypeOf } from "./vouchers.js";

// The data set of a client. Customers come in groups of 28; each has one invoice, two of a group a credit note as well.
// What is open of a group adds up to the documentation's sample: seven items not due, 537.25; thirteen of the first
// interval, 1337.55. The first customer of the first group and its AR item are those of the documentation.

/** The customers of a group, by the ADB interval that their invoices fall in. */
const AGES = [
  { customers: 1, cents: 24_437, overdue: [361, 500] },
  { customers: 7, cents: 53_725, overdue: [-12, 0] },
  { customers: 13, cents: 133_755, overdue: [1, 30] },
  { customers: 2, cents: 41_200, overdue: [31, 60] },
  { customers: 2, cents: 36_950, overdue: [61, 90] },
  { customers: 1, cents: 18_800, overdue: [91, 180] },
  { customers: 2, cents: 52_375, overdue: [181, 360] },
] as const;

/** The customers of a group that have a credit note, and of how much. */
const CREDITS = [
  { customer: 8, cents: 5000 },
  { customer: 21, cents: 7525 },
] as const;

const GROUP = AGES.reduce((sum, { customers }) => sum + customers, 0);
const ITEMS = GROUP + CREDITS.length;
const DUE_DAYS = 14;
/** The most by which an amount differs from its neighbours, in hundredths. */
const JITTER = 1500;
/** What every fourth customer has paid of its invoice, in hundredths. */
const PART_PAID = 10_000;

const FIRST_ACCOUNT = 500_002;
const FIRST_CUSTOMER = 543_210;
const FIRST_REFERENCE = 35_078;
const FIRST_DOCUMENT = 88_776_655;

/** An item of the data set in figures: enough to add up a million of them. Amounts are in hundredths. */
export interface SeededItem {
  index: number;
  customer: number;
  /** Days since 1970. */
  due: number;
  voucher: number;
  amount: number;
  balance: number;
}

/** What the documentation prints of its first customer and AR item. */
export interface Sample {
  customer: Customer;
  item: ArItem;
}

export class Seed {
  readonly customers: number;
  readonly items: number;
  readonly bundles: number;
  readonly #seed: number;
  readonly #clientNo: number;
  /** The day of the start; due dates are reckoned from it. */
  readonly #today: number;
  readonly #sample: Sample;

  constructor(seed: number, clientNo: number, size: number, today: number, sample: Sample) {
    this.customers = size;
    const left = size % GROUP;
    this.items = Math.floor(size / GROUP) * ITEMS + left + CREDITS.filter(({ customer }) => customer < left).length;
    this.bundles = Math.ceil(this.items / ITEMS);
    this.#seed = hash(seed, clientNo);
    this.#clientNo = clientNo;
    this.#today = today;
    this.#sample = sample;
  }

  customer(index: number): Customer {
    const numbers = { clientNo: this.#clientNo, accountNo: FIRST_ACCOUNT + index, customerNo: customerNo(index) };
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
    if (customer < 0 || customer >= this.customers) return [];
    const group = Math.floor(customer / GROUP);
    const place = customer % GROUP;
    const credit = CREDITS.findIndex((of) => of.customer === place);
    const invoice = group * ITEMS + place;
    return credit === -1 ? [invoice] : [invoice, group * ITEMS + this.#groupSize(group) + credit];
  }

  item(index: number): SeededItem {
    const group = Math.floor(index / ITEMS);
    const place = index % ITEMS;
    const invoices = this.#groupSize(group);
    if (place < invoices) return this.#invoice(index, group, place);
    const credit = CREDITS[place - invoices] as (typeof CREDITS)[number];
    const { customer, voucher } = this.#invoice(index, group, credit.customer);
    return { index, customer, due: voucher + 1, voucher: voucher + 1, amount: -credit.cents, balance: -credit.cents };
  }

  #invoice(index: number, group: number, place: number): SeededItem {
    const customer = group * GROUP + place;
    if (customer === 0) {
      const { dueDate, voucherDate, currencyAmount, currencyBalance } = this.#sample.item;
      return {
        index,
        customer,
        due: dayOfDate(dueDate ?? ""),
        voucher: dayOfDate(voucherDate ?? ""),
        amount: Math.round((currencyAmount ?? 0) * 100),
        balance: Math.round((currencyBalance ?? 0) * 100),
      };
    }
    const { age, rank } = ageOf(place);
    const [least, most] = age.overdue;
    const due = this.#today - least - (hash(this.#seed, "due", customer) % (most - least + 1));
    const credit = CREDITS.find((of) => of.customer === place)?.cents ?? 0;
    const balance = this.#share(group, age, rank) + credit;
    const paid = customer % 4 === 0 ? PART_PAID : 0;
    return { index, customer, due, voucher: due - DUE_DAYS, amount: balance + paid, balance };
  }

  /** A customer's part of what its interval adds up to. What one has more the next one has less. */
  #share(group: number, { customers, cents }: (typeof AGES)[number], rank: number): number {
    const even = Math.floor(cents / customers) + (rank < cents % customers ? 1 : 0);
    const jitter = (of: number) => hash(this.#seed, "jitter", group, customers, cents, of % customers) % JITTER;
    return even + jitter(rank) - jitter(rank + 1);
  }

  #groupSize(group: number): number {
    return Math.min(GROUP, this.customers - group * GROUP);
  }

  arItem(index: number): ArItem {
    const { customer, due, voucher, amount: of, balance } = this.item(index);
    if (index === 0) {
      return { ...this.#sample.item, clientNo: this.#clientNo, arItemId: this.#id(0, 0), kid: this.kid(0) };
    }
    const [year, month] = dateOf(voucher).split("-").map(Number) as [number, number];
    const type = voucherTypeOf(of);
    const sequence = of < 0 ? 1 : 0;
    return {
      clientNo: this.#clientNo,
      accountNo: FIRST_ACCOUNT + customer,
      referenceNo: FIRST_REFERENCE + customer,
      referenceSequenceNo: sequence,
      arItemId: this.#id(customer, sequence),
      customerNo: customerNo(customer),
      documentNo: documentNo(index),
      voucherDate: dateOf(voucher),
      dueDate: dateOf(due),
      originalDueDate: dateOf(due),
      currency: "NOK",
      currencyAmount: amount(of),
      currencyBalance: amount(balance),
      glAmount: amount(of),
      glBalance: amount(balance),
      kid: this.kid(customer),
      voucherType: type.code,
      voucherTypeDescription: type.text,
      voucherNo: 57_869 + index,
      transactionText: type.text,
      glCaseNo: 1_165_723 + index,
      glYear: year,
      glPeriod: month,
      reservedStatus: "",
      createdTime: timeOf(voucher * DAY),
    };
  }

  document(index: number): Document {
    const { customer, due, voucher, amount: of } = this.item(index);
    const vat = vatIn(of);
    const currencyAmounts = { exclVat: amount(of - vat), vat: amount(vat), inclVat: amount(of) };
    return {
      documentType: "IN",
      customerNo: customerNo(customer),
      documentNo: documentNo(index),
      documentDate: dateOf(voucher),
      dueDate: dateOf(due),
      currency: "NOK",
      language: "no",
      kid: this.kid(customer),
      currencyAmounts,
      distribution: { type: "M", einvoiceCode: 0 },
      documentLines: [
        { lineNo: 1, lineType: "PLH", articleNo: "1300", articleName: "Comb", quantity: 1, currencyAmounts },
      ],
    };
  }

  /** The documents of a bundle: those of a group. */
  bundle(index: number): number[] {
    const first = index * ITEMS;
    return Array.from({ length: Math.min(ITEMS, this.items - first) }, (_, place) => first + place);
  }

  #id(customer: number, sequence: number): string {
    return [this.#clientNo, FIRST_ACCOUNT + customer, FIRST_REFERENCE + customer, sequence].join("-");
  }

  /** The KID of a customer's documents. The documentation's own has another last digit than any usual reckoning gives. */
  kid(customer: number): string {
    const { clientNo, kid } = this.#sample.item;
    if (customer === 0 && clientNo === this.#clientNo && kid) return kid;
    return kidOf(this.#clientNo, FIRST_ACCOUNT + customer, FIRST_REFERENCE + customer);
  }
}

function ageOf(place: number): { age: (typeof AGES)[number]; rank: number } {
  let rank = place;
  const age = AGES.find(({ customers }) => {
    if (rank < customers) return true;
    rank -= customers;
    return false;
  });
  return { age: age ?? AGES[0], rank };
}

const customerNo = (index: number) => String(FIRST_CUSTOMER + index);
const documentNo = (index: number) => String(FIRST_DOCUMENT + index);

/** The index that a number of the data set has; a number of another kind has one that no record has. */
export const indexOfCustomerNo = (no: string): number => indexFrom(no, FIRST_CUSTOMER);
export const indexOfDocumentNo = (no: string): number => indexFrom(no, FIRST_DOCUMENT);
export const indexOfAccountNo = (no: number): number => no - FIRST_ACCOUNT;
export const accountNoOf = (customer: number): number => FIRST_ACCOUNT + customer;
export const referenceNoOf = (index: number): number => FIRST_REFERENCE + index;
