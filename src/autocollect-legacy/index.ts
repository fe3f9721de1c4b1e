export type * from "../../generated/autocollect-legacy.js";
export type * from "../../generated/autocollect-legacy.resources.js";
