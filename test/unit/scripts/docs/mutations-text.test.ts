import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readPage } from "../../../../scripts/docs/read/read-page.js";
import { entryOf } from "./support/drafts.js";

const FOLDER = "test/fixtures/doc-pages";

function examined(name: string, from: string | RegExp, to: string) {
  const text = readFileSync(`${FOLDER}/${name}.txt`, "utf8");
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return { page: changed, entry: entryOf(`${name}.txt`, changed) };
}

/** Changes of a plain-text page, with the expected differences and a text of the line of the first one. */
const MUTATIONS: [string, string, string | RegExp, string, string[], string][] = [
  [
    "a renamed field",
    "glmovements-list",
    /"movement"/g,
    '"movementAmount"',
    ["field added 200 glMovements[].movementAmount", "field removed 200 glMovements[].movement"],
    "movementAmount",
  ],
  [
    "a new enum value",
    "actions-create-report",
    '"PROCESSED"',
    '"POSTPONED"',
    ["enum added 200 status"],
    '"status": "POSTPONED"',
  ],
  ["a new parameter", "glmovements-list", "&options'", "&options&sortby'", ["parameter added query sortby"], "curl"],
  ["a dropped parameter", "glmovements-list", "&glperiodto", "", ["parameter removed query glperiodto"], "GET"],
  [
    "a new header",
    "aritems-get",
    "--header 'Accept-Language;'",
    "--header 'Accept-Language;' \\\n--header 'X-Trace: '",
    ["parameter added header x-trace"],
    "curl",
  ],
  ["a dropped status", "glmovements-list", "🟠403Forbidden\n", "", ["status removed 403"], "GET"],
  ["a new status", "glmovements-list", "🟠404NotFound", "🟠404NotFound\n🔴500", ["status added 500"], "🔴500"],
  [
    "a changed type",
    "insights-adb-intervals",
    '"sumGlBalance": 537.25',
    '"sumGlBalance": "537.25"',
    ["field type 200 adb.intervals[].sumGlBalance"],
    "sumGlBalance",
  ],
  [
    "a new field of the request body",
    "actions-create-report",
    '"userId": "TestUser"',
    '"userId": "TestUser",\n        "locale": "nb"',
    ["field added request metadata.locale"],
    '"locale"',
  ],
  [
    "an example that no longer validates",
    "glmovements-list",
    /"balanceOut": 1330/,
    '"balanceOutOld": 1330',
    ["field added 200 glMovements[].balanceOutOld"],
    "balanceOutOld",
  ],
  ["a later date", "glmovements-list", "2026-04-14", "2026-11-02", ["modified Modified at"], "GET"],
];

describe("a change on a plain-text page", () => {
  it.each(MUTATIONS)("finds, names and locates %s", (_, name, from, to, expected, line) => {
    const { page, entry } = examined(name, from, to);
    expect(entry.status).toBe("changed");
    expect(entry.differences.map(({ kind, what }) => `${kind} ${what}`).toSorted()).toEqual(expected.toSorted());
    const [difference] = entry.differences;
    const number = Number(difference?.pageAt.split(":").at(-1));
    expect(page.split("\n")[number - 1]).toContain(line);
    expect(difference?.specAt).toMatch(/^openapi\/[\w-]+\.yaml:\d+$/);
  });

  it("reads a body whose sample is cut off", () => {
    const name = "actions-create-report";
    const text = readFileSync(`${FOLDER}/${name}.txt`, "utf8").replace(
      /("userId": "TestUser")[\s\S]*?'\nResponse/,
      "$1'\nResponse",
    );
    const { request } = readPage(`${name}.txt`, Buffer.from(text)).operation;
    expect(request).toMatchObject({ mediaType: "application/json", examples: [] });
  });

  it("reports a moved path on a page without an id as a new operation", () => {
    const { entry } = examined(
      "insights-adb-intervals",
      "\n/clients/{clientno}/insights/adb",
      "\n/clients/{clientno}/adb",
    );
    expect(entry).toMatchObject({ status: "new", path: "/clients/{clientno}/adb/intervals" });
  });

  it("lists what an older state of a page lacks as known", () => {
    const { entry } = examined(
      "glmovements-list",
      /&options'[\s\S]*Modified at\s2026-04-14/,
      "' \nModified at 2025-12-01",
    );
    expect(entry).toMatchObject({ status: "same", differences: [] });
    expect(entry.known.map(({ what }) => what)).toContain("query options");
  });
});
