import { Connection } from "../connection.js";
import { connectDistribution, type Distribution } from "../distribution.js";
import type { AmiliOptions } from "../options.js";

export type * from "../../generated/distribution-invoice.js";
export type * from "../../generated/distribution-invoice.resources.js";
export type { paths as PartnerPaths } from "../../generated/distribution-partner.js";
export type * from "../../generated/distribution-partner.resources.js";

/**
 * A client of the distribution APIs alone: a bundler leaves out the other APIs. The options are those of `new Amili`.
 *
 * @throws {ConfigurationError} when an option is missing or invalid
 */
export const createDistribution = (options?: AmiliOptions): Distribution =>
  connectDistribution(new Connection(options));
