// Written by `npm run generate` from openapi/. Do not edit.
import type { Client } from "openapi-fetch";
import type { Call, CallOptions } from "../src/call.js";
import type { Api } from "../src/http/api.js";
import type { operations, paths, TokenRequest, Token } from "./identity.js";
import { identity } from "./operations.js";

/** Access tokens for the other APIs. */
export class Identity {
  /** The API as a plain openapi-fetch client. Its requests take the same way, with tokens, retries and time limits. */
  readonly http: Client<paths>;
  readonly #api: Api;

  /** @internal */
  constructor(api: Api<paths>) {
    this.http = api.http;
    this.#api = api;
  }

  /**
   * Exchanges a client id and secret for an access token (OAuth 2.0 client credentials). The guide asks integrators
   * to keep a token until it expires rather than to fetch one a call.
   *
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: documented. Undocumented: error statuses and bodies of a refused request; whether other
   * grants, a scope parameter, JSON bodies or HTTP Basic are accepted. Body, inferred: That all three are required
   * follows from the grant; the guide does not say so. Response, inferred: The guide shows the body; its status was
   * not observed.
   * @see https://docs.amili.dev/example-workflow-359631m0
   */
  token(body: TokenRequest, options?: CallOptions): Call<Token> {
    return this.#api.call(identity.operations.createToken, { body }, options);
  }
}
