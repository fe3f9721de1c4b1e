import { DistributionInvoice } from "../generated/distribution-invoice.resources.js";
import { DistributionPartner } from "../generated/distribution-partner.resources.js";
import { distributionInvoice, distributionPartner } from "../generated/operations.js";
import type { Connection } from "./connection.js";

/**
 * Distribution of invoices. The documentation states neither base URLs nor authentication: both APIs need `baseUrls` and
 * `auth` of their own, `distributionInvoice` and `distributionPartner`.
 */
export interface Distribution {
  readonly invoice: DistributionInvoice;
  readonly partner: DistributionPartner;
}

/** @internal */
export const connectDistribution = (connection: Connection): Distribution => ({
  invoice: new DistributionInvoice(connection.withAuth("distributionInvoice", distributionInvoice)),
  partner: new DistributionPartner(connection.withAuth("distributionPartner", distributionPartner)),
});
