import type { GlItemList, operations, UnseenObject } from "../../generated/accounts-receivable.js";
import type { CallOptions, QueryOf } from "../http/client.js";
import { type ListOptions, Pager, pagesByQuery } from "../pagination.js";
import type { AccountsReceivableCall } from "./index.js";

const PAGES = pagesByQuery<UnseenObject, GlItemList>((body) => body.glItems);

/** Items of the general ledger. */
export class GlItems {
  /** @internal */
  constructor(
    private readonly call: AccountsReceivableCall,
    private readonly clientno: number,
  ) {}

  /**
   * One GL item. Its fields were not seen.
   *
   * @throws {ApiError} the API refused, or there is no such item (404)
   * @see https://docs.amili.dev/get-one-gl-item-4205284e0
   */
  get(glitemid: string, options?: CallOptions): Promise<UnseenObject> {
    return this.call("getGlItem", { path: { clientno: this.clientno, glitemid } }, options);
  }

  /**
   * Searches GL items, at most `maximumcount` (10 000) in all; `pagesize` is 100 by default and at most 1000. Criteria and
   * fields were not seen.
   *
   * @throws while it is read: {ApiError} the API refused; {PaginationError} a page was named twice
   * @see https://docs.amili.dev/get-a-list-of-gl-items-3942673e0
   */
  list(
    query?: Omit<QueryOf<operations["listGlItems"]>, "query" | "pageno">,
    options?: ListOptions,
  ): Pager<UnseenObject, GlItemList> {
    const path = { clientno: this.clientno };
    return new Pager(PAGES, (page, o) => this.call("listGlItems", { path, query: page }, o), query, options);
  }
}
