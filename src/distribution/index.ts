export type * from "../../generated/distribution-invoice.js";
export type * from "../../generated/distribution-invoice.resources.js";
export type { paths as PartnerPaths } from "../../generated/distribution-partner.js";
export type * from "../../generated/distribution-partner.resources.js";
