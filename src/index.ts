export type * as AccountsReceivableTypes from "../generated/accounts-receivable.js";
export type * as DebtCollectionTypes from "../generated/debt-collection.js";
export type * as IdentityTypes from "../generated/identity.js";
export { AccountsReceivable } from "./accounts-receivable/index.js";
export { Amili } from "./amili.js";
export { DebtCollection } from "./debt-collection/index.js";
export * from "./errors.js";
