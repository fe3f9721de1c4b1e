import { debtCollection } from "../../generated/operations.js";
import { Connection } from "../connection.js";
import type { AmiliOptions } from "../options.js";
import { DebtCollection } from "./organization.js";

export type * from "../../generated/debt-collection.js";
export type { Organization as OrganizationOfInvoice } from "../../generated/debt-collection.js";
export type * from "../../generated/debt-collection.resources.js";
// These extend the generated classes of the same name and take their place.
export type { Batches } from "./batches.js";
export type { Corrections, Invoices, Payments } from "./bulk-submit.js";
export type { DebtCollection, Organization } from "./organization.js";

/**
 * A client of the debt collection API alone: a bundler leaves out the other APIs. The options are those of `new Amili`.
 *
 * @throws {ConfigurationError} when an option is missing or invalid
 */
export const createDebtCollection = (options?: AmiliOptions): DebtCollection =>
  new DebtCollection(new Connection(options).withToken("debtCollection", debtCollection));
