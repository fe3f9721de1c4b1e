import { readSpecFolder } from "../../../../../scripts/docs/read/spec-folder.js";

/** The specs of the repository, read once for a test file. */
export const specs = readSpecFolder("openapi");
