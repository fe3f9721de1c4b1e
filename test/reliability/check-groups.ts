import { afterAll, describe, expect, it } from "vitest";
import { findLine, toLine, updateDocument } from "./document.js";
import { playRow, serversOf } from "./matrix.js";
import type { Group } from "./situations.js";

const isUpdate = Boolean(process.env.UPDATE_DOCS);

/** Tests for each row that nothing happens that must not, and that its line in the document is true. */
export function checkGroups(groups: readonly Group[]): void {
  const lines = new Map<string, string[]>();
  for (const { title, rows } of groups) {
    lines.set(title, []);
    describe(title, () => {
      const cases = rows.flatMap((row) => serversOf(row).map((uniqueInvoices) => ({ row, uniqueInvoices })));
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
