import type { Customer, CustomerList, operations } from "../../generated/accounts-receivable.js";
import type { QueryOf } from "../http/client.js";
import { type ListOptions, Pager, pagesByQuery } from "../pagination.js";
import type { AccountsReceivableCall } from "./index.js";

const PAGES = pagesByQuery<Customer, CustomerList>((body) => body.customers);

/** The customers of an ARM client: those it sends documents to. */
export class Customers {
  readonly #call: AccountsReceivableCall;
  readonly #clientno: number;

  /** @internal */
  constructor(call: AccountsReceivableCall, clientno: number) {
    this.#call = call;
    this.#clientno = clientno;
  }

  /**
   * Lists customers. The first call runs a query that the server keeps; further pages are read from it. At most
   * `maximumcount` (10 000) records; `pagesize` is 100 by default, at most 1000, and 10 where less than 5 is asked for.
   *
   * @throws while it is read: {ApiError} the API refused; {PaginationError} the next page cannot be told
   * @see https://docs.amili.dev/get-a-list-of-customers-4205270e0
   */
  list(
    query?: Omit<QueryOf<operations["listCustomers"]>, "query" | "pageno">,
    options?: ListOptions,
  ): Pager<Customer, CustomerList> {
    const path = { clientno: this.#clientno };
    return new Pager(PAGES, (page, o) => this.#call("listCustomers", { path, query: page }, o), query, options);
  }
}
