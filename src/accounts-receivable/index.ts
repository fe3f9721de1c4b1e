import type { Client } from "openapi-fetch";
import type { operations, paths } from "../../generated/accounts-receivable.js";
import type { Api, Call } from "../http/client.js";
import { ArmClient } from "./client.js";

// The types of the API, so that a program can name what it is given.
export type * from "../../generated/accounts-receivable.js";
export type { Actions } from "./actions.js";
export type { ArItems } from "./ar-items.js";
export type { AutoPostings } from "./auto-postings.js";
export type { Batches } from "./batches.js";
export type { ArmClient } from "./client.js";
export type { ClientConfigs } from "./client-configs.js";
export type { Customers } from "./customers.js";
export type { DocumentBundles } from "./document-bundles.js";
export type { Documents } from "./documents.js";
export type { Files } from "./files.js";
export type { GlItems } from "./gl-items.js";
export type { GlMovements } from "./gl-movements.js";
export type { Insights } from "./insights.js";
export type { LogItems } from "./log-items.js";
export type { PaymentReservations } from "./payment-reservations.js";

/** @internal */
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
