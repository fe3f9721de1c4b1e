import type { BatchReference, InvoiceInput } from "../../generated/debt-collection.js";
import type { CallOptions } from "../http/client.js";
import type { DebtCollectionCall } from "./index.js";

/** Invoices handed over for reminder or collection. */
export class Invoices {
  readonly #call: DebtCollectionCall;
  readonly #path: { organizationId: string };

  /** @internal */
  constructor(call: DebtCollectionCall, organizationId: string) {
    this.#call = call;
    this.#path = { organizationId };
  }

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
    return this.#call("createInvoices", { path: this.#path, body: { invoices } }, options);
  }
}
