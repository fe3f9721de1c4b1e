import { type BuildOptions, build } from "esbuild";

const SOURCES = new URL("./", import.meta.url).pathname;

/** Files with a function `run`. */
export interface Programs {
  scenario: string;
  otherRealm: string;
}

/**
 * Bundles each program into one file, for runtimes that resolve no packages, with the library that is installed in the
 * directory.
 */
export async function buildPrograms(directory: string): Promise<Programs> {
  const library = `${directory}/node_modules/amili-client/dist`;
  const shared: BuildOptions = {
    // Not the sources, which the project's tsconfig and package.json name.
    alias: {
      "amili-client": `${library}/index.js`,
      "amili-client/observe": `${library}/observe.js`,
      "amili-client/webhooks": `${library}/webhooks.js`,
    },
    tsconfigRaw: {},
    bundle: true,
    platform: "neutral",
    mainFields: ["module", "main"],
    logLevel: "error",
  };
  const scenario = `${directory}/scenario.js`;
  const otherRealm = `${directory}/other-realm.js`;
  await build({ ...shared, format: "esm", entryPoints: [`${SOURCES}scenario.ts`], outfile: scenario });
  const script = await build({
    ...shared,
    format: "iife",
    globalName: "scenario",
    entryPoints: [`${SOURCES}scenario.ts`],
    write: false,
  });
  await build({
    ...shared,
    format: "esm",
    entryPoints: [`${SOURCES}other-realm.ts`],
    outfile: otherRealm,
    define: { SCENARIO_SCRIPT: JSON.stringify(script.outputFiles[0]?.text) },
  });
  return { scenario, otherRealm };
}
