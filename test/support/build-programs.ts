import { readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import { PROGRAMS } from "./programs.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Builds the programs that tests start as processes, once for all tests: compiling takes a process seconds. */
export default async function buildPrograms(): Promise<void> {
  const examples = readdirSync(`${ROOT}examples`).map((name) => `examples/${name}`);
  const shared: BuildOptions = {
    absWorkingDir: ROOT,
    outdir: PROGRAMS,
    outbase: ".",
    bundle: true,
    format: "esm",
    logLevel: "error",
    alias: {
      "amili-client": `${ROOT}src/index.ts`,
      "amili-client/postgres": `${ROOT}src/postgres/index.ts`,
      "amili-client/node": `${ROOT}src/node/index.ts`,
      "amili-client/observe": `${ROOT}src/observe/index.ts`,
      "amili-client/sandbox": `${ROOT}src/sandbox/index.ts`,
      "amili-client/shared": `${ROOT}src/shared/index.ts`,
      "amili-client/webhooks": `${ROOT}src/webhooks/index.ts`,
    },
  };
  // Files of an earlier state would be started in place of ones that are gone.
  rmSync(PROGRAMS, { recursive: true, force: true });
  await build({
    ...shared,
    entryPoints: [
      ...examples,
      "src/probe/cli.ts",
      "src/sandbox/cli.ts",
      "test/sandbox/submitter.ts",
      "test/reliability/submitter.ts",
      "scripts/fleet-worker.ts",
      "test/shared/token-process.ts",
      "test/unit/node/journal-writer.ts",
    ],
    splitting: true,
    packages: "external",
    platform: "node",
    target: "node20",
  });
  // One file, for runtimes that resolve no packages.
  await build({
    ...shared,
    entryPoints: ["test/runtimes/scenario.ts"],
    platform: "neutral",
    mainFields: ["module", "main"],
  });
}
