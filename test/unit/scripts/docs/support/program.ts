import { execFile } from "node:child_process";
import { cpSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

/** Generates types and methods, lints the spec, compiles the program and runs it, in one process. */
const DRIVER = `
import { createRequire } from "node:module";
import ts from "typescript";

const { generate } = await import("./scripts/generate.js");
const { writeFiles } = await import("./scripts/write-files.js");
writeFiles(new URL("generated/", import.meta.url), await generate(), "npm run generate");

const { lint, loadConfig } = createRequire(process.env.REDOCLY as string)("@redocly/openapi-core");
const config = await loadConfig({ configPath: "redocly.yaml" });
const problems = await lint({ ref: "openapi/accounts-receivable.yaml", config });
console.log(problems.filter(({ severity }) => severity === "error"));

const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile("tsconfig.json", ts.sys.readFile).config, ts.sys, ".");
const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram(["program.ts"], options));
console.log(diagnostics.map(({ messageText }) => messageText));

await import("./program.js");
`;

/** Runs a user's program with a client that is generated from the specs of a workspace. */
export async function runProgram(
  root: string,
  program: string,
  env: Record<string, string>,
): Promise<{ stdout: string }> {
  // Only the changed spec is small; the client is built from all of them.
  cpSync("openapi", join(root, "openapi"), { recursive: true, force: false });
  for (const name of ["package.json", "tsconfig.json", "redocly.yaml", "src", "scripts"])
    cpSync(name, join(root, name), { recursive: true });
  symlinkSync(resolve("node_modules"), join(root, "node_modules"), "dir");
  writeFileSync(join(root, "program.ts"), program);
  writeFileSync(join(root, "driver.ts"), DRIVER);
  const redocly = createRequire(import.meta.url).resolve("@redocly/cli/package.json");
  return promisify(execFile)(process.execPath, ["--import", "tsx", "driver.ts"], {
    cwd: root,
    env: { ...process.env, ...env, REDOCLY: redocly },
  });
}
