import { fileURLToPath } from "node:url";

/** Where the programs are built. Within the package, so that its specs and dependencies are found. */
export const PROGRAMS = fileURLToPath(new URL("../../.cache/programs", import.meta.url));

/** The built program of a source file, such as `examples/connect.ts`. */
export const programOf = (source: string) => `${PROGRAMS}/${source.replace(/\.ts$/, ".js")}`;
