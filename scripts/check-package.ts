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
import { fileJournal, testJournal } from "amili-client/node";
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
await testJournal((name) => fileJournal(name));
await sandbox.close();
console.log("The installed package compiles and runs.");
`;

// What a library of the user's own would export: the compiler must find a name for the type of each.
const LIBRARY = `
import { Amili } from "amili-client";
import type { ArItem } from "amili-client/accounts-receivable";
import { fileJournal } from "amili-client/node";
import { startSandbox } from "amili-client/sandbox";
import { parseWebhook } from "amili-client/webhooks";

export const amili = new Amili();
export const org = amili.debtCollection.organization("3fa85f64-5717-4562-b3fc-2c963f66afa6");
export const client = amili.accountsReceivable.client(2218);
export const { arItems, customers, documents, glMovements, insights } = client;
export const { batches, cases, corrections, invoices, payments, settlements } = org;
export const { autoCollectLegacy, debtCollection, distribution, identity } = amili;
export const { bankAgreement, send } = distribution.invoice;
export const { http } = amili.accountsReceivable;
export const { http: partnerHttp } = distribution.partner;
export const raw = () => http.GET("/clients/{clientno}/glmovements", { params: { path: { clientno: 2218 } } });
export const open = async (id: string): Promise<ArItem> => client.arItems.get(id);
export const adb = () => client.insights.adbIntervals();
export const listed = () => org.settlements.list({ fromDate: "2026-01-01" });
export const pages = () => client.customers.list().pages();
export const all = () => amili.debtCollection.batches.list().toArray();
export const waited = (id: string) => org.batches.waitFor(id);
export const submitted = org.invoices.submit;
export const legacy = autoCollectLegacy.batches.create;
export const token = amili.identity.token;
export const sandbox = () => startSandbox();
export const event = (body: string) => parseWebhook(body);
export const journal = (path: string) => fileJournal(path);
`;

const folder = mkdtempSync(join(tmpdir(), "amili-client-"));
try {
  run("npx", ["publint", "--strict"]);
  run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder]);
  const tarball = execFileSync("ls", [folder], { encoding: "utf8" }).trim();
  run("npx", ["attw", join(folder, tarball), "--profile", "esm-only", "--exclude-entrypoints", "openapi"]);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", type: "module", private: true }));
  writeFileSync(join(folder, "main.ts"), CONSUMER);
  writeFileSync(join(folder, "library.ts"), LIBRARY);
  const packages = [`./${tarball}`, "typescript@5.9", "@types/node@20"];
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
  run("npx", ["tsc", ...options, "--declaration", "main.ts", "library.ts"], folder);
  run("node", ["main.js"], folder);
} finally {
  rmSync(folder, { recursive: true });
}
