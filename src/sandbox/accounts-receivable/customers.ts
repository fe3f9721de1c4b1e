import type {
  Customer,
  CustomerInput,
  CustomerRequest,
  CustomersBatchRequest,
  PostalAddress,
} from "../../../generated/accounts-receivable.js";
import { dateOf } from "../data/dates.js";
import { HttpError, notFound } from "../server/response.js";
import type { Client } from "./client.js";
import type { Clients } from "./clients.js";
import type { Written } from "./model.js";
import { accountNoOf } from "./seed.js";

/** @param fields the fields of a customer that can be written */
export function customerOperations(clients: Clients, fields: ReadonlySet<string>) {
  const create = (client: Client, input?: CustomerInput) => createCustomer(client, input, fields);
  const update = (client: Client, input?: CustomerInput) => updateCustomer(client, input, fields);
  const customersIn = (body: unknown) => (body as CustomersBatchRequest).customers;
  return {
    createCustomer: clients.write((client, { body }) => create(client, (body as CustomerRequest).customer)),
    updateCustomer: clients.write((client, { body }) => update(client, (body as CustomerRequest).customer)),
    getCustomer: clients.get("customer", (client, { customerno }) =>
      client.customers.at(client.customerIndex(customerno)),
    ),
    deleteCustomer: clients.write((client, { path }) => deleteCustomer(client, path.customerno)),
    listCustomers: clients.list("customers", ({ customers }) => ({
      find: () => customers.existing(),
      serialize: (index) => customers.at(index),
    })),
    createCustomersBatch: clients.writeBatch(customersIn, create),
    updateCustomersBatch: clients.writeBatch(customersIn, update),
  };
}

/** An empty postal address: an update of one field replaces all. */
const EMPTY_ADDRESS: Required<{ [Key in keyof PostalAddress as string extends Key ? never : Key]: string }> = {
  addressLine1: "",
  addressLine2: "",
  addressLine3: "",
  postalCode: "",
  cityName: "",
  countryText: "",
  countryCode: "",
};

/** Fields of the input that are not copied as they are. */
const SPECIAL_FIELDS = new Set(["customerNo", "postalAddress", "postalAddress1"]);

/** An empty string clears these, since it is not a date that can be read. */
const DATE_FIELDS = new Set(["dateOfBirth", "stopReminderUntil", "stopDebtCollectionUntil", "stopInterestCalcUntil"]);

/**
 * A customer after an update: omitted and null fields stay, an empty string is a value, and the postal address is one
 * group. Fields that are not in the spec are ignored.
 */
function merge(stored: Customer, input: CustomerInput, fields: ReadonlySet<string>, today: number): Customer {
  const given = Object.entries(input).filter(
    ([name, value]) => fields.has(name) && !SPECIAL_FIELDS.has(name) && value !== undefined && value !== null,
  );
  const { postalAddress, postalAddress1 } = input;
  const address = { ...(postalAddress1 != null && { addressLine1: postalAddress1 }), ...postalAddress };
  return {
    ...stored,
    ...Object.fromEntries(given.map(([name, value]) => [name, DATE_FIELDS.has(name) ? value || undefined : value])),
    ...(Object.keys(address).length > 0 && {
      postalAddress: { ...EMPTY_ADDRESS, ...address },
      postalAddressChanged: dateOf(today),
    }),
  };
}

function updateCustomer(client: Client, input: CustomerInput = {}, fields: ReadonlySet<string>): Written {
  if (!input.customerNo) throw new HttpError(422, "customer.customerNo is missing.");
  const index = client.customerIndex(input.customerNo);
  if (index === -1) throw notFound("customer");
  const customer = client.customers.change(index);
  Object.assign(customer, merge(customer, input, fields, client.today()));
  return { result: "UPDATED", message: "Customer updated", ...numbersOf(customer) };
}

/** Creates a customer, or updates an existing one. */
function createCustomer(client: Client, input: CustomerInput = {}, fields: ReadonlySet<string>): Written {
  const { customerNo, name } = input;
  if (client.customerIndex(customerNo ?? "") !== -1) return updateCustomer(client, input, fields);
  if (!customerNo || !name) throw new HttpError(422, "A new customer needs customerNo and name.");
  const numbers = { clientNo: client.no, accountNo: accountNoOf(client.customers.length), customerNo };
  const customer = merge({ ...numbers, name }, input, fields, client.today());
  client.addCustomer(customer);
  return { result: "CREATED", message: "Customer created", ...numbers };
}

function deleteCustomer(client: Client, customerNo: unknown): Written {
  const index = client.customerIndex(customerNo);
  if (index === -1) throw notFound("customer");
  if (client.itemsOf(index).length > 0) throw new HttpError(422, "The customer has documents or AR items.");
  const customer = client.customers.at(index) as Customer;
  client.customers.delete(index);
  return { result: "DELETED", message: "Customer deleted", ...numbersOf(customer) };
}

const numbersOf = ({ clientNo, accountNo, customerNo }: Customer) => ({ clientNo, accountNo, customerNo });
