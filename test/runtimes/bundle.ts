import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Builds the package as `npm run build` does, and one module of it and the scenario. */
export async function bundleScenario() {
  // Not the project's dist, which other tests may be reading.
  const folder = mkdtempSync(join(tmpdir(), "amili-client-runtimes-"));
  const dist = join(folder, "dist");
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json", "--outDir", dist], {
    cwd: ROOT,
    stdio: "inherit",
  });
  const file = join(folder, "scenario.mjs");
  await build({
    entryPoints: [join(ROOT, "test/runtimes/scenario.ts")],
    outfile: file,
    bundle: true,
    format: "esm",
    platform: "neutral",
    alias: { "amili-client": join(dist, "src/index.js") },
    nodePaths: [join(ROOT, "node_modules")],
    mainFields: ["module", "main"],
    logLevel: "error",
  });
  return { file, remove: () => rmSync(folder, { recursive: true }) };
}
