// Written by `npm run generate` from openapi/. Do not edit.
import type { Client } from "openapi-fetch";
import type { Call, CallOptions } from "../src/call.js";
import type { Api } from "../src/http/api.js";
import { encodePathParameter } from "../src/http/serialize.js";
import type { ListOptions, Pager } from "../src/pagination.js";
import type {
  operations,
  paths,
  BatchReference,
  BatchResponse,
  BatchList,
  Batch,
  BatchList2025,
  Batch2025,
  CaseList,
  Case,
  CorrectionInput,
  InvoiceInput,
  InvoiceList,
  InvoiceResponse,
  Invoice,
  PaymentInput,
  SettlementList,
  SettlementResponse,
  Settlement,
} from "./debt-collection.js";
import { debtCollection } from "./operations.js";

type Query<Id extends keyof operations> = NonNullable<operations[Id]["parameters"]["query"]>;

/** Query parameters of `debtCollection.batches.list`. */
export interface ListAllBatchesQuery extends Pick<
  Query<"listAllBatches">,
  "State" | "Type" | "PageSize" | "SortDirection"
> {}

/** Query parameters of `debtCollection.organization(…).batches.list`. */
export interface ListBatchesQuery extends Pick<
  Query<"listBatches">,
  "State" | "Type" | "SubjectId" | "IdempotencyKey" | "PageSize" | "SortDirection"
> {}

/** Query parameters of `debtCollection.organization(…).cases.list`. */
export interface ListCasesQuery extends Pick<
  Query<"listCases">,
  | "Status"
  | "Type"
  | "CaseNumber"
  | "CustomerNumber"
  | "UniqueSourceInvoiceId"
  | "SearchTerm"
  | "FromCreatedAt"
  | "ToCreatedAt"
  | "PageSize"
> {}

/** Query parameters of `debtCollection.organization(…).invoices.list`. */
export interface ListInvoicesQuery extends Pick<
  Query<"listInvoices">,
  "Status" | "Type" | "InvoiceNumber" | "UniqueSourceInvoiceId" | "CustomerNumber" | "From" | "To"
> {}

/** Query parameters of `debtCollection.organization(…).settlements.list`. */
export interface ListSettlementsQuery extends Pick<Query<"listSettlements">, "fromDate" | "toDate" | "pageSize"> {}

/** Outcomes of writes, which the API processes asynchronously in batches. */
export class AllBatches {
  readonly #api: Api;

  /** @internal */
  constructor(api: Api) {
    this.#api = api;
  }

  /**
   * Fetches one batch by its id alone. Its title announces that it will be removed; `organization(…).batches.get`
   * takes its place. The Example Workflow guide still polls this path.
   *
   * The sample on the earlier page is cut after `data.batchId` and opens with the values of
   * `organization(…).batches.get`'s sample.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * @param batchId Returned by a write and sent with the BATCH_COMPLETED webhook. Inferred: Its format, from
   * samples.
   * @deprecated Use `organization(…).batches.get`.
   * @throws {ApiError} with status 401, 403, 404, 500 or 503, and the errors every call can throw (see
   * `AmiliError`)
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: The path. Earlier pages titled GetBatchById and Get batch by ID have it;
   * newer pages moved GetBatchById under the organisation and list a Legacy sibling, whose own page is not
   * observed. The method was read in the navigation. Undocumented: the page under this title, with its path and
   * statuses; the rest of the body; when it is removed. Response, inferred: That the body is that of getBatch; only
   * its first two fields were read here.
   * @see https://docs.amili.dev/getbatchbyid-3939029e0
   */
  get(batchId: string, options?: CallOptions): Call<BatchResponse> {
    return this.#api.call(debtCollection.operations.getBatchLegacy, { path: { batchId } }, options);
  }

  /**
   * Lists batches without naming an organisation. On the 2025 pages only; newer pages have no such list, the
   * nearest is `organization(…).batches.list`.
   *
   * @deprecated Only earlier pages of the documentation describe it.
   * @throws {ApiError} while the list is read, with any error status (none is documented), and the errors every
   * call can throw (see `AmiliError`)
   * @throws {PaginationError} while the list is read, when it cannot be continued or read to its end
   * @remarks Evidence: documented. Undocumented: which organisations it covers; values of State, Type and
   * SortDirection; default and maximum page size; error statuses.
   * @see https://docs.amili.dev/get-all-batches-3939027e0
   */
  list(query?: ListAllBatchesQuery, options?: ListOptions): Pager<Batch2025, BatchList2025> {
    return this.#api.list(debtCollection.operations.listAllBatches, { query }, options);
  }
}

/** Outcomes of writes, which the API processes asynchronously in batches. */
export class Batches {
  readonly #api: Api;
  readonly #organizationId: string;

  /** @internal */
  constructor(api: Api, organizationId: string) {
    this.#api = api;
    this.#organizationId = organizationId;
  }

  /**
   * Fetches one batch of an organisation: what succeeded and what failed. Meant for polling after a write; a batch
   * starts as QUEUED and is finished when its status is SUCCESS, PARTIAL or FAILED.
   *
   * The earlier title belonged to the path without the organisation, see `debtCollection.batches.get`.
   *
   * @param batchId Returned by a write and sent with the BATCH_COMPLETED webhook. Inferred: Its format, from
   * samples.
   * @throws {ApiError} with status 400, 401, 403, 404, 409, 422, 500 or 503, and the errors every call can throw
   * (see `AmiliError`)
   * @remarks Evidence: documented. Undocumented: the rest of the items of succeeded, and whether they still carry
   * $type; the items of failed; further values of type and status.
   * @see https://docs.amili.dev/getbatchbyid-4148060e0
   */
  get(batchId: string, options?: CallOptions): Call<BatchResponse> {
    return this.#api.call(
      debtCollection.operations.getBatch,
      { path: { organizationId: this.#organizationId, batchId } },
      options,
    );
  }

  /**
   * Lists the batches of an organisation. The filters SubjectId and IdempotencyKey are on newer pages only. The
   * filter is called State, the field of a batch is called status.
   *
   * @throws {ApiError} while the list is read, with status 400, 401, 403, 404, 409, 422, 500 or 503, and the errors
   * every call can throw (see `AmiliError`)
   * @throws {PaginationError} while the list is read, when it cannot be continued or read to its end
   * @remarks Evidence: documented. Undocumented: the summary of the sample; values of State, Type and
   * SortDirection; meaning of SubjectId; default and maximum page size.
   * @see https://docs.amili.dev/getbatchesbyorganization-4148061e0
   */
  list(query?: ListBatchesQuery, options?: ListOptions): Pager<Batch, BatchList> {
    return this.#api.list(
      debtCollection.operations.listBatches,
      { path: { organizationId: this.#organizationId }, query },
      options,
    );
  }
}

/** Cases. */
export class Cases {
  readonly #api: Api;
  readonly #organizationId: string;

  /** @internal */
  constructor(api: Api, organizationId: string) {
    this.#api = api;
    this.#organizationId = organizationId;
  }

  /**
   * Lists the cases of an organisation, with filters and a search term. The newest operation of this API. There is
   * no SortDirection here.
   *
   * @throws {ApiError} while the list is read, with any error status (none is documented), and the errors every
   * call can throw (see `AmiliError`)
   * @throws {PaginationError} while the list is read, when it cannot be continued or read to its end
   * @remarks Evidence: partial. Undocumented: the fields of a case on this page, and the summary; values of Status
   * and Type, fields that SearchTerm covers; default and maximum page size; error statuses.
   * @see https://docs.amili.dev/getcasesbyorganization-4326442e0
   */
  list(query?: ListCasesQuery, options?: ListOptions): Pager<Case, CaseList> {
    return this.#api.list(
      debtCollection.operations.listCases,
      { path: { organizationId: this.#organizationId }, query },
      options,
    );
  }
}

/** Changes of amounts. */
export class Corrections {
  readonly #api: Api;
  readonly #organizationId: string;

  /** @internal */
  constructor(api: Api, organizationId: string) {
    this.#api = api;
    this.#organizationId = organizationId;
  }

  /**
   * Registers corrections of amounts on invoices in collection, several in one call; each names its invoice by
   * Amili's id. That this is its purpose follows from the title and the fields; the page describes its group only.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: documented. Undocumented: which fields are required; whether a positive amount credits or
   * debits; the rest of the 202 body after the start of data.batchUrl; error statuses. Body, inferred: That
   * corrections is required; it is the whole body.
   * @see https://docs.amili.dev/createcorrections-4148074e0
   */
  create(corrections: CorrectionInput[], options?: CallOptions): Call<BatchReference> {
    return this.#api.call(
      debtCollection.operations.createCorrections,
      { path: { organizationId: this.#organizationId }, body: { corrections } },
      options,
    );
  }
}

/** Invoices handed over for reminder or collection. */
export class Invoices {
  readonly #api: Api;
  readonly #organizationId: string;

  /** @internal */
  constructor(api: Api, organizationId: string) {
    this.#api = api;
    this.#organizationId = organizationId;
  }

  /**
   * Hands one or more invoices over for reminder or collection. The token needs the scope `write:collection.case`.
   * The call is accepted at once; the outcome is read from the batch or comes by webhook. Give each invoice a
   * `uniqueSourceInvoiceId`, so that it can be found again.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @throws {ApiError} with status 400, 401, 403, 404, 409, 422 or 500, and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: partial. Undocumented: fields of an invoice past those listed: debtor, address, attachment,
   * payment reference or account, if any; which fields are required; further values of type; whether
   * uniqueSourceInvoiceId is enforced as unique; how many invoices one call takes; the 202 body. Body, inferred:
   * That invoices is required; it is the whole body as far as it was observed. Response, inferred: The guide says
   * that a reference to a batch is returned; its shape is taken from createCorrections.
   * @see https://docs.amili.dev/createinvoices-4148067e0
   */
  create(invoices: InvoiceInput[], options?: CallOptions): Call<BatchReference> {
    return this.#api.call(
      debtCollection.operations.createInvoices,
      { path: { organizationId: this.#organizationId }, body: { invoices } },
      options,
    );
  }

  /**
   * Lists the invoices of an organisation, with filters. Paged by PageToken alone: no PageSize and no
   * SortDirection.
   *
   * @throws {ApiError} while the list is read, with status 401, 403, 404, 500 or another, and the errors every call
   * can throw (see `AmiliError`)
   * @throws {PaginationError} while the list is read, when it cannot be continued or read to its end
   * @remarks Evidence: partial. Undocumented: the fields of an invoice after createdAt, and the summary; values of
   * Status and Type; the date that From and To look at, and their format; error statuses of newer pages; those of
   * the 2025 page after 500.
   * @see https://docs.amili.dev/getinvoicesbyorganization-4148068e0
   */
  list(query?: ListInvoicesQuery, options?: ListOptions): Pager<Invoice, InvoiceList> {
    return this.#api.list(
      debtCollection.operations.listInvoices,
      { path: { organizationId: this.#organizationId }, query },
      options,
    );
  }

  /**
   * Fetches one invoice of an organisation. The summary of its sample carries a nextPageToken, although one object
   * is returned.
   *
   * @param invoiceId Amili's id of the invoice. Inferred: Its format, from samples.
   * @throws {ApiError} with status 400, 401, 403, 404, 409, 422, 500 or 503, and the errors every call can throw
   * (see `AmiliError`)
   * @remarks Evidence: partial. Undocumented: the fields of the invoice after organization.organizationNumber.
   * @see https://docs.amili.dev/getinvoicebyid-4148069e0
   */
  get(invoiceId: string, options?: CallOptions): Call<InvoiceResponse> {
    return this.#api.call(
      debtCollection.operations.getInvoice,
      { path: { organizationId: this.#organizationId, invoiceId } },
      options,
    );
  }

  /**
   * By its title, the documents kept with an invoice. In the 2025 navigation only.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * @param invoiceId Amili's id of the invoice. Inferred: Its format, from samples.
   * @deprecated Only earlier pages of the documentation describe it.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: The path, from listInvoicePayments, whose title is built in the same
   * way; the bearer token likewise. Undocumented: its page, its path; whether it returns a list or the content of
   * files; statuses and bodies. Response, inferred: That the response is JSON.
   */
  documents(invoiceId: string, options?: CallOptions): Call<Record<string, unknown>> {
    return this.#api.call(
      debtCollection.operations.listInvoiceDocuments,
      { path: { organizationId: this.#organizationId, invoiceId } },
      options,
    );
  }

  /**
   * By its title, what happened to an invoice. In the 2025 navigation only.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * @param invoiceId Amili's id of the invoice. Inferred: Its format, from samples.
   * @deprecated Only earlier pages of the documentation describe it.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: The path, from listInvoicePayments, whose title is built in the same
   * way; the bearer token likewise. Undocumented: its page, its path; statuses and bodies. Response, inferred: That
   * the response is JSON.
   */
  history(invoiceId: string, options?: CallOptions): Call<Record<string, unknown>> {
    return this.#api.call(
      debtCollection.operations.listInvoiceHistory,
      { path: { organizationId: this.#organizationId, invoiceId } },
      options,
    );
  }

  /**
   * The payments registered on an invoice. On the 2025 pages only, without paging.
   *
   * @param invoiceId Amili's id of the invoice. Inferred: Its format, from samples.
   * @deprecated Only earlier pages of the documentation describe it.
   * @throws {ApiError} with status 401, 403, 404 or another, and the errors every call can throw (see `AmiliError`)
   * @remarks Evidence: partial. Undocumented: the 200 body; statuses after 404.
   * @see https://docs.amili.dev/get-invoice-payments-by-invoice-id-3939022e0
   */
  payments(invoiceId: string, options?: CallOptions): Call<Record<string, unknown>> {
    return this.#api.call(
      debtCollection.operations.listInvoicePayments,
      { path: { organizationId: this.#organizationId, invoiceId } },
      options,
    );
  }

  /**
   * By its title, puts the collection of an invoice on hold. In the 2025 navigation only; newer pages list a
   * PauseCase, whose path is not known.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @param invoiceId Amili's id of the invoice. Inferred: Its format, from samples.
   * @deprecated Only earlier pages of the documentation describe it.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: The path, from resumeInvoice; the bearer token likewise. Undocumented:
   * its page, its path; whether it takes a body, such as a reason or an end date; statuses and bodies. Response,
   * inferred: That there is no body, as with resumeInvoice.
   */
  pause(invoiceId: string, options?: CallOptions): Call<undefined> {
    return this.#api.call(
      debtCollection.operations.pauseInvoice,
      { path: { organizationId: this.#organizationId, invoiceId } },
      options,
    );
  }

  /**
   * By its title, takes an invoice back from collection. In the 2025 navigation only; newer pages list a
   * WithdrawCase, whose path is not known.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @param invoiceId Amili's id of the invoice. Inferred: Its format, from samples.
   * @deprecated Only earlier pages of the documentation describe it.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: The path, from resumeInvoice; the bearer token likewise. Undocumented:
   * its page, its path; whether it takes a body, such as a reason or an end date; statuses and bodies. Response,
   * inferred: That there is no body, as with resumeInvoice.
   */
  withdraw(invoiceId: string, options?: CallOptions): Call<undefined> {
    return this.#api.call(
      debtCollection.operations.withdrawInvoice,
      { path: { organizationId: this.#organizationId, invoiceId } },
      options,
    );
  }

  /**
   * Resumes the collection of a paused invoice. Has no request body and returns none, so there is no batch to
   * follow. On the 2025 pages only; newer pages list a ResumeCase, whose path is not known.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @param invoiceId Amili's id of the invoice. Inferred: Its format, from samples.
   * @deprecated Only earlier pages of the documentation describe it.
   * @throws {ApiError} with status 400, and the errors every call can throw (see `AmiliError`)
   * @remarks Evidence: documented.
   * @see https://docs.amili.dev/resume-invoice-3939025e0
   */
  resume(invoiceId: string, options?: CallOptions): Call<undefined> {
    return this.#api.call(
      debtCollection.operations.resumeInvoice,
      { path: { organizationId: this.#organizationId, invoiceId } },
      options,
    );
  }
}

/** Payments that the creditor received itself. */
export class Payments {
  readonly #api: Api;
  readonly #organizationId: string;

  /** @internal */
  constructor(api: Api, organizationId: string) {
    this.#api = api;
    this.#organizationId = organizationId;
  }

  /**
   * Registers payments on invoices in collection, several in one call; each names its invoice by Amili's id. 429 is
   * listed, so calls are throttled in a way that is not described.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @throws {ApiError} with status 400, 401, 403, 404, 409, 422, 429, 500 or 503, and the errors every call can
   * throw (see `AmiliError`)
   * @remarks Evidence: partial. Undocumented: the fields of a payment after currency, such as a date; which fields
   * are required; further values of type; the 202 body; limits behind 429. Body, inferred: That payments is
   * required; it is the whole body as far as it was observed. Response, inferred: The page says that there is a
   * body; its shape is taken from createCorrections.
   * @see https://docs.amili.dev/createpayments-4148070e0
   */
  create(payments: PaymentInput[], options?: CallOptions): Call<BatchReference> {
    return this.#api.call(
      debtCollection.operations.createPayments,
      { path: { organizationId: this.#organizationId }, body: { payments } },
      options,
    );
  }
}

/** What was paid on cases, and how it was split. */
export class Settlements {
  readonly #api: Api;
  readonly #organizationId: string;

  /** @internal */
  constructor(api: Api, organizationId: string) {
    this.#api = api;
    this.#organizationId = organizationId;
  }

  /**
   * Lists the settlements of an organisation. The names of the query parameters are camelCase here, unlike the
   * other lists of this API; the 2025 page has none, although its body carries a nextPageToken. That page describes
   * the call as one that creates a settlement; method, title and body are those of a read.
   *
   * Only the body of the 2025 page was read whole. The newer page shows other fields, of which the first three were
   * read; see Settlement.
   *
   * @throws {ApiError} while the list is read, with status 400, 401, 403, 404, 409, 422, 423, 429, 500, 501, 502 or
   * 503, and the errors every call can throw (see `AmiliError`)
   * @throws {PaginationError} while the list is read, when it cannot be continued or read to its end
   * @remarks Evidence: documented. Undocumented: newer page: the fields of a settlement after currency, and the
   * summary; formats of fromDate and toDate, and the date they look at; default and maximum page size; limits
   * behind 429.
   * @see https://docs.amili.dev/getsettlements-4148071e0
   */
  list(query?: ListSettlementsQuery, options?: ListOptions): Pager<Settlement, SettlementList> {
    return this.#api.list(
      debtCollection.operations.listSettlements,
      { path: { organizationId: this.#organizationId }, query },
      options,
    );
  }

  /**
   * Fetches one settlement. Its id comes with the SETTLEMENT_CREATED webhook. The summary of its sample carries a
   * nextPageToken, although one object is returned.
   *
   * @param settlementId Comes with the SETTLEMENT_CREATED webhook. Inferred: Its format, from the sample of the
   * webhook.
   * @throws {ApiError} with status 400, 401, 403, 404, 409, 422, 500 or 503, and the errors every call can throw
   * (see `AmiliError`)
   * @remarks Evidence: partial. Undocumented: the fields of a settlement after exchangeRate, and whether those of
   * the 2025 list are among them. Response, inferred: That a single settlement can have the fields of the 2025
   * list. Its own page is cut after exchangeRate.
   * @see https://docs.amili.dev/getsettlement-on-id-4148072e0
   */
  get(settlementId: string, options?: CallOptions): Call<SettlementResponse> {
    return this.#api.call(
      debtCollection.operations.getSettlement,
      { path: { organizationId: this.#organizationId, settlementId } },
      options,
    );
  }
}

/** The resources of one organization. */
export class Organization {
  readonly batches: Batches;
  readonly cases: Cases;
  readonly corrections: Corrections;
  readonly invoices: Invoices;
  readonly payments: Payments;
  readonly settlements: Settlements;

  /** @internal */
  constructor(api: Api, organizationId: string) {
    encodePathParameter("organizationId", organizationId);
    this.batches = new Batches(api, organizationId);
    this.cases = new Cases(api, organizationId);
    this.corrections = new Corrections(api, organizationId);
    this.invoices = new Invoices(api, organizationId);
    this.payments = new Payments(api, organizationId);
    this.settlements = new Settlements(api, organizationId);
  }
}

/** Hand invoices over for reminder and collection, follow them, and read settlements. */
export class DebtCollection {
  /** The API as a plain openapi-fetch client. Its requests take the same way, with tokens, retries and time limits. */
  readonly http: Client<paths>;
  readonly batches: AllBatches;
  readonly #api: Api;

  /** @internal */
  constructor(api: Api<paths>) {
    this.http = api.http;
    this.batches = new AllBatches(api);
    this.#api = api;
  }

  /**
   * The resources of one organization.
   *
   * @throws {ConfigurationError} when `organizationId` is empty
   */
  organization(organizationId: string): Organization {
    return new Organization(this.#api, organizationId);
  }
}
