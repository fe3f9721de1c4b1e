import type {
  BatchReference,
  Invoice,
  InvoiceInput,
  InvoiceList,
  InvoiceResponse,
  operations,
} from "../../generated/debt-collection.js";
import type { CallOptions, QueryOf } from "../http/client.js";
import { type ListOptions, Pager, pagesByToken } from "../pagination.js";
import type { Batches } from "./batches.js";
import type { DebtCollectionCall } from "./index.js";
import type { Outcome } from "./submit/outcome.js";
import type { SubmitOptions } from "./submit/submit.js";

const PAGES = pagesByToken<Invoice, InvoiceList>("PageToken", (body) => body.data);

/** Invoices handed over for reminder or collection. */
export class Invoices {
  /** @internal */
  constructor(
    private readonly call: DebtCollectionCall,
    private readonly organizationId: string,
    private readonly batches: Batches,
  ) {}

  /**
   * Hands over invoices. The answer names a batch; what became of each invoice is read from it, see `batches.waitFor`.
   * Needs the scope `write:collection.case`. Give each invoice a `uniqueSourceInvoiceId`, so that it can be found again.
   *
   * Sent again only if it was surely not taken; after a `TimeoutError` or `ConnectionError` the invoices may have arrived.
   *
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/createinvoices-4148067e0
   */
  create(invoices: InvoiceInput[], options?: CallOptions): Promise<BatchReference> {
    return this.call("createInvoices", { path: { organizationId: this.organizationId }, body: { invoices } }, options);
  }

  /**
   * Hands over any number of invoices, in chunks, follows their batches, and gives an outcome for each: `accepted`,
   * `rejected` with the reason, or `unknown` where `timeout` or `signal` ended the wait, or the API's lists tell neither
   * that it arrived nor that it did not. Each needs a `uniqueSourceInvoiceId`. After a lost answer it waits for the batches
   * since then and looks the invoices up before it sends anything again, so that none is lost and none doubled. Nothing is
   * sent before the outcomes are read.
   *
   * @throws after the outcomes of what was under way: what ended the run
   * @see https://docs.amili.dev/createinvoices-4148067e0
   */
  async *submit<Item extends InvoiceInput>(
    invoices: Iterable<Item> | AsyncIterable<Item>,
    options?: SubmitOptions,
  ): AsyncGenerator<Outcome<Item>, void, undefined> {
    // Loaded when it is used: most programs only read.
    const { submitInvoices } = await import("./submit/submit.js");
    yield* submitInvoices(this, this.batches, invoices, options);
  }

  /**
   * Lists the organisation's invoices.
   *
   * @throws while it is read: {ApiError} the API refused; {PaginationError} a page was named twice
   * @see https://docs.amili.dev/getinvoicesbyorganization-4148068e0
   */
  list(
    query?: Omit<QueryOf<operations["listInvoices"]>, "PageToken">,
    options?: ListOptions,
  ): Pager<Invoice, InvoiceList> {
    const path = { organizationId: this.organizationId };
    return new Pager(PAGES, (page, o) => this.call("listInvoices", { path, query: page }, o), query, options);
  }

  /**
   * One invoice.
   *
   * @throws {ApiError} the API refused, or there is no such invoice (404)
   * @see https://docs.amili.dev/getinvoicebyid-4148069e0
   */
  get(invoiceId: string, options?: CallOptions): Promise<InvoiceResponse> {
    return this.call("getInvoice", { path: { organizationId: this.organizationId, invoiceId } }, options);
  }

  /**
   * The documents of an invoice.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @deprecated Only the documentation of 2025 has it.
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws {ApiError} the API refused
   */
  documents(invoiceId: string, options?: CallOptions): Promise<Record<string, unknown>> {
    return this.call("listInvoiceDocuments", { path: { organizationId: this.organizationId, invoiceId } }, options);
  }

  /**
   * The history of an invoice.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @deprecated Only the documentation of 2025 has it.
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws {ApiError} the API refused
   */
  history(invoiceId: string, options?: CallOptions): Promise<Record<string, unknown>> {
    return this.call("listInvoiceHistory", { path: { organizationId: this.organizationId, invoiceId } }, options);
  }

  /**
   * The payments on an invoice. Fields were not seen.
   *
   * @deprecated Only the documentation of 2025 has it.
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/get-invoice-payments-by-invoice-id-3939022e0
   */
  payments(invoiceId: string, options?: CallOptions): Promise<Record<string, unknown>> {
    return this.call("listInvoicePayments", { path: { organizationId: this.organizationId, invoiceId } }, options);
  }

  /**
   * Puts the handling of an invoice on hold.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @deprecated Only the documentation of 2025 has it. PauseCase, of which only the title is known, seems to stand in its place.
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws {ApiError} the API refused
   */
  pause(invoiceId: string, options?: CallOptions): Promise<undefined> {
    return this.call("pauseInvoice", { path: { organizationId: this.organizationId, invoiceId } }, options);
  }

  /**
   * Takes an invoice back from collection.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @deprecated Only the documentation of 2025 has it. WithdrawCase, of which only the title is known, seems to stand in its place.
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws {ApiError} the API refused
   */
  withdraw(invoiceId: string, options?: CallOptions): Promise<undefined> {
    return this.call("withdrawInvoice", { path: { organizationId: this.organizationId, invoiceId } }, options);
  }

  /**
   * Lets a paused invoice go on.
   *
   * @deprecated Only the documentation of 2025 has it. ResumeCase, of which only the title is known, seems to stand in its place.
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/resume-invoice-3939025e0
   */
  resume(invoiceId: string, options?: CallOptions): Promise<undefined> {
    return this.call("resumeInvoice", { path: { organizationId: this.organizationId, invoiceId } }, options);
  }
}
