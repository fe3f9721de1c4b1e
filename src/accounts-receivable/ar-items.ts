import type {
  ArItem,
  ArItemList,
  ArItemUpdateRequest,
  operations,
  UnseenObject,
} from "../../generated/accounts-receivable.js";
import type { CallOptions, QueryOf } from "../http/client.js";
import { type ListOptions, Pager, pagesByQuery } from "../pagination.js";
import type { AccountsReceivableCall } from "./index.js";

const PAGES = pagesByQuery<ArItem, ArItemList>((body) => body.arItems);

/** Items of the accounts-receivable ledger. */
export class ArItems {
  /** @internal */
  constructor(
    private readonly call: AccountsReceivableCall,
    private readonly clientno: number,
  ) {}

  /**
   * Searches AR items, at most `maximumcount` (10 000) in all; `pagesize` is 100 by default and at most 1000. The items of an
   * ADB interval: `{ reporttype: "adbdetails", adbinterval: 1 }`. Other criteria exist but were not seen.
   *
   * @throws while it is read: {ApiError} the API refused; {PaginationError} a page was named twice
   * @see https://docs.amili.dev/get-a-list-of-ar-items-4205260e0
   */
  list(
    query?: Omit<QueryOf<operations["listArItems"]>, "query" | "pageno">,
    options?: ListOptions,
  ): Pager<ArItem, ArItemList> {
    const path = { clientno: this.clientno };
    return new Pager(PAGES, (page, o) => this.call("listArItems", { path, query: page }, o), query, options);
  }

  /**
   * Changes details of an AR item, or credits an invoice or interest note. The body names the item; its fields were not
   * seen, so any can be sent.
   *
   * @throws {ApiError} the API refused, or there is no such item (404)
   * @see https://docs.amili.dev/put-update-ar-item-details-3942666e0
   */
  update(body: ArItemUpdateRequest, options?: CallOptions): Promise<UnseenObject> {
    return this.call("updateArItem", { path: { clientno: this.clientno }, body }, options);
  }

  /**
   * One AR item. Amounts are in the currency that stands beside them.
   *
   * @param aritemid such as `2218-500002-35078-0`
   * @throws {ApiError} the API refused, or there is no such item (404)
   * @see https://docs.amili.dev/get-one-ar-item-4205262e0
   */
  get(aritemid: string, query?: QueryOf<operations["getArItem"]>, options?: CallOptions): Promise<ArItem> {
    return this.call("getArItem", { path: { clientno: this.clientno, aritemid }, query }, options);
  }
}
