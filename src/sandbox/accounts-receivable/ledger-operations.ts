import { timeOf } from "../data/dates.js";
import { indexFrom } from "../data/ids.js";
import type { SandboxRequest } from "../server/operation.js";
import { invalidRequest, ok } from "../server/response.js";
import type { Clients } from "./clients.js";
import { periodOf } from "./ledger.js";
import { accountNoOf } from "./seed.js";

const SINGLE = ["glyear", "glperiod"];
const RANGE = ["glyearfrom", "glperiodfrom", "glyearto", "glperiodto"];
const MAX_PERIODS = 1200;

/** The general ledger and the age-distributed balance. */
export const ledgerOperations = (clients: Clients) => ({
  getGlItem: clients.get("GL item", (client, { glitemid }) => {
    const [clientNo, no = "", ...rest] = String(glitemid).split("-");
    const isValid = clientNo === String(client.no) && rest.length === 0;
    return client.ledger.serializeEntry(client.no, isValid ? indexFrom(no, 0) : -1);
  }),
  listGlItems: clients.list("glItems", ({ no, ledger }) => ({
    find: () => ledger.entries(),
    serialize: (index) => ledger.serializeEntry(no, index),
  })),
  listGlMovements: (request: SandboxRequest) => {
    const { no, ledger } = clients.of(request);
    const [from, to] = rangeOf(request.query);
    const glMovements = ledger.serializeMovements(no, from, to, request.query.glaccountno);
    return ok({ summary: { totalCount: glMovements.length }, glMovements });
  },
  listAdbIntervals: (request: SandboxRequest) => {
    const client = clients.of(request);
    const { customerno, accountno } = request.query;
    const adb = client.adb();
    const wanted = customerno === undefined ? undefined : client.customerIndex(customerno);
    const intervals = adb.serialize(
      (customer) =>
        (wanted === undefined || customer === wanted) &&
        (accountno === undefined || accountNoOf(customer) === accountno),
    );
    const summary = { totalCount: intervals.length };
    return ok({ summary, adb: { clientNo: client.no, cachedTime: timeOf(adb.computedAt), intervals } });
  },
});

/** The first and the last period of a query, which names one period or both ends. */
function rangeOf(query: SandboxRequest["query"]): [number, number] {
  const given = [...SINGLE, ...RANGE].filter((name) => query[name] !== undefined).join();
  if (given !== SINGLE.join() && given !== RANGE.join()) {
    throw invalidRequest(`/query must have either ${SINGLE.join(", ")} or ${RANGE.join(", ")}`);
  }
  const period = (year: string, name: string) => {
    const month = Number(query[name]);
    if (month < 1 || month > 12) throw invalidRequest(`/query/${name} must be from 1 to 12`);
    return periodOf(Number(query[year]), month);
  };
  const isSingle = given === SINGLE.join();
  const from = isSingle ? period("glyear", "glperiod") : period("glyearfrom", "glperiodfrom");
  const to = isSingle ? from : period("glyearto", "glperiodto");
  if (to - from >= MAX_PERIODS) throw invalidRequest(`/query must not span more than ${MAX_PERIODS} periods`);
  return [from, to];
}
