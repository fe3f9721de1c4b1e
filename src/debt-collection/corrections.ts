import type { BatchReference, CorrectionInput } from "../../generated/debt-collection.js";
import type { CallOptions } from "../http/client.js";
import type { DebtCollectionCall } from "./index.js";

/** Corrections of amounts. */
export class Corrections {
  /** @internal */
  constructor(
    private readonly call: DebtCollectionCall,
    private readonly organizationId: string,
  ) {}

  /**
   * Corrects amounts of invoices that are in collection. The answer names a batch, see `batches.waitFor`. Whether a positive
   * `amount` credits or debits is not documented.
   *
   * Sent again only if it was surely not taken; after a `TimeoutError` or `ConnectionError` it may have arrived.
   *
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/createcorrections-4148074e0
   */
  create(corrections: CorrectionInput[], options?: CallOptions): Promise<BatchReference> {
    return this.call(
      "createCorrections",
      { path: { organizationId: this.organizationId }, body: { corrections } },
      options,
    );
  }
}
