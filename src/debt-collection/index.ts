import type { Client } from "openapi-fetch";
import type { operations, paths } from "../../generated/debt-collection.js";
import type { debtCollectionOperations } from "../../generated/operations.js";
import type { Api, Call } from "../http/client.js";
import { AllBatches } from "./all-batches.js";
import { Organization } from "./organization.js";

// The types of the API, so that a program can name what it is given.
export type * from "../../generated/debt-collection.js";
export type { Organization as OrganizationOfInvoice } from "../../generated/debt-collection.js";
export type { AllBatches } from "./all-batches.js";
export type { Batches } from "./batches.js";
export type { Cases } from "./cases.js";
export type { Corrections } from "./corrections.js";
export type { Invoices } from "./invoices.js";
export type { Organization } from "./organization.js";
export type { Payments } from "./payments.js";
export type { Settlements } from "./settlements.js";

/** @internal */
export type DebtCollectionCall = Call<Pick<operations, keyof typeof debtCollectionOperations>>;

/** The Debt Collection (AutoCollect) API. */
export class DebtCollection {
  /** The API as an openapi-fetch client, with the same tokens, retries and time limits. */
  readonly http: Client<paths>;
  /** Batches without their organisation. */
  readonly batches: AllBatches;
  readonly #call: DebtCollectionCall;

  /** @internal */
  constructor(api: Api<paths, Pick<operations, keyof typeof debtCollectionOperations>>) {
    this.http = api.http;
    this.batches = new AllBatches(api.call);
    this.#call = api.call;
  }

  /**
   * An organisation's part of the API.
   *
   * @param organizationId the UUID that Amili issued for the organisation
   * @throws {ConfigurationError} the id is empty
   */
  organization(organizationId: string): Organization {
    return new Organization(this.#call, organizationId);
  }
}
