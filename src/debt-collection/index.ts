export type * from "../../generated/debt-collection.js";
export type { Organization as OrganizationOfInvoice } from "../../generated/debt-collection.js";
export type * from "../../generated/debt-collection.resources.js";
// These extend the generated classes of the same name and take their place.
export type { Batches } from "./batches.js";
export type { Corrections, Invoices, Payments } from "./bulk-submit.js";
export type { DebtCollection, Organization } from "./organization.js";
