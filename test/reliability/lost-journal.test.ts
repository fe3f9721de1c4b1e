import { describe, expect, it } from "vitest";
import { countByStatus, findFalse, type Item, TestBed } from "./test-bed.js";

/** Without a journal, so that nothing is known of an earlier process but by the server. */
const options = { withoutJournal: true, existing: "lookup" } as const;
const faults = { writes: ["closed after the work", "closed before the work"] } as const;

describe.each([
  { name: "ended", stopAt: undefined },
  { name: "was stopped", stopAt: 250 },
])("a submit without a journal that $name", ({ stopAt }) => {
  it.each([false, true])(
    "is submitted again without sending what the server has, unique source ids: %s",
    async (uniqueInvoices) => {
      const bed = new TestBed({ server: { uniqueInvoices }, faults }, 4);
      try {
        await bed.submit(bed.items, { ...options, ...(stopAt !== undefined && { stopAt }) });
        bed.letServerFinish();
        const has = new Set(
          bed.items.filter((item) => bed.server.acceptedCount(item) > 0).map(({ uniqueSourceInvoiceId: id }) => id),
        );
        const before = bed.network.writes.length;
        const { outcomes, error } = await bed.submit(bed.random.shuffled(bed.items), options);
        bed.letServerFinish();
        const sent = bed.network.writes
          .slice(before)
          .flatMap(({ body }) => (JSON.parse(body) as { invoices: Item[] }).invoices);
        expect(error).toBeUndefined();
        expect(sent.filter(({ uniqueSourceInvoiceId: id }) => has.has(id))).toEqual([]);
        expect(countByStatus(outcomes)).toMatchObject({ rejected: 0, unknown: 0 });
        expect(findFalse(outcomes, bed)).toEqual([]);
        expect(bed.countDoubled()).toBe(0);
        expect(has.size).toBeGreaterThan(50);
      } finally {
        bed.close();
      }
    },
  );
});
