import { expect, it } from "vitest";
import type { WriteFault } from "./faults.js";
import { countByStatus, findFalse, type Item, TestBed } from "./test-bed.js";

const HEADER = "Idempotency-Key";
const WRITES: WriteFault[] = [
  "closed before the work",
  "closed after the work",
  "429 after the work",
  "delivered twice",
];

/** The invoices that each key was sent with, one entry for each request. */
function contentsByKey(bed: TestBed): Map<string, string[]> {
  const contents = new Map<string, string[]>();
  for (const { headers, body } of bed.network.writes) {
    const key = headers.get(HEADER) ?? "";
    const ids = (JSON.parse(body) as { invoices: Item[] }).invoices.map(({ uniqueSourceInvoiceId: id }) => id);
    contents.set(key, [...(contents.get(key) ?? []), ids.join()]);
  }
  return contents;
}

it.each([
  { name: "deduplicates by it", deduplicatesBy: HEADER },
  { name: "ignores it", deduplicatesBy: undefined },
])("sends one key for all attempts of the same content to a server that $name", async ({ deduplicatesBy }) => {
  const options = { idempotencyKey: { header: HEADER } };
  const bed = new TestBed({ options, server: { deduplicatesBy }, faults: { writes: WRITES, writeRate: 0.3 } }, 5);
  try {
    await bed.submit(bed.items, { stopAt: 200 });
    const { outcomes, error } = await bed.submit(bed.items);
    bed.letServerFinish();
    expect(error).toBeUndefined();
    expect(countByStatus(outcomes)).toMatchObject({ rejected: 0, unknown: 0 });
    expect(findFalse(outcomes, bed)).toEqual([]);
    expect(bed.countDoubled()).toBe(0);
    const contents = contentsByKey(bed);
    expect(contents.has("")).toBe(false);
    for (const sent of contents.values()) expect(new Set(sent).size).toBe(1);
  } finally {
    bed.close();
  }
});
