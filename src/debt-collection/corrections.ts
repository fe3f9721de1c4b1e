import type { BatchReference, CorrectionInput } from "../../generated/debt-collection.js";
import type { CallOptions } from "../http/client.js";
import type { Batches } from "./batches.js";
import type { DebtCollectionCall } from "./index.js";
import type { Outcome } from "./submit/outcome.js";
import type { SubmitOptions } from "./submit/submit.js";

/** Corrections of amounts. */
export class Corrections {
  /** @internal */
  constructor(
    private readonly call: DebtCollectionCall,
    private readonly organizationId: string,
    private readonly batches: Batches,
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

  /**
   * Sends any number of corrections, in chunks, follows their batches, and gives an outcome for each. The API lists no
   * corrections, so after a lost answer they are `unknown`; none is sent twice. Whoever goes on from a `journal` gives the same
   * corrections again, in any order: each is known by what it holds, and one that stands there twice is two.
   *
   * @throws after the outcomes of what was under way: what ended the run
   * @see https://docs.amili.dev/createcorrections-4148074e0
   */
  async *submit<Item extends CorrectionInput>(
    corrections: Iterable<Item> | AsyncIterable<Item>,
    options?: SubmitOptions,
  ): AsyncGenerator<Outcome<Item>, void, undefined> {
    // Loaded when it is used: most programs only read.
    const { submitByInvoice } = await import("./submit/submit.js");
    yield* submitByInvoice("correction", (some, o) => this.create(some, o), this.batches, corrections, options);
  }
}
