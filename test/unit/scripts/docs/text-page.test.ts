import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readPage } from "../../../../scripts/docs/read/read-page.js";
import { entryOf } from "./support/drafts.js";

const read = (name: string) => readFileSync(`test/fixtures/doc-pages/${name}.txt`, "utf8");

it("reads a body whose sample is cut off", () => {
  const text = read("actions-create-report").replace(/("userId": "TestUser")[\s\S]*?'\nResponse/, "$1'\nResponse");
  const { request } = readPage("saved.txt", Buffer.from(text)).operation;
  expect(request).toMatchObject({ mediaType: "application/json", required: true, examples: [] });
});

it("reports a moved path on a page without an id as a new operation", () => {
  const text = read("insights-adb-intervals").replace(
    "\n/clients/{clientno}/insights/adb",
    "\n/clients/{clientno}/adb",
  );
  expect(entryOf("saved.txt", text)).toMatchObject({ status: "new", path: "/clients/{clientno}/adb/intervals" });
});

it("lists what an older state of a page lacks as known", () => {
  const text = read("glmovements-list").replace(
    /&options'[\s\S]*Modified at\s2026-04-14/,
    "' \nModified at 2025-12-01",
  );
  const entry = entryOf("saved.txt", text);
  expect(entry).toMatchObject({ status: "same", differences: [] });
  expect(entry.known.map(({ what }) => what)).toContain("query options");
});

it.each([
  ["in its title", "movements/balances\n\nGET\n/clients/{clientno}/glmovements\n"],
  ["above its title", "GET a list of GL movements/balances\n\nGET\n/clients/{clientno}/glmovements\n"],
  ["between its title and its path", "  1. GlMovements\n\nGET\n/clients/{clientno}/glmovements\n"],
])("reports no other title when the page is cut %s", (_, text) => {
  const entry = entryOf("get-a-list-of-gl-movementsbalances-4205287e0.txt", text);
  expect(entry.operation).toBe("accounts-receivable listGlMovements");
  expect(entry.differences.filter(({ kind }) => kind === "title")).toEqual([]);
});
