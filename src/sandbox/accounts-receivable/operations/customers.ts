import type { CustomerRequest, CustomersBatchRequest } from "../../../../generated/accounts-receivable.js";
import { ok, problem } from "../../answer.js";
import type { SandboxRequest } from "../../operation.js";
import type { Clients } from "../clients.js";
import { createCustomer, deleteCustomer, updateCustomer } from "../customers.js";

/**
 * The tag Customers.
 *
 * @param fields what can be written of a customer
 */
export function customersOperations(clients: Clients, fields: ReadonlySet<string>) {
  return {
    createCustomer: (request: SandboxRequest) => {
      const { customer } = request.body as CustomerRequest;
      return clients.written(request, (client) => createCustomer(client, customer, fields));
    },
    updateCustomer: (request: SandboxRequest) => {
      const { customer } = request.body as CustomerRequest;
      return clients.written(request, (client) => updateCustomer(client, customer, fields));
    },
    getCustomer: (request: SandboxRequest) => {
      const client = clients.of(request);
      const found = client.customers.at(client.customerIndex(request.path.customerno));
      return found ? ok(found) : problem(404, "No such customer.");
    },
    deleteCustomer: (request: SandboxRequest) =>
      clients.written(request, (client) => deleteCustomer(client, request.path.customerno)),
    listCustomers: (request: SandboxRequest) => {
      const { customers, queries } = clients.of(request);
      return queries.page(request, {
        name: "customers",
        find: () => customers.existing(),
        wire: (index) => customers.at(index),
      });
    },
    createCustomersBatch: (request: SandboxRequest) =>
      clients.batch(request, (request.body as CustomersBatchRequest).customers, (client, customer) =>
        createCustomer(client, customer, fields),
      ),
    updateCustomersBatch: (request: SandboxRequest) =>
      clients.batch(request, (request.body as CustomersBatchRequest).customers, (client, customer) =>
        updateCustomer(client, customer, fields),
      ),
  };
}
