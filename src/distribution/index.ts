import type { Client } from "openapi-fetch";
import type * as Invoice from "../../generated/distribution-invoice.js";
import type * as Partner from "../../generated/distribution-partner.js";
import type { Api } from "../http/client.js";
import { BankAgreement } from "./bank-agreement.js";
import { Send } from "./send.js";

// The types of the API, so that a program can name what it is given.
export type * from "../../generated/distribution-invoice.js";
export type { paths as PartnerPaths } from "../../generated/distribution-partner.js";
export type { BankAgreement } from "./bank-agreement.js";
export type { Send } from "./send.js";

/** The Invoice API, as the navigation of 2025 had it. */
export class DistributionInvoice {
  /** The API as an openapi-fetch client, with the same retries and time limits. */
  readonly http: Client<Invoice.paths>;
  readonly send: Send;
  readonly bankAgreement: BankAgreement;

  /** @internal */
  constructor(api: Api<Invoice.paths, Invoice.operations>) {
    this.http = api.http;
    this.send = new Send(api.call);
    this.bankAgreement = new BankAgreement(api.call);
  }
}

/** The Partner API. Its operations are known by title only, so there are none to call yet. */
export class DistributionPartner {
  /** The API as an openapi-fetch client, with the same retries and time limits. */
  readonly http: Client<Partner.paths>;

  /** @internal */
  constructor(api: Api<Partner.paths, Partner.operations>) {
    this.http = api.http;
  }
}

/**
 * Distribution of invoices. The documentation names neither addresses nor authentication: both APIs need `baseUrls` and
 * `auth` of their own, `distributionInvoice` and `distributionPartner`.
 */
export class Distribution {
  readonly invoice: DistributionInvoice;
  readonly partner: DistributionPartner;

  /** @internal */
  constructor(invoice: Api<Invoice.paths, Invoice.operations>, partner: Api<Partner.paths, Partner.operations>) {
    this.invoice = new DistributionInvoice(invoice);
    this.partner = new DistributionPartner(partner);
  }
}
