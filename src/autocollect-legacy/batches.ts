import type { Batch, BatchOutcome, BatchRequest, operations } from "../../generated/autocollect-legacy.js";
import type { Call, CallOptions, QueryOf } from "../http/client.js";

/** Creditors, cases and settlements, exchanged whole. */
export class Batches {
  /** @internal */
  constructor(private readonly call: Call<operations>) {}

  /**
   * Reads back creditors, cases and settlements of a sender. The pages contradict each other on the fields of cases and
   * settlements; all are optional.
   *
   * @deprecated The API is legacy. Use `debtCollection`.
   * @throws {ApiError} the API refused
   * @throws {ConfigurationError} `baseUrls.autoCollectLegacy` or `auth.autoCollectLegacy` is not set
   * @see https://docs.amili.dev/webapiapibatch-4161131e0
   */
  get(query?: QueryOf<operations["getBatch"]>, options?: CallOptions): Promise<Batch> {
    return this.call("getBatch", { query }, options);
  }

  /**
   * Hands over creditors and cases. Never sent again after a lost answer.
   *
   * @deprecated The API is legacy. Use `debtCollection`.
   * @throws {ApiError} the API refused
   * @throws {ConfigurationError} `baseUrls.autoCollectLegacy` or `auth.autoCollectLegacy` is not set
   * @see https://docs.amili.dev/webapiapibatch-4131301e0
   */
  create(body: BatchRequest, query?: QueryOf<operations["createBatch"]>, options?: CallOptions): Promise<BatchOutcome> {
    return this.call("createBatch", { body, query }, options);
  }
}
