import type { Client } from "openapi-fetch";
import type { operations, paths } from "../../generated/accounts-receivable.js";
import type { Api, Call } from "../http/client.js";
import { ArmClient } from "./client.js";

export type AccountsReceivableCall = Call<operations>;

/** The Accounts Receivable (ARM) API. */
export class AccountsReceivable {
  /** The API as an openapi-fetch client, with the same tokens, retries and time limits. */
  readonly http: Client<paths>;
  readonly #call: AccountsReceivableCall;

  /** @internal */
  constructor(api: Api<paths, operations>) {
    this.http = api.http;
    this.#call = api.call;
  }

  /**
   * An ARM client's part of the API.
   *
   * @param clientno the number of the ARM client
   * @throws {ConfigurationError} it is not a positive whole number
   */
  client(clientno: number): ArmClient {
    return new ArmClient(this.#call, clientno);
  }
}
