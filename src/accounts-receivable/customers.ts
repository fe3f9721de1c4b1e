import type {
  Customer,
  CustomerList,
  CustomerRequest,
  CustomersBatchRequest,
  operations,
  UnseenObject,
  WriteResult,
} from "../../generated/accounts-receivable.js";
import type { CallOptions, QueryOf } from "../http/client.js";
import { type ListOptions, Pager, pagesByQuery } from "../pagination.js";
import type { AccountsReceivableCall } from "./index.js";

const PAGES = pagesByQuery<Customer, CustomerList>((body) => body.customers);

/** The customers of an ARM client: those it sends documents to. */
export class Customers {
  /** @internal */
  constructor(
    private readonly call: AccountsReceivableCall,
    private readonly clientno: number,
  ) {}

  /**
   * Creates a customer at once, or updates the one that exists, as `update` does. Sent again after a lost answer, since a
   * second time changes nothing.
   *
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/post-create-one-customer-4205268e0
   */
  create(body: CustomerRequest, options?: CallOptions): Promise<WriteResult> {
    return this.call("createCustomer", { path: { clientno: this.clientno }, body }, options);
  }

  /**
   * Changes a customer at once; the body names it. A field that is left out or `null` keeps its value, an empty string
   * clears it. The fields of the postal address are one group: sending one rewrites all.
   *
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/put-update-one-customer-4205269e0
   */
  update(body: CustomerRequest, options?: CallOptions): Promise<WriteResult> {
    return this.call("updateCustomer", { path: { clientno: this.clientno }, body }, options);
  }

  /**
   * Lists customers. The first call runs a query that the server keeps; further pages are read from it. At most
   * `maximumcount` (10 000) records; `pagesize` is 100 by default, at most 1000, and 10 where less than 5 is asked for.
   *
   * @throws while it is read: {ApiError} the API refused; {PaginationError} a page was named twice
   * @see https://docs.amili.dev/get-a-list-of-customers-4205270e0
   */
  list(
    query?: Omit<QueryOf<operations["listCustomers"]>, "query" | "pageno">,
    options?: ListOptions,
  ): Pager<Customer, CustomerList> {
    const path = { clientno: this.clientno };
    return new Pager(PAGES, (page, o) => this.call("listCustomers", { path, query: page }, o), query, options);
  }

  /**
   * One customer. Holds personal data (`ssn`, addresses): do not log it.
   *
   * @throws {ApiError} the API refused, or there is no such customer (404)
   * @see https://docs.amili.dev/get-one-customer-4205271e0
   */
  get(customerno: string, query?: QueryOf<operations["getCustomer"]>, options?: CallOptions): Promise<Customer> {
    return this.call("getCustomer", { path: { clientno: this.clientno, customerno }, query }, options);
  }

  /**
   * Removes a customer that has no documents and no AR items.
   *
   * @throws {ApiError} the API refused; with documents or AR items presumably 422
   * @see https://docs.amili.dev/delete-a-customer-4205272e0
   */
  delete(
    customerno: string,
    query?: QueryOf<operations["deleteCustomer"]>,
    options?: CallOptions,
  ): Promise<UnseenObject> {
    return this.call("deleteCustomer", { path: { clientno: this.clientno, customerno }, query }, options);
  }

  /**
   * Creates several customers.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/post-create-a-batch-of-customers-4205273e0
   */
  createBatch(body: CustomersBatchRequest, options?: CallOptions): Promise<UnseenObject> {
    return this.call("createCustomersBatch", { path: { clientno: this.clientno }, body }, options);
  }

  /**
   * Changes several customers by the rules of `update`. Presumably worked through later; see `batches.get`.
   *
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/put-update-a-batch-of-customers-3942677e0
   */
  updateBatch(body: CustomersBatchRequest, options?: CallOptions): Promise<UnseenObject> {
    return this.call("updateCustomersBatch", { path: { clientno: this.clientno }, body }, options);
  }
}
