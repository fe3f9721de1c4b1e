// Written by `npm run generate` from openapi/. Do not edit.
import type { Client } from "openapi-fetch";
import type { Api } from "../src/http/api.js";
import type { paths } from "./distribution-partner.js";

/** Look up the bundles, invoices and receipts that were distributed for a company. */
export class DistributionPartner {
  /** The API as a plain openapi-fetch client. Its requests take the same way, with tokens, retries and time limits. */
  readonly http: Client<paths>;

  /** @internal */
  constructor(api: Api<paths>) {
    this.http = api.http;
  }
}
