/**
 * Packs the library as it would be published and uses it as a stranger would: publint and attw look at it, a new project
 * installs it, compiles against it under strict options, and runs.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const run = (command: string, args: string[], cwd = process.cwd()) =>
  execFileSync(command, args, { cwd, stdio: "inherit" });

const CONSUMER = `
import { Amili, ApiError, type AmiliOptions, type Pager } from "amili-client";
import { startSandbox } from "amili-client/sandbox";
import { parseWebhook } from "amili-client/webhooks";

const sandbox = await startSandbox();
const options: AmiliOptions = { baseUrls: sandbox.baseUrls, ...sandbox.credentials };
const client = new Amili(options).accountsReceivable.client(2218);
const balance: number | undefined = (await client.arItems.get("2218-500002-35078-0")).currencyBalance;
const customers: Pager<{ customerNo: string }, unknown> = client.customers.list({ pagesize: 10 });
const count: number = (await customers.toArray()).length;
const missing = await client.arItems.get("none").catch((error: unknown) => error);
const event = parseWebhook({ id: "1", type: "SOMETHING_NEW", data: {} });
if (event.type !== "SOMETHING_NEW") throw new Error("The installed webhooks do not work.");
if (balance !== 124.37 || count !== 28 || !(missing instanceof ApiError)) throw new Error("The installed package does not work.");
await sandbox.close();
console.log("The installed package compiles and runs.");
`;

const folder = mkdtempSync(join(tmpdir(), "amili-client-"));
try {
  run("npx", ["publint", "--strict"]);
  run("npm", ["pack", "--silent", "--pack-destination", folder]);
  const tarball = execFileSync("ls", [folder], { encoding: "utf8" }).trim();
  run("npx", ["attw", join(folder, tarball), "--profile", "esm-only", "--exclude-entrypoints", "openapi"]);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", type: "module", private: true }));
  writeFileSync(join(folder, "main.ts"), CONSUMER);
  const packages = [`./${tarball}`, "openapi-backend@5", "ajv-formats@3", "typescript@5.9", "@types/node@20"];
  run("npm", ["install", "--silent", "--no-audit", "--no-fund", ...packages], folder);
  const options = [
    "--strict",
    "--exactOptionalPropertyTypes",
    "--noUncheckedIndexedAccess",
    "--module",
    "nodenext",
    "--target",
    "es2022",
  ];
  run("npx", ["tsc", ...options, "main.ts"], folder);
  run("node", ["main.js"], folder);
} finally {
  rmSync(folder, { recursive: true });
}
