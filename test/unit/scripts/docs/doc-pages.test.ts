import { expect, it } from "vitest";
import { checkSources } from "../../../../scripts/docs/check-sources.js";
import { exitCode } from "../../../../scripts/docs/report/entry.js";

const { entries } = await checkSources(["test/fixtures/doc-pages"]);
const operations = Object.fromEntries(entries.map(({ operation, status }) => [operation, status]));

it("finds no difference between the saved pages and the specs", () => {
  expect(operations).toEqual({
    "accounts-receivable createReportsAction": "same",
    "accounts-receivable getArItem": "same",
    "accounts-receivable listAdbIntervals": "same",
    "accounts-receivable listGlMovements": "same",
    "debt-collection listSettlements": "same",
  });
  expect(entries.flatMap(({ differences }) => differences)).toEqual([]);
  expect(exitCode(entries)).toBe(0);
});

it("lists what the older settlements page lacks as known", () => {
  const known = entries.filter((entry) => entry.known.length > 0);
  expect(known.map(({ operation }) => operation)).toEqual(["debt-collection listSettlements"]);
  expect(known[0]?.known.map(({ kind, what }) => `${kind} ${what}`)).toEqual([
    "parameter removed query fromDate",
    "parameter removed query toDate",
    "parameter removed query pageSize",
    "parameter removed query pageToken",
    "field removed 200 data[].caseNumber",
    "field removed 200 data[].collectionType",
  ]);
  expect(new Set(known[0]?.known.map(({ why }) => why))).toEqual(
    new Set(["this page is older than getsettlements-4148071e0"]),
  );
});

it("reports no page as gone for a folder", () => {
  expect(entries.some(({ status }) => status === "gone")).toBe(false);
});
