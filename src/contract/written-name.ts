import { ApiNames } from "../observe/api-names.js";
import { UNNAMED } from "../observe/observations.js";

const names = new ApiNames();

/** A name as it may be reported. Keys of objects and parts of paths can be personal data. */
export const writtenName = (name: string): string => (names.has(name) ? name : UNNAMED);
