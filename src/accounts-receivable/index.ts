export type * from "../../generated/accounts-receivable.js";
export type * from "../../generated/accounts-receivable.resources.js";
