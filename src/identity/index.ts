import type { Identity } from "../../generated/identity.resources.js";
import { Connection } from "../connection.js";
import type { AmiliOptions } from "../options.js";

export type * from "../../generated/identity.js";
export type * from "../../generated/identity.resources.js";

/**
 * A client of the identity API alone: a bundler leaves out the other APIs. The options are those of `new Amili`, of which
 * none is required.
 *
 * @throws {ConfigurationError} when an option is missing or invalid
 */
export const createIdentity = (options?: AmiliOptions): Identity => new Connection(options).identity;
