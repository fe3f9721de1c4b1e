import { expect, it } from "vitest";
import { invoice } from "./items.js";
import { countByStatus, TestBed } from "./test-bed.js";

it("does not send an invoice whose source id is a number, and says why", async () => {
  const item = (n: number) => ({ ...invoice(n), uniqueSourceInvoiceId: n % 10 === 0 ? n : `erp-${n}` });
  const bed = new TestBed({ count: 100, item }, 1);
  try {
    const { outcomes } = await bed.submit(bed.items);
    expect(countByStatus(outcomes)).toEqual({ accepted: 90, exists: 0, rejected: 10, unknown: 0 });
    const rejected = outcomes.filter(({ status }) => status === "rejected");
    for (const { item, reason } of rejected) {
      expect(item.uniqueSourceInvoiceId).toBeTypeOf("number");
      expect(String(reason)).toMatch(/uniqueSourceInvoiceId is a number/);
    }
    expect(bed.network.writes.map(({ body }) => body).join()).not.toMatch(/"uniqueSourceInvoiceId":\d/);
  } finally {
    bed.close();
  }
});
