import { AutoCollectLegacy } from "../../generated/autocollect-legacy.resources.js";
import { autoCollectLegacy } from "../../generated/operations.js";
import { Connection } from "../connection.js";
import type { AmiliOptions } from "../options.js";

export type * from "../../generated/autocollect-legacy.js";
export type * from "../../generated/autocollect-legacy.resources.js";

/**
 * A client of the AutoCollect Legacy API alone: a bundler leaves out the other APIs. The options are those of `new Amili`.
 *
 * @throws {ConfigurationError} when an option is missing or invalid
 */
export const createAutoCollectLegacy = (options?: AmiliOptions): AutoCollectLegacy =>
  new AutoCollectLegacy(new Connection(options).withAuth("autoCollectLegacy", autoCollectLegacy));
