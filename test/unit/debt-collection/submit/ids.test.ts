import { expect, it } from "vitest";
import { foldId, isNonEmptyString, normalizeId } from "../../../../src/debt-collection/submit/ids.js";

it.each([
  ["a-1", "a-1"],
  ["  a-1\n", "a-1"],
  ["caf\u0065\u0301", "caf\u00e9"],
  [17, "17"],
  ["A", "A"],
  ["", undefined],
  ["   ", undefined],
  [undefined, undefined],
  [null, undefined],
  [{}, undefined],
])("normalizeId(%j) is %j", (value, id) => {
  expect(normalizeId(value)).toBe(id);
});

it("foldId makes ids equal that differ in case only", () => {
  expect(foldId("INV-\u00c6")).toBe(foldId("inv-\u00e6"));
  expect(foldId("INV-1")).not.toBe(foldId("INV-2"));
});

it.each([
  ["a", true],
  ["", false],
  [7, false],
  [undefined, false],
])("isNonEmptyString(%j) is %j", (value, is) => {
  expect(isNonEmptyString(value)).toBe(is);
});
