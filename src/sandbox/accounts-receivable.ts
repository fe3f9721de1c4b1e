import { randomBytes } from "node:crypto";
import { ok, problem } from "./answer.js";
import type { SandboxOperations } from "./operation.js";

const CUSTOMERS = 28;

interface Query {
  size: number;
  count: number;
}

/** The state of the ARM API. */
export class AccountsReceivableState {
  readonly #queries = new Map<string, Query>();
  #jobs = 908_966;

  readonly operations: SandboxOperations = {
    getArItem: ({ path, example }) => {
      const item = example as { arItemId: string; clientNo: number };
      const known = path.aritemid === item.arItemId && Number(path.clientno) === item.clientNo;
      return known
        ? ok(item)
        : problem(404, `The sandbox knows one AR item: ${item.arItemId} of client ${item.clientNo}.`);
    },

    listGlMovements: ({ query, example }) => {
      const { glMovements } = example as { glMovements: { glYear: number; glPeriod: number; glAccountNo: number }[] };
      const month = (year: unknown, period: unknown) => Number(year) * 100 + Number(period);
      const single = query.glyear !== undefined;
      const from = single ? month(query.glyear, query.glperiod) : month(query.glyearfrom, query.glperiodfrom);
      const to = single ? from : month(query.glyearto, query.glperiodto);
      if (Number.isNaN(from) || Number.isNaN(to)) {
        return problem(400, "Give glyear and glperiod, or glyearfrom, glperiodfrom, glyearto and glperiodto.");
      }
      const found = glMovements.filter(
        ({ glYear, glPeriod, glAccountNo }) =>
          month(glYear, glPeriod) >= from &&
          month(glYear, glPeriod) <= to &&
          (query.glaccountno === undefined || glAccountNo === query.glaccountno),
      );
      return ok({ summary: { totalCount: found.length }, glMovements: found });
    },

    listAdbIntervals: ({ example }) => ok(example),

    createReportsAction: ({ path, example }) => {
      this.#jobs++;
      return ok({
        ...(example as object),
        reportType: path.reporttype,
        clientNo: Number(path.clientno),
        jobQueueId: this.#jobs,
      });
    },

    listCustomers: ({ path, query, baseUrl }) => {
      let queryId = query.query as string | undefined;
      if (queryId === undefined) {
        queryId = randomBytes(16).toString("base64url");
        const size = Number(query.pagesize ?? 100);
        this.#queries.set(queryId, {
          size: size < 5 ? 10 : size,
          count: Math.min(CUSTOMERS, Number(query.maximumcount ?? 10_000)),
        });
      }
      const stored = this.#queries.get(queryId);
      if (!stored) return problem(404, "No such query.");
      const { size, count } = stored;
      const pageNo = Number(query.pageno ?? 1);
      const totalPages = Math.ceil(count / size);
      const link = (no: number) => `${baseUrl}/clients/${path.clientno}/customers?query=${queryId}&pageno=${no}`;
      const first = (pageNo - 1) * size;
      const customers = Array.from({ length: Math.max(0, Math.min(size, count - first)) }, (_, i) =>
        customer(Number(path.clientno), first + i),
      );
      const summary = {
        pageNo,
        currentPageSize: customers.length,
        pageSizeLimit: size,
        totalPages,
        totalCount: count,
        maximumCount: Number(query.maximumcount ?? 10_000),
        ...(pageNo < totalPages ? { nextPage: link(pageNo + 1), lastPage: link(totalPages) } : {}),
        queryId,
      };
      return ok({ summary, customers });
    },
  };
}

function customer(clientNo: number, index: number) {
  return {
    clientNo,
    accountNo: 500_002 + index,
    customerNo: String(543_210 + index),
    name: `Customer ${index + 1}`,
    currency: "NOK",
  };
}
