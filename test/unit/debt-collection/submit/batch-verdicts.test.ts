import { describe, expect, it } from "vitest";
import { byInvoiceAdapter, invoiceAdapter } from "../../../../src/debt-collection/submit/adapters.js";
import { batchVerdicts } from "../../../../src/debt-collection/submit/batch-verdicts.js";
import { inFlightItem } from "../../../support/submitting.js";

const NEVER_SENDS = () => Promise.reject(new Error("not sent"));
const invoices = invoiceAdapter({ list: () => expect.unreachable("nothing is listed") }, NEVER_SENDS);
const payments = byInvoiceAdapter("payment", NEVER_SENDS);

const ITEMS = ["0", "1"].map((n) => ({ uniqueSourceInvoiceId: `source-${n}`, invoiceNumber: n, invoiceId: n }));

/** The verdicts on two items, whose numbers and invoice ids are "0" and "1". */
function verdictsOf(batch: object, adapter: typeof invoices | typeof payments = invoices, size = 2) {
  const items = ITEMS.map((item) => inFlightItem({ item }));
  const verdicts = batchVerdicts(
    { batchId: "batch-1", createdAt: "2026-01-01T00:00:00Z", ...batch } as Parameters<typeof batchVerdicts>[0],
    items,
    size,
    adapter as Parameters<typeof batchVerdicts>[3],
  );
  return items.map((item) => verdicts.get(item));
}

const accepted = (invoiceId?: string) => ({ status: "accepted", invoiceId, isStated: true });

describe("batchVerdicts", () => {
  it("accepts what the batch names as succeeded, and rejects what it names as failed, with that entry", () => {
    const failed = [{ invoiceNumber: "1", error: "no debtor" }];
    const succeeded = [{ invoiceNumber: "0", invoiceId: "id-0" }];
    expect(verdictsOf({ status: "PARTIAL", succeeded, failed })).toEqual([
      accepted("id-0"),
      { status: "rejected", reason: failed[0], isStated: true },
    ]);
  });

  it("accepts the items of a success that names none", () => {
    for (const succeeded of [undefined, [], [{}], null, "all", [null, 7]]) {
      expect(verdictsOf({ status: "SUCCESS", succeeded })).toEqual([accepted(), accepted()]);
    }
  });

  it("does not accept an invoice that a success leaves out although it names others", () => {
    const succeeded = [{ invoiceNumber: "0", invoiceId: "id-0" }];
    expect(verdictsOf({ status: "SUCCESS", succeeded })).toEqual([
      accepted("id-0"),
      { status: "unknown", reason: { batchStatus: "SUCCESS" }, isStated: false },
    ]);
  });

  it("rejects all items of a failure that names none", () => {
    const rejected = { status: "rejected", reason: { batchStatus: "FAILED" }, isStated: true };
    expect(verdictsOf({ status: "FAILED", failed: [{}, {}] })).toEqual([rejected, rejected]);
    expect(verdictsOf({ status: "FAILED" }, payments)).toEqual([rejected, rejected]);
  });

  // Invoices are looked up after it; payments cannot be.
  it("rejects invoices and leaves payments unknown that a partial success does not name", () => {
    const batch = { status: "PARTIAL", succeeded: [{}], failed: [{}] };
    const reason = { batchStatus: "PARTIAL" };
    expect(verdictsOf(batch)).toEqual([
      { status: "rejected", reason, isStated: false },
      { status: "rejected", reason, isStated: false },
    ]);
    expect(verdictsOf(batch, payments)).toEqual([
      { status: "unknown", reason, isStated: false },
      { status: "unknown", reason, isStated: false },
    ]);
  });

  it("shows unnamed failures only in the reason of a batch with one item", () => {
    const failed = [{ name: "Kari" }];
    expect(JSON.stringify(verdictsOf({ status: "FAILED", failed }))).not.toContain("Kari");
    expect(JSON.stringify(verdictsOf({ status: "FAILED", failed }, invoices, 1))).toContain("Kari");
  });
});
