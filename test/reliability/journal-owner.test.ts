import { expect, it } from "vitest";
import { TestBed } from "./test-bed.js";

const OTHER_ORGANIZATION = "7bc05553-4b68-44e8-b7bc-37be63c6d9e9";

it("refuses the journal of another organization before any request", async () => {
  const bed = new TestBed({ count: 20 }, 1);
  try {
    await bed.submit(bed.items, { organization: OTHER_ORGANIZATION });
    const before = bed.network.requestCount;
    const { outcomes, error } = await bed.submit(bed.items);
    expect(String(error)).toMatch(/another owner/);
    expect(outcomes).toEqual([]);
    expect(bed.network.requestCount).toBe(before);
  } finally {
    bed.close();
  }
});

it("refuses a journal that another submit has open before any request of its own", async () => {
  const bed = new TestBed({ count: 20 }, 1);
  try {
    bed.disk.isClaimed = true;
    const { outcomes, error } = await bed.submit(bed.items);
    expect(String(error)).toMatch(/has the journal open/);
    expect(outcomes).toEqual([]);
    expect(bed.network.requestCount).toBe(0);
    expect(bed.disk.isClaimed).toBe(true);
  } finally {
    bed.close();
  }
});
