import { execFile } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { applySources } from "../../../../scripts/docs/apply-sources.js";
import { checkSources } from "../../../../scripts/docs/check-sources.js";
import { serve } from "../../../support/server.js";
import { workspace } from "./support/temp.js";

const SITE = "test/fixtures/docs-site";

/** A user's program. The compiler knows the new method, its parameters and its response. */
const PROGRAM = `
import { Amili } from "./src/index.js";

const amili = new Amili({ accessToken: "token", baseUrls: { accountsReceivable: process.env.API as string } });
const { codes } = amili.accountsReceivable.client(2218);
const { data, response } = await codes.list({ codetype: "VOUCHER" }).withResponse();
const text: string | undefined = "codes" in data ? data.codes[0]?.text : undefined;
console.log(response.status, text);

// @ts-expect-error the query parameter is required
codes.list();
// @ts-expect-error the value is not in the enum
codes.list({ codetype: "OTHER" });
`;

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

it("makes a page that a site adds callable through the client, with no line written by hand", {
  timeout: 60_000,
}, async () => {
  const calls: string[] = [];
  const { url } = await serve((request, response) => {
    const path = request.url ?? "";
    if (path.startsWith("/clients/")) {
      calls.push(path);
      response.writeHead(200, { "content-type": "application/json" });
      return response.end(JSON.stringify({ codes: [{ code: "3", text: "Invoice" }] }));
    }
    response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
    return response.end(readFileSync(join(SITE, path)));
  });
  const { root, options } = workspace(["accounts-receivable", "getGlItem"]);

  const before = await checkSources([url], options);
  expect(before.entries.filter(({ status, method }) => status === "new" && method !== undefined)).toMatchObject([
    { title: "GET ARM system code values", operation: "accounts-receivable GET ARM system code values", method: "GET" },
  ]);
  const { applied } = await applySources([url], options);
  expect(applied).toContain("new: accounts-receivable listCodes (GET /clients/{clientNumber}/codes)");
  const after = await checkSources([url], options);
  expect(after.entries.find(({ title }) => title === "GET ARM system code values")).toMatchObject({
    status: "same",
    operation: "accounts-receivable listCodes",
  });

  // Only the new operation's spec is small; the client is built from all of them.
  cpSync("openapi", join(root, "openapi"), { recursive: true, force: false });
  for (const name of ["package.json", "tsconfig.json", "redocly.yaml", "src", "scripts"])
    cpSync(name, join(root, name), { recursive: true });
  symlinkSync(resolve("node_modules"), join(root, "node_modules"), "dir");
  writeFileSync(join(root, "program.ts"), PROGRAM);
  writeFileSync(join(root, "driver.ts"), DRIVER);
  const redocly = createRequire(import.meta.url).resolve("@redocly/cli/package.json");
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", "driver.ts"], {
    cwd: root,
    env: { ...process.env, API: url, REDOCLY: redocly },
  });
  expect(stdout).toMatch(/\n\[\]\n\[\]\n200 Invoice\n$/);
  expect(calls[0]).toBe("/clients/2218/codes?codetype=VOUCHER");
});
