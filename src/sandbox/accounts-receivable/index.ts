import type {
  ArItem,
  CustomerList,
  ReportsActionResult,
  operations as Types,
} from "../../../generated/accounts-receivable.js";
import type { OperationsOf } from "../operation.js";
import type { World } from "../world.js";
import { Clients } from "./clients.js";
import { arItemsOperations } from "./operations/ar-items.js";
import { customersOperations } from "./operations/customers.js";
import { documentsOperations } from "./operations/documents.js";
import { ledgerOperations } from "./operations/ledger.js";
import { othersOperations } from "./operations/others.js";
import { reportsAction } from "./reports.js";
import type { Sample } from "./seed.js";

/**
 * The Accounts Receivable API.
 *
 * @param fields what can be written of a customer
 */
export function accountsReceivable(world: World, fields: ReadonlySet<string>) {
  const example = <T>(operationId: string) => world.examples("accountsReceivable", operationId)[0] as T;
  const clients = new Clients(world, {
    customer: example<CustomerList>("listCustomers").customers?.[0] as Sample["customer"],
    item: example<ArItem>("getArItem"),
  });
  const operations: OperationsOf<Types> = {
    createReportsAction: reportsAction(example<ReportsActionResult>("createReportsAction")),
    ...arItemsOperations(clients),
    ...customersOperations(clients, fields),
    ...documentsOperations(clients),
    ...ledgerOperations(clients),
    ...othersOperations(clients),
  };
  return { operations, counts: () => clients.counts() };
}
