import type { BatchReference, PaymentInput } from "../../generated/debt-collection.js";
import type { CallOptions } from "../http/client.js";
import type { DebtCollectionCall } from "./index.js";

/** Payments that the creditor received itself. */
export class Payments {
  /** @internal */
  constructor(
    private readonly call: DebtCollectionCall,
    private readonly organizationId: string,
  ) {}

  /**
   * Registers payments on invoices that are in collection. The answer names a batch, see `batches.waitFor`.
   *
   * Sent again only if it was surely not taken; after a `TimeoutError` or `ConnectionError` it may have arrived.
   *
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/createpayments-4148070e0
   */
  create(payments: PaymentInput[], options?: CallOptions): Promise<BatchReference> {
    return this.call("createPayments", { path: { organizationId: this.organizationId }, body: { payments } }, options);
  }
}
