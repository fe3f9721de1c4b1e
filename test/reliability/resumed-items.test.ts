import { expect, it } from "vitest";
import { countByStatus, TestBed } from "./test-bed.js";

it("waits for the delay again after it has sent a resumed invoice again", async () => {
  // The first process stops while it looks for the invoices. The second one sends them again, and loses the response.
  const faults = { sequence: ["closed before the work", "closed after the work"] as const };
  const bed = new TestBed(
    { count: 15, server: { batchDelay: [30_000, 30_000], invoiceDelay: [30_000, 30_000] }, faults },
    1,
  );
  try {
    await bed.submit(bed.items, { stopAt: 10 });
    const { outcomes } = await bed.submit(bed.items);
    bed.letServerFinish();
    expect(bed.network.writes.length).toBe(2);
    expect(bed.countDoubled()).toBe(0);
    expect(countByStatus(outcomes)).toMatchObject({ rejected: 0, unknown: 0 });
  } finally {
    bed.close();
  }
});

it("waits for a batch of which the journal has some invoices as sent and others as sending", async () => {
  const bed = new TestBed({ count: 15, server: { workTime: [300_000, 300_000] } }, 1);
  try {
    await bed.submit(bed.items, { stopAt: 12 });
    // A power failure took a part of the last write.
    const sent = bed.disk.records.filter(({ state }) => state === "sent").length;
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(15);
    const { outcomes } = await bed.submit(bed.items);
    bed.letServerFinish();
    expect(bed.network.writes.length).toBe(1);
    expect(bed.countDoubled()).toBe(0);
    expect(countByStatus(outcomes)).toMatchObject({ rejected: 0, unknown: 0 });
  } finally {
    bed.close();
  }
});
