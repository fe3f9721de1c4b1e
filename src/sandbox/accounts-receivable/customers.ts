import type { Customer, CustomerInput, PostalAddress } from "../../../generated/accounts-receivable.js";
import { dateOf } from "../data/dates.js";
import type { Client } from "./client.js";
import { accountNoOf } from "./seed.js";
import { type Outcome, rejected } from "./write-result.js";

/** The fields of a postal address, blank: whoever changes one of them rewrites all. */
const BLANK: Required<{ [Key in keyof PostalAddress as string extends Key ? never : Key]: string }> = {
  addressLine1: "",
  addressLine2: "",
  addressLine3: "",
  postalCode: "",
  cityName: "",
  countryText: "",
  countryCode: "",
};

/** Fields of the input that are not fields of a customer in the same way. */
const APART = new Set(["customerNo", "postalAddress", "postalAddress1"]);

/** An empty one clears what was stored, and is then no date that could be read. */
const DATES = new Set(["dateOfBirth", "stopReminderUntil", "stopDebtCollectionUntil", "stopInterestCalcUntil"]);

/**
 * A customer after an update: what is left out or null stays, an empty string is a value, and the postal address is one
 * group. Fields that the spec does not name are not taken.
 */
export function merge(stored: Customer, input: CustomerInput, fields: ReadonlySet<string>, today: number): Customer {
  const given = Object.entries(input).filter(
    ([name, value]) => fields.has(name) && !APART.has(name) && value !== undefined && value !== null,
  );
  const { postalAddress, postalAddress1 } = input;
  const address = { ...(postalAddress1 != null && { addressLine1: postalAddress1 }), ...postalAddress };
  return {
    ...stored,
    ...Object.fromEntries(given.map(([name, value]) => [name, DATES.has(name) ? value || undefined : value])),
    ...(Object.keys(address).length > 0 && {
      postalAddress: { ...BLANK, ...address },
      postalAddressChanged: dateOf(today),
    }),
  };
}

/** Changes a customer that exists. */
export function updateCustomer(client: Client, input: CustomerInput = {}, fields: ReadonlySet<string>): Outcome {
  if (!input.customerNo) return rejected(422, "customer.customerNo names the customer; it is missing.");
  const index = client.customerIndex(input.customerNo);
  if (index === -1) return rejected(404, "No such customer.");
  const customer = client.customers.change(index);
  Object.assign(customer, merge(customer, input, fields, client.today()));
  return { result: "UPDATED", message: "Customer updated", ...numbers(customer) };
}

/** Creates a customer, or changes it if it exists. */
export function createCustomer(client: Client, input: CustomerInput = {}, fields: ReadonlySet<string>): Outcome {
  if (client.customerIndex(input.customerNo ?? "") !== -1) return updateCustomer(client, input, fields);
  if (!input.customerNo || !input.name) return rejected(422, "A new customer needs customerNo and name.");
  const { clientNo, accountNo } = { clientNo: client.no, accountNo: accountNoOf(client.customers.length) };
  const blank: Customer = { clientNo, accountNo, customerNo: input.customerNo, name: input.name };
  const customer = merge(blank, input, fields, client.today());
  client.addCustomer(customer);
  return { result: "CREATED", message: "Customer created", ...numbers(customer) };
}

export function deleteCustomer(client: Client, customerNo: unknown): Outcome {
  const index = client.customerIndex(customerNo);
  if (index === -1) return rejected(404, "No such customer.");
  if (client.itemsOf(index).length > 0) return rejected(422, "Documents or AR items are attached to the customer.");
  const customer = client.customers.at(index) as Customer;
  client.customers.delete(index);
  return { result: "DELETED", message: "Customer deleted", ...numbers(customer) };
}

const numbers = ({ clientNo, accountNo, customerNo }: Customer) => ({ clientNo, accountNo, customerNo });
