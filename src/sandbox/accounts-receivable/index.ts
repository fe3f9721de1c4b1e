import type {
  ArItem,
  CustomerList,
  ReportsActionResult,
  operations as Types,
} from "../../../generated/accounts-receivable.js";
import type { SandboxContext } from "../server/context.js";
import type { OperationsOf, SandboxApi, SandboxOperation } from "../server/operation.js";
import { ok } from "../server/response.js";
import { arItemOperations } from "./ar-items.js";
import { autoPostingOperations } from "./auto-postings.js";
import { batchResponse, Clients } from "./clients.js";
import { customerOperations } from "./customers.js";
import { documentOperations } from "./documents.js";
import { uploadFiles } from "./files.js";
import { ledgerOperations } from "./ledger-operations.js";
import { paymentReservationOperations } from "./payment-reservations.js";
import type { Search } from "./queries.js";
import type { Sample } from "./seed.js";

const NOTHING: Search = { find: () => [], serialize: () => undefined };

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
    uploadFiles,
    // Of these only the titles are known: their responses are empty.
    getClientConfig: () => ok({}),
    getDocumentBundle: () => ok({}),
    getLogItem: () => ok({}),
    listClientConfigs: () => ok({}),
    listDocumentBundles: clients.list("documentBundles", () => NOTHING),
    listFiles: () => ok({}),
    listLogItems: clients.list("logItems", () => NOTHING),
    ...arItemOperations(clients),
    ...autoPostingOperations(clients),
    ...customerOperations(clients, customerFields),
    ...documentOperations(clients),
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
