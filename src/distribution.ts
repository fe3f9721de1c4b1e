import type { DistributionInvoice } from "../generated/distribution-invoice.resources.js";
import type { DistributionPartner } from "../generated/distribution-partner.resources.js";

/**
 * Distribution of invoices. The documentation states neither base URLs nor authentication: both APIs need `baseUrls` and
 * `auth` of their own, `distributionInvoice` and `distributionPartner`.
 */
export interface Distribution {
  readonly invoice: DistributionInvoice;
  readonly partner: DistributionPartner;
}
