export type * from "../../generated/identity.js";
export type * from "../../generated/identity.resources.js";
