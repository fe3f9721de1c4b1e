import { execFile } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { applySources } from "../../../../scripts/docs/apply-sources.js";
import { checkSources } from "../../../../scripts/docs/check-sources.js";
import { serve } from "../../../support/server.js";
import { workspace } from "./support/temp.js";

const run = promisify(execFile);
const SITE = "test/fixtures/docs-site";

/** A user's program: the compiler knows the new operation, its parameters and its answer. */
const PROGRAM = `
import { Amili } from "./src/index.js";

const amili = new Amili({ accessToken: "t", baseUrls: { accountsReceivable: process.env.API as string } });
const { data, response } = await amili.accountsReceivable.http.GET("/clients/{clientno}/codes", {
  params: { path: { clientno: 2218 }, query: { codetype: "VOUCHER" } },
});
const codes = data && "codes" in data ? data.codes : [];
const text: string | undefined = codes[0]?.text;
console.log(response.status, text);

// @ts-expect-error the query parameter is required
void amili.accountsReceivable.http.GET("/clients/{clientno}/codes", { params: { path: { clientno: 1 } } });
const wrong = { params: { path: { clientno: 1 }, query: { codetype: "OTHER" } } } as const;
// @ts-expect-error the value is none of the list
void amili.accountsReceivable.http.GET("/clients/{clientno}/codes", wrong);
`;

it("a site publishes the page of a title: check, apply, generate, and a typed call", { timeout: 60_000 }, async () => {
  const seen: string[] = [];
  const { url } = await serve((request, response) => {
    const path = request.url ?? "";
    if (path.startsWith("/clients/")) {
      seen.push(path);
      response.writeHead(200, { "content-type": "application/json" });
      return response.end(JSON.stringify({ codes: [{ code: "3", text: "Invoice" }] }));
    }
    response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
    return response.end(readFileSync(join(SITE, path)));
  });
  const { root, options } = workspace();

  const before = await checkSources([url], options);
  const isNew = before.entries.filter(({ status }) => status === "new");
  expect(isNew).toMatchObject([
    { title: "GET ARM system code values", operation: "accounts-receivable GET ARM system code values", method: "GET" },
  ]);

  const { applied } = await applySources([url], options);
  expect(applied).toContain("new: accounts-receivable listCodes (GET /clients/{clientNumber}/codes)");
  const after = await checkSources([url], options);
  expect(after.entries.find(({ title }) => title === "GET ARM system code values")).toMatchObject({
    status: "same",
    operation: "accounts-receivable listCodes",
  });

  for (const name of [
    "package.json",
    "tsconfig.json",
    "redocly.yaml",
    "src",
    "scripts/specs.ts",
    "scripts/generate.ts",
  ])
    cpSync(name, join(root, name), { recursive: true });
  symlinkSync(resolve("node_modules"), join(root, "node_modules"), "dir");
  writeFileSync(join(root, "main.ts"), PROGRAM);
  const node = (...args: string[]) => run(process.execPath, args, { cwd: root, env: { ...process.env, API: url } });
  await node("--import", "tsx", "scripts/generate.ts");
  const config = JSON.parse(readFileSync("tsconfig.json", "utf8")) as object;
  writeFileSync(join(root, "tsconfig.json"), JSON.stringify({ ...config, include: ["main.ts"] }));
  const [, { stdout }, lint] = await Promise.all([
    node("node_modules/typescript/bin/tsc", "-p", "."),
    node("--import", "tsx", "main.ts"),
    node(
      "node_modules/@redocly/cli/bin/cli.js",
      "lint",
      "--config",
      "redocly.yaml",
      "openapi/accounts-receivable.yaml",
    ),
  ]);
  expect(stdout.trim()).toBe("200 Invoice");
  expect(seen[0]).toBe("/clients/2218/codes?codetype=VOUCHER");
  expect(lint.stderr).toContain("valid");
});
