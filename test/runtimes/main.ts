/**
 * Runs the checks in every runtime that can be installed, against the packed library, and prints a table.
 *
 *   npm run test:runtimes [-- --write]
 *
 * --write puts the table into docs/runtimes.md. The exit code is 1 if a check fails.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CHECKS, type Check } from "./checks.js";
import { installPackedLibrary, installRuntimes } from "./install.js";
import { buildPrograms, type Programs } from "./programs.js";
import type { Runtime } from "./runtimes.js";

const DOCUMENT = fileURLToPath(new URL("../../docs/runtimes.md", import.meta.url));
const SECTION = /(<!-- npm run test:runtimes -- --write -->\n)[\s\S]*(<!-- end -->)/;

const titleOf = ({ name, version }: Runtime) => `${name.replace(/ .*/, "")} ${version}`;

async function outcomeOf(check: Check, runtime: Runtime, programs: Programs): Promise<string> {
  if (check.skips?.(runtime)) return "";
  try {
    return await check.run(runtime, programs);
  } catch (error) {
    console.error(`FAILED in ${titleOf(runtime)}: ${check.title}\n`, error);
    process.exitCode = 1;
    return "FAILED";
  }
}

const programs = await buildPrograms(installPackedLibrary());
const runtimes = installRuntimes();
for (const { name } of runtimes.filter(({ version }) => !version)) {
  console.error(`SKIPPED: ${name} is not installed and could not be.`);
}

const tested = runtimes.filter(({ version }) => version);
const rows = CHECKS.map(({ title }) => [title]);
for (const runtime of tested) {
  console.error(titleOf(runtime));
  for (const [i, check] of CHECKS.entries()) rows[i]?.push(await outcomeOf(check, runtime, programs));
  runtime.close?.();
}

const header = ["check", ...tested.map(titleOf)];
const table = [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
console.log(table);
if (process.argv.includes("--write")) {
  writeFileSync(
    DOCUMENT,
    readFileSync(DOCUMENT, "utf8").replace(SECTION, (_, start, end) => start + table + end),
  );
}
