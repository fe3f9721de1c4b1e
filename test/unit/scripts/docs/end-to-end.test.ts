import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { applySources } from "../../../../scripts/docs/apply-sources.js";
import { checkSources } from "../../../../scripts/docs/check-sources.js";
import { serve } from "../../../support/server.js";
import { observationsOf, responsesWith, writeObservations } from "./support/observation.js";
import { runProgram } from "./support/program.js";
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

it("makes a page that a site adds callable through the client, with no line written by hand", {
  timeout: 120_000,
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

  const { stdout } = await runProgram(root, PROGRAM, { API: url });
  expect(stdout).toMatch(/\n\[\]\n\[\]\n200 Invoice\n$/);
  expect(calls[0]).toBe("/clients/2218/codes?codetype=VOUCHER");
});

/** A user's program. The compiler knows the new field, and the client calls the operation without allowInferred. */
const OBSERVED_PROGRAM = `
import { Amili } from "./src/index.js";

const amili = new Amili({ accessToken: "token", baseUrls: { accountsReceivable: process.env.API as string } });
const { clientConfigs } = amili.accountsReceivable.client(2218);
const configs = await clientConfigs.list();
const key: string | null | undefined = configs.clientConfigs?.[0]?.key;
console.log("key", key);

// @ts-expect-error it was only ever a string or null
const wrong: number | undefined = configs.clientConfigs?.[0]?.key;
// A list stays one, although it was null once and the body has a further list.
for await (const document of amili.accountsReceivable.client(2218).documents.list()) {
  const number: string | undefined = document.documentNo;
  console.log("document", number);
}
// The other operation is still inferred.
await clientConfigs.get("a").catch((error: Error) => console.log(error.constructor.name));
`;

it("makes an inferred operation that was observed callable without allowInferred, with its fields typed", {
  timeout: 120_000,
}, async () => {
  const body = { clientConfigs: [{ key: "a" }, { key: null }] };
  const list = { summary: { totalCount: 1 }, documents: [{ documentNo: "7" }], warnings: ["w"] };
  const { url } = await serve(({ url: path = "" }, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    return response.end(JSON.stringify(path.includes("documents") ? list : body));
  });
  const { root, options } = workspace(["accounts-receivable", "listClientConfigs", "getClientConfig", "listDocuments"]);
  const observed = observationsOf({
    "accountsReceivable.listClientConfigs": { 200: responsesWith([body, body]) },
    "accountsReceivable.listDocuments": { 200: responsesWith([list, { ...list, documents: null }]) },
  });
  const { manual } = await applySources([], { ...options, observations: [writeObservations(root, observed)] });
  expect(manual).toEqual([]);
  const { stdout } = await runProgram(root, OBSERVED_PROGRAM, { API: url });
  expect(stdout).toMatch(/\n\[\]\n\[\]\nkey a\ndocument 7\nInferredOperationError\n$/);
});
