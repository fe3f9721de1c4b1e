// Written by `npm run generate` from openapi/. Do not edit.
import type { Client } from "openapi-fetch";
import type { Call, CallOptions } from "../src/call.js";
import type { Api } from "../src/http/api.js";
import { checkCount } from "../src/http/checks.js";
import type { ListOptions, Pager } from "../src/pagination.js";
import type {
  operations,
  paths,
  UnseenObject,
  WriteResult,
  ReportsActionRequest,
  ReportsActionResult,
  ArItem,
  ArItemList,
  ArItemUpdateRequest,
  AutoPostingsRequest,
  Customer,
  CustomerList,
  CustomerRequest,
  CustomersBatchRequest,
  DocumentBundleList,
  Document,
  DocumentRequest,
  DocumentsBatchRequest,
  DocumentList,
  FilesUploadRequest,
  GlItemList,
  GlMovementList,
  AdbIntervalsResponse,
  LogItemList,
  PaymentReservationRequest,
} from "./accounts-receivable.js";
import { accountsReceivable } from "./operations.js";

type Query<Id extends keyof operations> = NonNullable<operations[Id]["parameters"]["query"]>;

/** Query parameters of `accountsReceivable.client(…).arItems.list`. Not all were observed: others are sent as given. */
export interface ListArItemsQuery extends Pick<
  Query<"listArItems">,
  "maximumcount" | "pagesize" | "reporttype" | "adbinterval" | "expand"
> {
  /** Set by the pager. */
  query?: never;
  /** Set by the pager. */
  pageno?: never;
  [name: string]: string | number | boolean | undefined;
}

/** Query parameters of `accountsReceivable.client(…).arItems.get`. */
export interface GetArItemQuery extends Query<"getArItem"> {}

/** Query parameters of `accountsReceivable.client(…).clientConfigs.list`. Not all were observed: others are sent as given. */
export interface ListClientConfigsQuery extends Query<"listClientConfigs"> {}

/** Query parameters of `accountsReceivable.client(…).customers.list`. Not all were observed: others are sent as given. */
export interface ListCustomersQuery extends Pick<Query<"listCustomers">, "maximumcount" | "pagesize" | "expand"> {
  /** Set by the pager. */
  query?: never;
  /** Set by the pager. */
  pageno?: never;
  [name: string]: string | number | boolean | undefined;
}

/** Query parameters of `accountsReceivable.client(…).customers.get`. Not all were observed: others are sent as given. */
export interface GetCustomerQuery extends Query<"getCustomer"> {}

/** Query parameters of `accountsReceivable.client(…).customers.delete`. Not all were observed: others are sent as given. */
export interface DeleteCustomerQuery extends Query<"deleteCustomer"> {}

/** Query parameters of `accountsReceivable.client(…).documentBundles.list`. Not all were observed: others are sent as given. */
export interface ListDocumentBundlesQuery extends Pick<Query<"listDocumentBundles">, "maximumcount" | "pagesize"> {
  /** Set by the pager. */
  query?: never;
  /** Set by the pager. */
  pageno?: never;
  [name: string]: string | number | boolean | undefined;
}

/** Query parameters of `accountsReceivable.client(…).documents.list`. Not all were observed: others are sent as given. */
export interface ListDocumentsQuery extends Pick<Query<"listDocuments">, "maximumcount" | "pagesize" | "expand"> {
  /** Set by the pager. */
  query?: never;
  /** Set by the pager. */
  pageno?: never;
  [name: string]: string | number | boolean | undefined;
}

/** Query parameters of `accountsReceivable.client(…).documents.get`. Not all were observed: others are sent as given. */
export interface GetDocumentQuery extends Query<"getDocument"> {}

/** Query parameters of `accountsReceivable.client(…).files.list`. Not all were observed: others are sent as given. */
export interface ListFilesQuery extends Query<"listFiles"> {}

/** Query parameters of `accountsReceivable.client(…).glItems.list`. Not all were observed: others are sent as given. */
export interface ListGlItemsQuery extends Pick<Query<"listGlItems">, "maximumcount" | "pagesize"> {
  /** Set by the pager. */
  query?: never;
  /** Set by the pager. */
  pageno?: never;
  [name: string]: string | number | boolean | undefined;
}

/** Query parameters of `accountsReceivable.client(…).glMovements.list`. */
export interface ListGlMovementsQuery extends Query<"listGlMovements"> {}

/** Query parameters of `accountsReceivable.client(…).insights.adbIntervals`. */
export interface ListAdbIntervalsQuery extends Query<"listAdbIntervals"> {}

/** Query parameters of `accountsReceivable.client(…).logItems.list`. Not all were observed: others are sent as given. */
export interface ListLogItemsQuery extends Pick<Query<"listLogItems">, "maximumcount" | "pagesize"> {
  /** Set by the pager. */
  query?: never;
  /** Set by the pager. */
  pageno?: never;
  [name: string]: string | number | boolean | undefined;
}

/** Jobs that a client orders. */
export class Actions {
  readonly #api: Api;
  readonly #clientno: number;

  /** @internal */
  constructor(api: Api, clientno: number) {
    this.#api = api;
    this.#clientno = clientno;
  }

  /**
   * Orders a report. The call only queues the request and returns a job queue id; the report itself is not in the
   * response. What the body must hold depends on the report type; `adb` is the only type observed. Its intervals
   * need not be numbered without gaps.
   *
   * The page's 200 sample says `CREATED` although 201 is listed too: expect either.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @param reporttype Code of the report type.
   * @throws {ApiError} with status 400, 403 or 422, and the errors every call can throw (see `AmiliError`)
   * @remarks Evidence: documented. Undocumented: report types other than adb and what they need; which fields of
   * the body are required; bodies of every status but 200; how the finished report is fetched by its job queue id.
   * Response, inferred: That its body is that of 200, whose sample says CREATED.
   * @see https://docs.amili.dev/post-create-a-reports-actiongenerate-a-report-4205259e0
   */
  createReport(
    reporttype: "adb" | (string & {}),
    body: ReportsActionRequest,
    options?: CallOptions,
  ): Call<ReportsActionResult> {
    return this.#api.call(
      accountsReceivable.operations.createReportsAction,
      { path: { clientno: this.#clientno, reporttype }, body },
      options,
    );
  }
}

/** Items of the customer sub-ledger, open or settled. */
export class ArItems {
  readonly #api: Api;
  readonly #clientno: number;

  /** @internal */
  constructor(api: Api, clientno: number) {
    this.#api = api;
    this.#clientno = clientno;
  }

  /**
   * Searches a client's AR items by criteria in the query, with paging. The items behind one interval of the ADB
   * overview (`insights.adbIntervals`) are read with `reporttype=adbdetails` and `adbinterval=<intervalNo>`.
   *
   * A query finds at most `maximumcount` items in all (default and limit 10 000), in pages of `pagesize` (default
   * 100, limit 1000).
   *
   * Not all query parameters were observed: any that is not listed is sent as given.
   *
   * @throws {ApiError} while the list is read, with any error status (none is documented), and the errors every
   * call can throw (see `AmiliError`)
   * @throws {PaginationError} while the list is read, when it cannot be continued or read to its end
   * @remarks Evidence: partial. Undocumented: filters other than those listed; error statuses; the response body,
   * also with expand and with adbdetails; how long the server keeps a query, and the response once it has expired;
   * what the 2026 page changed. Response, undocumented: names of the response headers.
   * @see https://docs.amili.dev/get-a-list-of-ar-items-4205260e0
   */
  list(query?: ListArItemsQuery, options?: ListOptions): Pager<ArItem, ArItemList> {
    return this.#api.list(
      accountsReceivable.operations.listArItems,
      { path: { clientno: this.#clientno }, query },
      options,
    );
  }

  /**
   * Changes details of an existing AR item. The same operation issues a credit note against an existing invoice or
   * interest note. The item is not in the path, so the body has to name it.
   *
   * @throws {ApiError} with status 400, 403, 404 or 422, and the errors every call can throw (see `AmiliError`)
   * @remarks Evidence: partial. Undocumented: request fields: how the item is named, what can be changed, what a
   * credit note needs; what omitted and null fields do; response fields; what the 2026 page changed.
   * @see https://docs.amili.dev/put-update-ar-item-details-3942666e0
   */
  update(body: ArItemUpdateRequest, options?: CallOptions): Call<UnseenObject> {
    return this.#api.call(
      accountsReceivable.operations.updateArItem,
      { path: { clientno: this.#clientno }, body },
      options,
    );
  }

  /**
   * Returns one AR item by its id. `currencyAmount` and `currencyBalance` are in `currency`, `glAmount` and
   * `glBalance` in the currency of the ledger (inferred from the names; the page states no currency). With `expand`
   * the response grows; the sample is the plain one.
   *
   * @param aritemid `arItemId` of the item, for example 2218-500002-35078-0.
   * @throws {ApiError} with status 401, 403 or 404, and the errors every call can throw (see `AmiliError`)
   * @remarks Evidence: documented. Undocumented: values of expand and the fields they add; which fields are
   * optional or can be null; what the 2026 page changed. Response, undocumented: names of the response headers.
   * @see https://docs.amili.dev/get-one-ar-item-4205262e0
   */
  get(aritemid: string, query?: GetArItemQuery, options?: CallOptions): Call<ArItem> {
    return this.#api.call(
      accountsReceivable.operations.getArItem,
      { path: { clientno: this.#clientno, aritemid }, query },
      options,
    );
  }
}

/** Composite ledger entries. */
export class AutoPostings {
  readonly #api: Api;
  readonly #clientno: number;

  /** @internal */
  constructor(api: Api, clientno: number) {
    this.#api = api;
    this.#clientno = clientno;
  }

  /**
   * Carries out one or more auto postings. Each is a composite set of debit and credit entries in the general and
   * customer ledgers that one event gives rise to.
   *
   * - A call is all or nothing: if one posting fails, all of its batch are rejected as `FAILED`. One that was valid
   *   itself is then marked `resultType` = `BATCH-REJECTED` in the response.
   * - A posting can be tagged with the option `validateOnly`. On one posting it affects the whole batch (inferred:
   *   then none of them is carried out).
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @param autopostingmethod Kind of posting. Accepted values are not observed. Inferred: Its type.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: partial. Undocumented: auto posting methods; request fields, and where validateOnly belongs;
   * statuses and response fields, and where resultType and FAILED belong; the rest of the rules; what the 2026 page
   * changed. Body, inferred: That a JSON body is required, from the other write operations.
   * @see https://docs.amili.dev/post-create-one-or-more-auto-postings-4205263e0
   */
  create(autopostingmethod: string, body: AutoPostingsRequest, options?: CallOptions): Call<UnseenObject> {
    return this.#api.call(
      accountsReceivable.operations.createAutoPostings,
      { path: { clientno: this.#clientno, autopostingmethod }, body },
      options,
    );
  }
}

/** State of batches. */
export class Batches {
  readonly #api: Api;
  readonly #clientno: number;

  /** @internal */
  constructor(api: Api, clientno: number) {
    this.#api = api;
    this.#clientno = clientno;
  }

  /**
   * Tells the state and the details of one asynchronously processed batch. That the batch operations of customers
   * and documents hand out the uuid is inferred from the purpose.
   *
   * @param batchuuid Identifies the batch. Case-sensitive. Inferred: Its format, from the name.
   * @throws {ApiError} with status 400, 403, 404 or 406, and the errors every call can throw (see `AmiliError`)
   * @remarks Evidence: partial. Undocumented: response fields; what distinguishes 200, 202, 206 and 406; polling
   * advice; what the 2026 page changed.
   * @see https://docs.amili.dev/get-one-batch-4205264e0
   */
  get(batchuuid: string, options?: CallOptions): Call<UnseenObject> {
    return this.#api.call(
      accountsReceivable.operations.getBatch,
      { path: { clientno: this.#clientno, batchuuid } },
      options,
    );
  }
}

/** Configuration of a client. */
export class ClientConfigs {
  readonly #api: Api;
  readonly #clientno: number;

  /** @internal */
  constructor(api: Api, clientno: number) {
    this.#api = api;
    this.#clientno = clientno;
  }

  /**
   * Lists configuration values of a client. Only the title is known.
   *
   * Not all query parameters were observed: any that is not listed is sent as given.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: The path: every tag whose paths were observed is one lower-case segment
   * after the client number. Undocumented: path; parameters; statuses; response fields.
   */
  list(query?: ListClientConfigsQuery, options?: CallOptions): Call<UnseenObject> {
    return this.#api.call(
      accountsReceivable.operations.listClientConfigs,
      { path: { clientno: this.#clientno }, query },
      options,
    );
  }

  /**
   * Returns the values of one configuration key of a client. Only title and method are known.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * @param key The configuration key. Inferred: From the title.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: The path: the tag's segment as for the list, and one key after the
   * title. The parameter's name is made up. Undocumented: path and parameter name; keys; statuses; response fields.
   * @see https://docs.amili.dev/get-values-for-one-client-config-key-4205266e0
   */
  get(key: string, options?: CallOptions): Call<UnseenObject> {
    return this.#api.call(
      accountsReceivable.operations.getClientConfig,
      { path: { clientno: this.#clientno, key } },
      options,
    );
  }
}

/** Customers of a client. */
export class Customers {
  readonly #api: Api;
  readonly #clientno: number;

  /** @internal */
  constructor(api: Api, clientno: number) {
    this.#api = api;
    this.#clientno = clientno;
  }

  /**
   * Creates one customer. It is validated and stored within the call, the response gives status and result, and the
   * customer can be used straight away. A customer that exists already is updated by the rules of
   * `customers.update`.
   *
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: partial. Undocumented: request fields and which are required; statuses and response fields;
   * query and header parameters; what the 2026 page changed. Body, inferred: Media type and envelope, from the
   * other write operations; the page says one customer object. Envelope from the reports action and the documents
   * batch. Response, inferred: The body, from the reports action and, for customers, the statement that status and
   * result come back.
   * @see https://docs.amili.dev/post-create-one-customer-4205268e0
   */
  create(body: CustomerRequest, options?: CallOptions): Call<WriteResult> {
    return this.#api.call(
      accountsReceivable.operations.createCustomer,
      { path: { clientno: this.#clientno }, body },
      options,
    );
  }

  /**
   * Changes one existing customer within the call; the response gives status and result. A merge, not a
   * replacement:
   *
   * - A field that is left out or null keeps its stored value.
   * - An empty string is a value and clears the stored one.
   * - The postal address is one group: whoever changes one of its fields rewrites all of them (inferred: those not
   *   sent become blank).
   *
   * The customer number is not in the path, so the body has to name the customer.
   *
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: partial. Undocumented: the rules after the one on the postal address; which fields make up
   * the postal address group; how a date or a number is cleared; request fields; statuses and response fields; what
   * the 2026 page changed. Body, inferred: Media type and envelope, from the other write operations; the page
   * speaks of key-value pairs. Envelope from the reports action and the documents batch. Response, inferred: The
   * body, from the reports action and, for customers, the statement that status and result come back.
   * @see https://docs.amili.dev/put-update-one-customer-4205269e0
   */
  update(body: CustomerRequest, options?: CallOptions): Call<WriteResult> {
    return this.#api.call(
      accountsReceivable.operations.updateCustomer,
      { path: { clientno: this.#clientno }, body },
      options,
    );
  }

  /**
   * Searches a client's customers by criteria in the query and returns their details, in pages. `summary.nextPage`
   * links to the next page: the same path with `query` (the summary's `queryId`) and `pageno`, without the
   * criteria.
   *
   * A query finds at most `maximumcount` customers in all (default and limit 10 000), in pages of `pagesize`
   * (default 100, limit 1000; 10 where less than 5 is asked for).
   *
   * Not all query parameters were observed: any that is not listed is sent as given.
   *
   * @throws {ApiError} while the list is read, with any error status (none is documented), and the errors every
   * call can throw (see `AmiliError`)
   * @throws {PaginationError} while the list is read, when it cannot be continued or read to its end
   * @remarks Evidence: partial. Undocumented: the criteria; header parameters and response headers; error statuses;
   * which fields can be null or missing; the summary of the last page; how long the server keeps a query, and the
   * response once it has expired; what the 2026 page changed.
   * @see https://docs.amili.dev/get-a-list-of-customers-4205270e0
   */
  list(query?: ListCustomersQuery, options?: ListOptions): Pager<Customer, CustomerList> {
    return this.#api.list(
      accountsReceivable.operations.listCustomers,
      { path: { clientno: this.#clientno }, query },
      options,
    );
  }

  /**
   * Returns one customer by customer number. Expect personal data in the response (`ssn`, addresses): keep it out
   * of logs.
   *
   * Not all query parameters were observed: any that is not listed is sent as given.
   *
   * @param customerno Customer number, a string of digits, for example 543210.
   * @throws {ApiError} with status 400, 403 or 404, and the errors every call can throw (see `AmiliError`)
   * @remarks Evidence: partial. Undocumented: names of the query and header parameters; the response body and its
   * expanded variants; what the 2026 page changed. Response, inferred: The body: a bare customer with the fields of
   * the customers list, as one AR item is a bare object. Undocumented: names of the response headers.
   * @see https://docs.amili.dev/get-one-customer-4205271e0
   */
  get(customerno: string, query?: GetCustomerQuery, options?: CallOptions): Call<Customer> {
    return this.#api.call(
      accountsReceivable.operations.getCustomer,
      { path: { clientno: this.#clientno, customerno }, query },
      options,
    );
  }

  /**
   * Removes one customer. Allowed only while neither documents nor AR items are attached to it (inferred: otherwise
   * 422).
   *
   * Not all query parameters were observed: any that is not listed is sent as given.
   *
   * @param customerno Customer number, a string of digits, for example 543210.
   * @throws {ApiError} with status 401, 403, 404 or 422, and the errors every call can throw (see `AmiliError`)
   * @remarks Evidence: partial. Undocumented: names of the query parameters; the response body; what the 2026 page
   * changed.
   * @see https://docs.amili.dev/delete-a-customer-4205272e0
   */
  delete(customerno: string, query?: DeleteCustomerQuery, options?: CallOptions): Call<UnseenObject> {
    return this.#api.call(
      accountsReceivable.operations.deleteCustomer,
      { path: { clientno: this.#clientno, customerno }, query },
      options,
    );
  }

  /**
   * Creates several customers in one call; the counterpart of `customers.create` (inferred). That the batch is
   * processed later and followed with `batches.get` is inferred.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: The path: the PUT of the same batch has it, and POST and PUT of one
   * customer share a path too. Undocumented: rules and batch size limit; request fields; statuses; whether the
   * response holds outcomes per customer or a batch uuid. Body, inferred: Media type and envelope, from the
   * documents batch. Envelope from the documents batch.
   * @see https://docs.amili.dev/post-create-a-batch-of-customers-4205273e0
   */
  createBatch(body: CustomersBatchRequest, options?: CallOptions): Call<UnseenObject> {
    return this.#api.call(
      accountsReceivable.operations.createCustomersBatch,
      { path: { clientno: this.#clientno }, body },
      options,
    );
  }

  /**
   * Updates several existing customers in one call, sent as an array. The rules of `customers.update` presumably
   * hold for each (inferred). That the batch is processed later and followed with `batches.get` is inferred.
   *
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: partial. Undocumented: how the batch is processed; batch size limit; whether the array is
   * the body or one of its members; request fields; statuses and response (batch uuid, outcomes per customer); what
   * the 2026 page changed. Body, inferred: Media type and envelope, from the documents batch; the page says an
   * array of customers. Envelope from the documents batch.
   * @see https://docs.amili.dev/put-update-a-batch-of-customers-3942677e0
   */
  updateBatch(body: CustomersBatchRequest, options?: CallOptions): Call<UnseenObject> {
    return this.#api.call(
      accountsReceivable.operations.updateCustomersBatch,
      { path: { clientno: this.#clientno }, body },
      options,
    );
  }
}

/** Bundles of documents. */
export class DocumentBundles {
  readonly #api: Api;
  readonly #clientno: number;

  /** @internal */
  constructor(api: Api, clientno: number) {
    this.#api = api;
    this.#clientno = clientno;
  }

  /**
   * Lists document bundles of a client. Only title and method are known.
   *
   * Not all query parameters were observed: any that is not listed is sent as given.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * @throws {ApiError} while the list is read, with any error status (none is documented), and the errors every
   * call can throw (see `AmiliError`)
   * @throws {PaginationError} while the list is read, when it cannot be continued or read to its end
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: The path: every tag whose paths were observed is one lower-case segment
   * after the client number. Undocumented: path; criteria and limits; statuses; response fields.
   */
  list(query?: ListDocumentBundlesQuery, options?: ListOptions): Pager<UnseenObject, DocumentBundleList> {
    return this.#api.list(
      accountsReceivable.operations.listDocumentBundles,
      { path: { clientno: this.#clientno }, query },
      options,
    );
  }

  /**
   * Returns one document bundle. Only title and method are known.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * @param documentbundleid Identifies the bundle. Inferred: Name and type, from documentBundleId in the About
   * guide.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: The path: the tag's segment as for the list, and documentBundleId, a
   * term of the About guide, in lower case. Undocumented: path; type of the identifier; parameters; statuses;
   * response fields.
   * @see https://docs.amili.dev/get-one-document-bundle-4205276e0
   */
  get(documentbundleid: string, options?: CallOptions): Call<UnseenObject> {
    return this.#api.call(
      accountsReceivable.operations.getDocumentBundle,
      { path: { clientno: this.#clientno, documentbundleid } },
      options,
    );
  }
}

/** Invoices, credit notes and other documents. */
export class Documents {
  readonly #api: Api;
  readonly #clientno: number;

  /** @internal */
  constructor(api: Api, clientno: number) {
    this.#api = api;
    this.#clientno = clientno;
  }

  /**
   * Creates one document, presumably within the call as for customers (inferred). Only title and method are known.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: The path: the parent of one document and of the documents batch, as on
   * customers. Undocumented: rules; request fields, the name of the member that holds the document; fields of other
   * document types; statuses and response fields. Body, inferred: Media type and envelope, from the documents batch
   * and the reports action. Envelope from the reports action, the document from the documents batch. Response,
   * inferred: The body, from the reports action and, for customers, the statement that status and result come back.
   * @see https://docs.amili.dev/post-create-one-document-4205277e0
   */
  create(body: DocumentRequest, options?: CallOptions): Call<WriteResult> {
    return this.#api.call(
      accountsReceivable.operations.createDocument,
      { path: { clientno: this.#clientno }, body },
      options,
    );
  }

  /**
   * Searches a client's documents. Only title and method are known.
   *
   * Not all query parameters were observed: any that is not listed is sent as given.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * @throws {ApiError} while the list is read, with any error status (none is documented), and the errors every
   * call can throw (see `AmiliError`)
   * @throws {PaginationError} while the list is read, when it cannot be continued or read to its end
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: The path: the parent of one document, which was read. Undocumented:
   * criteria and limits; statuses; response fields.
   * @see https://docs.amili.dev/get-a-list-of-documents-4205278e0
   */
  list(query?: ListDocumentsQuery, options?: ListOptions): Pager<UnseenObject, DocumentList> {
    return this.#api.list(
      accountsReceivable.operations.listDocuments,
      { path: { clientno: this.#clientno }, query },
      options,
    );
  }

  /**
   * Returns one document by document number. The body depends on the document type and on `expand`; the page has a
   * sample for each, none observed.
   *
   * Not all query parameters were observed: any that is not listed is sent as given.
   *
   * @param documentno Document number, for example 88776655.
   * @throws {ApiError} with status 401, 403 or 404, and the errors every call can throw (see `AmiliError`)
   * @remarks Evidence: partial. Undocumented: response fields of every variant; document types other than IN;
   * values of expand; names of the header parameters; what the 2026 page changed. Response, undocumented: names of
   * the response headers.
   * @see https://docs.amili.dev/get-one-document-3942667e0
   */
  get(documentno: string, query?: GetDocumentQuery, options?: CallOptions): Call<UnseenObject> {
    return this.#api.call(
      accountsReceivable.operations.getDocument,
      { path: { clientno: this.#clientno, documentno }, query },
      options,
    );
  }

  /**
   * Hands over several documents in one call. Text lines (`lineType` TXT) carry the fields of product lines, empty
   * or zero; the sample fills every unused field so. That the batch is processed later and followed with
   * `batches.get` is inferred.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: partial. Undocumented: rules and batch size limit; which fields are required; fields of
   * other document types; statuses and response (batch uuid, outcomes per document); what the 2026 page changed.
   * @see https://docs.amili.dev/post-create-a-batch-of-documents-3942668e0
   */
  createBatch(body: DocumentsBatchRequest, options?: CallOptions): Call<UnseenObject> {
    return this.#api.call(
      accountsReceivable.operations.createDocumentsBatch,
      { path: { clientno: this.#clientno }, body },
      options,
    );
  }
}

/** Operating-system files of a client. */
export class Files {
  readonly #api: Api;
  readonly #clientno: number;

  /** @internal */
  constructor(api: Api, clientno: number) {
    this.#api = api;
    this.#clientno = clientno;
  }

  /**
   * Returns one or more operating-system files of a client. Only title and method are known.
   *
   * Not all query parameters were observed: any that is not listed is sent as given.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: The path: the upload has it, and the title is its reading twin.
   * Undocumented: criteria and paging; whether contents or descriptions come back, and in which encoding; statuses.
   * @see https://docs.amili.dev/get-one-or-more-os-files-4205281e0
   */
  list(query?: ListFilesQuery, options?: CallOptions): Call<UnseenObject> {
    return this.#api.call(
      accountsReceivable.operations.listFiles,
      { path: { clientno: this.#clientno }, query },
      options,
    );
  }

  /**
   * Uploads one or more operating-system files. Which kinds of file a client may upload is configured for it. The
   * body is JSON, not multipart, so contents travel as text in it (inferred: base64). With several files the
   * outcome can differ for each (inferred from 207).
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @throws {ApiError} with status 400, 401, 403, 404 or 422, and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: partial. Undocumented: request fields, file type codes, encoding, size limits; bodies of 200
   * and 207; what the 2026 page changed. Body, inferred: Envelope from the documents batch. What a file holds is
   * not observed.
   * @see https://docs.amili.dev/post-upload-one-or-more-os-files-3942683e0
   */
  upload(body: FilesUploadRequest, options?: CallOptions): Call<UnseenObject> {
    return this.#api.call(
      accountsReceivable.operations.uploadFiles,
      { path: { clientno: this.#clientno }, body },
      options,
    );
  }
}

/** Items of the general ledger. */
export class GlItems {
  readonly #api: Api;
  readonly #clientno: number;

  /** @internal */
  constructor(api: Api, clientno: number) {
    this.#api = api;
    this.#clientno = clientno;
  }

  /**
   * Returns one general-ledger item by its id.
   *
   * @param glitemid Identifies the GL item. Inferred: Its type, from arItemId.
   * @throws {ApiError} with status 401, 403 or 404, and the errors every call can throw (see `AmiliError`)
   * @remarks Evidence: partial. Undocumented: response fields; format of glitemid; what the 2026 page changed.
   * Response, undocumented: names of the response headers.
   * @see https://docs.amili.dev/get-one-gl-item-4205284e0
   */
  get(glitemid: string, options?: CallOptions): Call<UnseenObject> {
    return this.#api.call(
      accountsReceivable.operations.getGlItem,
      { path: { clientno: this.#clientno, glitemid } },
      options,
    );
  }

  /**
   * Searches a client's general-ledger items by criteria in the query, with paging.
   *
   * Not all query parameters were observed: any that is not listed is sent as given.
   *
   * @throws {ApiError} while the list is read, with status 400, 403 or another, and the errors every call can throw
   * (see `AmiliError`)
   * @throws {PaginationError} while the list is read, when it cannot be continued or read to its end
   * @remarks Evidence: partial. Undocumented: the criteria; statuses listed after 403; response fields; how long
   * the server keeps a query, and the response once it has expired; what the 2026 page changed. Response,
   * undocumented: names of the response headers.
   * @see https://docs.amili.dev/get-a-list-of-gl-items-3942673e0
   */
  list(query?: ListGlItemsQuery, options?: ListOptions): Pager<UnseenObject, GlItemList> {
    return this.#api.list(
      accountsReceivable.operations.listGlItems,
      { path: { clientno: this.#clientno }, query },
      options,
    );
  }
}

/** Movements and balances of the general ledger. */
export class GlMovements {
  readonly #api: Api;
  readonly #clientno: number;

  /** @internal */
  constructor(api: Api, clientno: number) {
    this.#api = api;
    this.#clientno = clientno;
  }

  /**
   * Lists opening balance, movement and closing balance for each period and account of the general ledger. Choose
   * the time either with `glyear` and `glperiod`, or as a range with `glyearfrom`, `glperiodfrom`, `glyearto` and
   * `glperiodto`. `glaccountno` may be added. The list is not paged as far as the page shows.
   *
   * @throws {ApiError} with status 400, 403 or 404, and the errors every call can throw (see `AmiliError`)
   * @remarks Evidence: documented. Undocumented: values of options; what both ways or neither way of choosing the
   * time leads to; whether the end of a range is included; row limit; whether an empty result is 200 or 404.
   * Response, undocumented: names of the response headers.
   * @see https://docs.amili.dev/get-a-list-of-gl-movementsbalances-4205287e0
   */
  list(query?: ListGlMovementsQuery, options?: CallOptions): Call<GlMovementList> {
    return this.#api.call(
      accountsReceivable.operations.listGlMovements,
      { path: { clientno: this.#clientno }, query },
      options,
    );
  }
}

/** Overviews computed from the ledgers. */
export class Insights {
  readonly #api: Api;
  readonly #clientno: number;

  /** @internal */
  constructor(api: Api, clientno: number) {
    this.#api = api;
    this.#clientno = clientno;
  }

  /**
   * Aged-debtor overview (ADB, age distributed balance): how many items each age interval holds and their summed
   * balance.
   *
   * - Seven intervals: 0 holds what is not due, 1 to 5 are 30, 30, 30, 90 and 180 days long, 6 has no upper end.
   * - Before items are counted, unmatched credits are matched with the oldest open debits of the same customer (AR
   *   account); what is left of them counts as not due. Sums can therefore differ from those of the open items.
   * - The overview is costly to produce and cached for the day: the day's first request computes it.
   * - To get the items of an interval, call `arItems.list` with `{ reporttype: "adbdetails", adbinterval:
   *   intervalNo }`.
   *
   * @throws {ApiError} with status 400, 403 or 404, and the errors every call can throw (see `AmiliError`)
   * @remarks Evidence: documented. Undocumented: values of options; how customerno and accountno combine, and how
   * they act on the cache; the members of interval 6 that have no natural value. Response, undocumented: names of
   * the response headers.
   * @see https://docs.amili.dev/get-a-list-of-adb-intervals-4205288e0
   */
  adbIntervals(query?: ListAdbIntervalsQuery, options?: CallOptions): Call<AdbIntervalsResponse> {
    return this.#api.call(
      accountsReceivable.operations.listAdbIntervals,
      { path: { clientno: this.#clientno }, query },
      options,
    );
  }
}

/** Log entries. */
export class LogItems {
  readonly #api: Api;
  readonly #clientno: number;

  /** @internal */
  constructor(api: Api, clientno: number) {
    this.#api = api;
    this.#clientno = clientno;
  }

  /**
   * Returns one log item. Only title and method are known.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * @param logitemid Identifies the log item. Inferred: Name and type, from aritemid and glitemid.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: The path: as ArItems and GlItems have it (aritems/{aritemid},
   * glitems/{glitemid}). Undocumented: path; name and format of the identifier; statuses; response fields; what is
   * logged.
   */
  get(logitemid: string, options?: CallOptions): Call<UnseenObject> {
    return this.#api.call(
      accountsReceivable.operations.getLogItem,
      { path: { clientno: this.#clientno, logitemid } },
      options,
    );
  }

  /**
   * Lists log items. Only title and method are known.
   *
   * Not all query parameters were observed: any that is not listed is sent as given.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * @throws {ApiError} while the list is read, with any error status (none is documented), and the errors every
   * call can throw (see `AmiliError`)
   * @throws {PaginationError} while the list is read, when it cannot be continued or read to its end
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: The path: as ArItems and GlItems have it (aritems, glitems).
   * Undocumented: path; criteria and limits; statuses; response fields; what is logged.
   * @see https://docs.amili.dev/get-a-list-of-log-items-4205290e0
   */
  list(query?: ListLogItemsQuery, options?: ListOptions): Pager<UnseenObject, LogItemList> {
    return this.#api.list(
      accountsReceivable.operations.listLogItems,
      { path: { clientno: this.#clientno }, query },
      options,
    );
  }
}

/** Announced payments. */
export class PaymentReservations {
  readonly #api: Api;
  readonly #clientno: number;

  /** @internal */
  constructor(api: Api, clientno: number) {
    this.#api = api;
    this.#clientno = clientno;
  }

  /**
   * Reserves a coming payment against the AR item of an existing document, or against an existing customer. At
   * least one identifier has to be given: `arItemId`, `documentNo`, `documentUuid`, `referenceNo` or `kid` for a
   * document; `accountNo`, `customerNo` or `kid` for a customer. `paymentId` is mandatory and must be unique.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: partial. Undocumented: the place of the fields in the body; amount, currency, dates, expiry,
   * kind of payment; what else is required; the response to a repeated paymentId; statuses and response fields; how
   * a reservation is released; what the 2026 page changed. Body, inferred: Media type and envelope, from the other
   * write operations; the page names fields only. Envelope from other write bodies. The fields may be at the top
   * level instead. Response, inferred: The body, from the reports action and, for customers, the statement that
   * status and result come back.
   * @see https://docs.amili.dev/post-create-a-new-payment-reservation-4205291e0
   */
  create(body: PaymentReservationRequest, options?: CallOptions): Call<WriteResult> {
    return this.#api.call(
      accountsReceivable.operations.createPaymentReservation,
      { path: { clientno: this.#clientno }, body },
      options,
    );
  }
}

/** The resources of one ARM client. */
export class ArmClient {
  readonly actions: Actions;
  readonly arItems: ArItems;
  readonly autoPostings: AutoPostings;
  readonly batches: Batches;
  readonly clientConfigs: ClientConfigs;
  readonly customers: Customers;
  readonly documentBundles: DocumentBundles;
  readonly documents: Documents;
  readonly files: Files;
  readonly glItems: GlItems;
  readonly glMovements: GlMovements;
  readonly insights: Insights;
  readonly logItems: LogItems;
  readonly paymentReservations: PaymentReservations;

  /** @internal */
  constructor(api: Api, clientno: number) {
    checkCount("clientno", clientno, 1);
    this.actions = new Actions(api, clientno);
    this.arItems = new ArItems(api, clientno);
    this.autoPostings = new AutoPostings(api, clientno);
    this.batches = new Batches(api, clientno);
    this.clientConfigs = new ClientConfigs(api, clientno);
    this.customers = new Customers(api, clientno);
    this.documentBundles = new DocumentBundles(api, clientno);
    this.documents = new Documents(api, clientno);
    this.files = new Files(api, clientno);
    this.glItems = new GlItems(api, clientno);
    this.glMovements = new GlMovements(api, clientno);
    this.insights = new Insights(api, clientno);
    this.logItems = new LogItems(api, clientno);
    this.paymentReservations = new PaymentReservations(api, clientno);
  }
}

/** ARM API: customers, documents, AR items, ledger movements and reports of a client. */
export class AccountsReceivable {
  /** The API as a plain openapi-fetch client. Its requests take the same way, with tokens, retries and time limits. */
  readonly http: Client<paths>;
  readonly #api: Api;

  /** @internal */
  constructor(api: Api<paths>) {
    this.http = api.http;
    this.#api = api;
  }

  /**
   * The resources of one ARM client.
   *
   * @throws {ConfigurationError} when `clientno` is not a positive integer
   */
  client(clientno: number): ArmClient {
    return new ArmClient(this.#api, clientno);
  }
}
