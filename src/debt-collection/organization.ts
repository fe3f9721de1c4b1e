import type { paths } from "../../generated/debt-collection.js";
import {
  DebtCollection as GeneratedDebtCollection,
  Organization as GeneratedOrganization,
} from "../../generated/debt-collection.resources.js";
import type { Api } from "../http/api.js";
import { Batches } from "./batches.js";
import { Corrections, createSubmitContext, Invoices, Payments } from "./bulk-submit.js";

/** The resources of one organization, with `batches.waitFor` and `submit`. */
export class Organization extends GeneratedOrganization {
  override readonly batches: Batches;
  override readonly corrections: Corrections;
  override readonly invoices: Invoices;
  override readonly payments: Payments;

  /** @internal */
  constructor(api: Api, organizationId: string) {
    super(api, organizationId);
    this.batches = new Batches(api, organizationId);
    const context = createSubmitContext(api, organizationId, this.batches);
    this.corrections = new Corrections(api, organizationId, context);
    this.invoices = new Invoices(api, organizationId, context);
    this.payments = new Payments(api, organizationId, context);
  }
}

export class DebtCollection extends GeneratedDebtCollection {
  readonly #api: Api;

  /** @internal */
  constructor(api: Api<paths>) {
    super(api);
    this.#api = api;
  }

  /**
   * The resources of one organization.
   *
   * @param organizationId the UUID that Amili issued for the organization
   * @throws {ConfigurationError} when it is empty
   */
  override organization(organizationId: string): Organization {
    return new Organization(this.#api, organizationId);
  }
}
