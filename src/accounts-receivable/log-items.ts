import type { LogItemList, operations, UnseenObject } from "../../generated/accounts-receivable.js";
import type { CallOptions, QueryOf } from "../http/client.js";
import { type ListOptions, Pager, pagesByQuery } from "../pagination.js";
import type { AccountsReceivableCall } from "./index.js";

const PAGES = pagesByQuery<UnseenObject, LogItemList>((body) => body.logItems);

/** Items of the log. */
export class LogItems {
  /** @internal */
  constructor(
    private readonly call: AccountsReceivableCall,
    private readonly clientno: number,
  ) {}

  /**
   * One log item.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws {ApiError} the API refused
   */
  get(logitemid: string, options?: CallOptions): Promise<UnseenObject> {
    return this.call("getLogItem", { path: { clientno: this.clientno, logitemid } }, options);
  }

  /**
   * Lists log items. Criteria and fields were not seen.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws while it is read: {ApiError} the API refused; {PaginationError} a page was named twice
   * @see https://docs.amili.dev/get-a-list-of-log-items-4205290e0
   */
  list(
    query?: Omit<QueryOf<operations["listLogItems"]>, "query" | "pageno">,
    options?: ListOptions,
  ): Pager<UnseenObject, LogItemList> {
    const path = { clientno: this.clientno };
    return new Pager(PAGES, (page, o) => this.call("listLogItems", { path, query: page }, o), query, options);
  }
}
