import { describe, expect, it } from "vitest";
import {
  createOutcome,
  recordedVerdict,
  recordOf,
  serializeReason,
} from "../../../../src/debt-collection/submit/outcome.js";
import { ApiError } from "../../../../src/errors.js";
import { inFlightItem } from "../../../support/submitting.js";

const SINCE = new Date("2026-01-01T12:00:00Z");
const BASE = { item: {}, key: "key", batchId: "batch-1" };
const refused = new ApiError(
  { method: "POST", path: "/orgs/{organizationId}/invoices", attempts: 1 },
  new Response(null, { status: 422 }),
  { body: { message: "no debtor" } },
);

describe("createOutcome", () => {
  const item = inFlightItem({ item: {}, key: "key", batchId: "batch-1", since: SINCE });

  it("has the invoice's id if the item was accepted or exists", () => {
    for (const status of ["accepted", "exists"] as const) {
      expect(createOutcome(item, { status, invoiceId: "id" }, "")).toEqual({ ...BASE, status, invoiceId: "id" });
    }
  });

  it("has the reason if the item was rejected", () => {
    const verdict = { status: "rejected", reason: refused } as const;
    expect(createOutcome(item, verdict, "")).toEqual({ ...BASE, ...verdict });
  });

  it.each([
    [{ batchId: "batch-1", since: SINCE }, true, 'batches.get("batch-1"), then the list.'],
    [{ since: SINCE }, true, "batches.list() for batches since 2026-01-01T12:00:00.000Z, then the list."],
    [{}, false, "Nothing: no request with this item was processed."],
  ])("says what to look up if it is unknown: %j", (state, sent, lookUp) => {
    const outcome = createOutcome(inFlightItem(state), { status: "unknown", reason: "no response" }, "the list");
    expect(outcome).toMatchObject({ status: "unknown", sent, reason: "no response", lookUp });
  });
});

describe("the record of an outcome", () => {
  it.each([
    { status: "accepted", invoiceId: "id" },
    { status: "exists", invoiceId: undefined },
    { status: "rejected", reason: { error: "no debtor" } },
  ] as const)("gives the same verdict: %j", (verdict) => {
    const record = recordOf({ ...BASE, ...verdict });
    expect(record).toMatchObject({ key: "key", batchId: "batch-1", state: verdict.status });
    expect(record && recordedVerdict(record)).toEqual(verdict);
  });

  it("does not contain the item", () => {
    const outcome = createOutcome(inFlightItem({ item: { name: "Kari" } }), { status: "exists", invoiceId: "id" }, "");
    expect(JSON.stringify(recordOf(outcome))).not.toContain("Kari");
  });

  it("is none if the outcome is unknown, and gives no verdict while it is open", () => {
    const unknown = createOutcome(inFlightItem(), { status: "unknown", reason: "no response" }, "");
    expect(recordOf(unknown)).toBeUndefined();
    expect(recordedVerdict({ key: "key", state: "notSent" })).toBeUndefined();
    expect(recordedVerdict({ key: "key", state: "sending", since: SINCE.toISOString() })).toBeUndefined();
  });
});

describe("serializeReason", () => {
  it("keeps the name, message, status and body of an error as data", () => {
    expect(JSON.parse(JSON.stringify(serializeReason(refused)))).toMatchObject({
      name: "ApiError",
      status: 422,
      message: expect.stringContaining("422"),
      body: { message: "no debtor" },
    });
    expect(serializeReason(new Error("mine"))).toEqual({ name: "Error", message: "mine" });
  });

  it("leaves everything else as it is", () => {
    expect([{ batchStatus: "FAILED" }, "text", undefined].map(serializeReason)).toEqual([
      { batchStatus: "FAILED" },
      "text",
      undefined,
    ]);
  });
});
