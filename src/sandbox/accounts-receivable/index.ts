import type {
  ArItem,
  CustomerList,
  ReportsActionResult,
  operations as Types,
} from "../../../generated/accounts-receivable.js";
import { timeOf } from "../data/dates.js";
import { indexFrom } from "../data/ids.js";
import type { SandboxContext } from "../server/context.js";
import type { OperationsOf, SandboxApi, SandboxOperation } from "../server/operation.js";
import { ok } from "../server/response.js";
import { arItemOperations } from "./ar-items.js";
import { autoPostingOperations } from "./auto-postings.js";
import type { Client } from "./client.js";
import { batchResponse, Clients } from "./clients.js";
import { customerOperations } from "./customers.js";
import { documentOperations } from "./documents.js";
import { fileOperations } from "./files.js";
import { ledgerOperations } from "./ledger-operations.js";
import { paymentReservationOperations } from "./payment-reservations.js";
import type { Sample } from "./seed.js";

/**
 * The Accounts Receivable API.
 *
 * @param customerFields the fields of a customer that can be written
 */
export function createAccountsReceivable(context: SandboxContext, customerFields: ReadonlySet<string>): SandboxApi {
  const example = <T>(operationId: string) => context.examples("accountsReceivable", operationId)[0] as T;
  const clients = new Clients(context, {
    customer: example<CustomerList>("listCustomers").customers?.[0] as Sample["customer"],
    item: example<ArItem>("getArItem"),
  });
  const operations: OperationsOf<Types> = {
    createReportsAction: createReportsAction(example<ReportsActionResult>("createReportsAction")),
    getBatch: (request) => batchResponse(clients.of(request), String(request.path.batchuuid)),
    getLogItem: clients.get("log item", (client, { logitemid }) =>
      serializeLogItem(client, indexFrom(String(logitemid), 1)),
    ),
    listLogItems: clients.list("logItems", (client) => ({
      find: () => client.log.existing(),
      serialize: (index) => serializeLogItem(client, index),
    })),
    ...arItemOperations(clients),
    ...autoPostingOperations(clients),
    ...customerOperations(clients, customerFields),
    ...documentOperations(clients),
    ...fileOperations(clients),
    ...ledgerOperations(clients),
    ...paymentReservationOperations(clients),
  };
  return { operations, counts: () => clients.counts() };
}

/** Queues a report. Job ids continue from the documented one. */
function createReportsAction(sample: ReportsActionResult): SandboxOperation {
  let jobQueueId = sample.jobQueueId ?? 0;
  return ({ path }) =>
    ok({ ...sample, reportType: path.reporttype, clientNo: Number(path.clientno), jobQueueId: ++jobQueueId });
}

function serializeLogItem({ no, log }: Client, index: number) {
  const item = log.at(index);
  if (!item) return undefined;
  const { at, userId, text } = item;
  const user = userId !== undefined && { userId };
  return { clientNo: no, logItemId: String(index + 1), createdTime: timeOf(at), ...user, text };
}
