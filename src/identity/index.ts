import type { Client } from "openapi-fetch";
import type { operations, paths, Token, TokenRequest } from "../../generated/identity.js";
import type { Api, Call, CallOptions } from "../http/client.js";

// The types of the API, so that a program can name what it is given.
export type * from "../../generated/identity.js";

/** Tokens. The library asks for its own; this is for those who need one elsewhere. */
export class Identity {
  /** The API as an openapi-fetch client. Its requests carry no token. */
  readonly http: Client<paths>;
  readonly #call: Call<operations>;

  /** @internal */
  constructor(api: Api<paths, operations>) {
    this.http = api.http;
    this.#call = api.call;
  }

  /**
   * Exchanges a client id and secret for an access token. The answer is a secret.
   *
   * @throws {ApiError} the service refused
   * @see https://docs.amili.dev/example-workflow-359631m0
   */
  token(body: TokenRequest, options?: CallOptions): Promise<Token> {
    return this.#call("createToken", { body }, options);
  }
}
