import type { Client } from "openapi-fetch";
import type { operations, paths } from "../../generated/autocollect-legacy.js";
import type { Api } from "../http/client.js";
import { Batches } from "./batches.js";

// The types of the API, so that a program can name what it is given.
export type * from "../../generated/autocollect-legacy.js";
export type { Batches } from "./batches.js";

/**
 * The AutoCollect Legacy API. The documentation names no address and shows two ways of authentication: it needs
 * `baseUrls.autoCollectLegacy` and `auth.autoCollectLegacy`.
 */
export class AutoCollectLegacy {
  /** The API as an openapi-fetch client, with the same retries and time limits. */
  readonly http: Client<paths>;
  readonly batches: Batches;

  /** @internal */
  constructor(api: Api<paths, operations>) {
    this.http = api.http;
    this.batches = new Batches(api.call);
  }
}
