// Written by `npm run generate` from openapi/. Do not edit.
import type { Client } from "openapi-fetch";
import type { Call, CallOptions } from "../src/call.js";
import type { Api } from "../src/http/api.js";
import type { operations, paths, Batch, BatchRequest, BatchOutcome } from "./autocollect-legacy.js";
import { autoCollectLegacy } from "./operations.js";

type Query<Id extends keyof operations> = NonNullable<operations[Id]["parameters"]["query"]>;

/** Query parameters of `autoCollectLegacy.batches.get`. Not all were observed: others are sent as given. */
export interface GetBatchQuery extends Query<"getBatch"> {}

/** Query parameters of `autoCollectLegacy.batches.create`. */
export interface CreateBatchQuery extends Query<"createBatch"> {}

/** Creditors, cases and settlements, exchanged as a whole. */
export class Batches {
  readonly #api: Api;

  /** @internal */
  constructor(api: Api) {
    this.#api = api;
  }

  /**
   * Reads back the creditors, cases and settlements that are known for a sender, narrowed by the query.
   *
   * The three pages differ only below `case` and `settlement`. The 2025 page shows legacy items in both; of the
   * later two, one shows settlements and the other shows cases in the shape of the Debt Collection API, most likely
   * a clash of schema names in the documentation. Trust the 2025 names and expect unknown fields in these items.
   *
   * The bearer JWT was read on this operation's page, HTTP Basic on the 2025 page of its POST twin.
   *
   * Not all query parameters were observed: any that is not listed is sent as given.
   *
   * @deprecated The API is legacy. Use the Debt Collection API.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: partial. Undocumented: query parameters after languagecode; which query parameters are
   * required; date format of remittancedate; fields of a settlement after casenumber, and fields of the body after
   * settlement; which shape of case and settlement items the API really returns; error statuses and bodies.
   * @see https://docs.amili.dev/webapiapibatch-4161131e0
   */
  get(query?: GetBatchQuery, options?: CallOptions): Call<Batch> {
    return this.#api.call(autoCollectLegacy.operations.getBatch, { query }, options);
  }

  /**
   * Hands in a batch for a sender. What a batch holds is not observed; it may be of the type that the GET returns.
   *
   * The body is declared as `application/json-patch+json`, the usual label of ASP.NET documentation tools; nothing
   * says that it is a JSON Patch. Whether `application/json` is taken as well is not said.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @deprecated The API is legacy. Use the Debt Collection API.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: partial. Undocumented: request body, and whether it is required (the page does not mark it);
   * whether senderid is required; response body; meaning of statuscode; error statuses and bodies. Body, inferred:
   * An object because the GET returns one, which may be the same type; unproven.
   * @see https://docs.amili.dev/webapiapibatch-4131301e0
   */
  create(body: BatchRequest, query?: CreateBatchQuery, options?: CallOptions): Call<BatchOutcome> {
    return this.#api.call(autoCollectLegacy.operations.createBatch, { body, query }, options);
  }
}

/** Batches of creditors, cases and settlements, as the older AutoCollect exchanged them. */
export class AutoCollectLegacy {
  /** The API as a plain openapi-fetch client. Its requests take the same way, with tokens, retries and time limits. */
  readonly http: Client<paths>;
  readonly batches: Batches;

  /** @internal */
  constructor(api: Api<paths>) {
    this.http = api.http;
    this.batches = new Batches(api);
  }
}
