import type { BatchReference, PaymentInput } from "../../generated/debt-collection.js";
import type { CallOptions } from "../http/client.js";
import type { Batches } from "./batches.js";
import type { DebtCollectionCall } from "./index.js";
import type { Outcome } from "./submit/outcome.js";
import type { SubmitOptions } from "./submit/submit.js";

/** Payments that the creditor received itself. */
export class Payments {
  /** @internal */
  constructor(
    private readonly call: DebtCollectionCall,
    private readonly organizationId: string,
    private readonly batches: Batches,
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

  /**
   * Sends any number of payments, in chunks, follows their batches, and gives an outcome for each. The API lists no
   * payments, so after a lost answer they are `unknown`; none is sent twice. Whoever goes on from a `journal` gives the same
   * payments again, in any order: each is known by what it holds, and one that stands there twice is two.
   *
   * @throws after the outcomes of what was under way: what ended the run
   * @see https://docs.amili.dev/createpayments-4148070e0
   */
  async *submit<Item extends PaymentInput>(
    payments: Iterable<Item> | AsyncIterable<Item>,
    options?: SubmitOptions,
  ): AsyncGenerator<Outcome<Item>, void, undefined> {
    // Loaded when it is used: most programs only read.
    const { submitByInvoice } = await import("./submit/submit.js");
    yield* submitByInvoice("payment", (some, o) => this.create(some, o), this.batches, payments, options);
  }
}
