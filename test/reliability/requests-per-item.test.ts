import { expect, it } from "vitest";
import { countByStatus, TestBed } from "./test-bed.js";

it("sends 500 new invoices in full chunks although each second one of 1,000 has its outcome in the journal", async () => {
  const bed = new TestBed({ count: 1_000, options: { chunkSize: 100 } }, 1);
  try {
    await bed.submit(bed.items.filter((_, n) => n % 2 === 0));
    const before = bed.network.writes.length;
    const { outcomes } = await bed.submit(bed.items);
    expect(countByStatus(outcomes)).toEqual({ accepted: 1_000, exists: 0, rejected: 0, unknown: 0 });
    expect(bed.network.writes.length - before).toBeLessThanOrEqual(7);
  } finally {
    bed.close();
  }
});

it("sends 5,250 invoices in about 350 requests of 15, also when it is stopped and resumed in another order", async () => {
  const bed = new TestBed({ count: 5_250 }, 2);
  try {
    await bed.submit(bed.items, { stopAt: 2_000 });
    const { outcomes } = await bed.submit(bed.random.shuffled(bed.items));
    const { accepted, exists } = countByStatus(outcomes);
    expect(accepted + exists).toBe(5_250);
    expect(bed.countDoubled()).toBe(0);
    expect(bed.network.writes.length).toBeLessThanOrEqual(370);
  } finally {
    bed.close();
  }
});
