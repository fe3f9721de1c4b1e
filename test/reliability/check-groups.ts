import { afterAll, describe, expect, it } from "vitest";
import { isFull } from "../support/full.js";
import { findLine, toLine, updateDocument } from "./document.js";
import { playRow, serversOf } from "./matrix.js";
import type { Group, Row } from "./situations.js";

const isUpdate = Boolean(process.env.UPDATE_DOCS);

/** A server that refuses duplicates hides some faults; one that takes them shows all. */
const testedServersOf = (row: Row) => (isFull || isUpdate ? serversOf(row) : serversOf(row).slice(0, 1));

/** Tests for each row that nothing happens that must not, and that its line in the document is true. */
export function checkGroups(groups: readonly Group[]): void {
  const lines = new Map<string, string[]>();
  for (const { title, rows } of groups) {
    lines.set(title, []);
    describe(title, () => {
      const cases = rows.flatMap((row) => testedServersOf(row).map((uniqueInvoices) => ({ row, uniqueInvoices })));
      for (const { row, uniqueInvoices } of cases) {
        it(`${row.name}, unique source ids ${uniqueInvoices ? "on" : "off"}`, async () => {
          const result = await playRow(row, uniqueInvoices);
          const line = toLine(row, uniqueInvoices, result);
          lines.get(title)?.push(line);
          expect(result.violations).toEqual([]);
          if (!isUpdate) expect(findLine(title, row, uniqueInvoices)).toBe(line);
        });
      }
    });
  }
  afterAll(() => {
    if (isUpdate) updateDocument(lines);
  });
}
