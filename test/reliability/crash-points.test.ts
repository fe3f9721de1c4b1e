import { describe, expect, it } from "vitest";
import { isFull } from "../support/full.js";
import { FAULTS, PAYMENT_FAULTS, stopAtEachStep } from "./crash-points.js";

describe.each([
  { kind: "invoice" as const, faults: isFull ? FAULTS : (["closed after the work", "400 after the work"] as const) },
  { kind: "payment" as const, faults: PAYMENT_FAULTS },
])("a submit of 9 $kind items that is stopped at any step, twice", ({ kind, faults }) => {
  it.each(faults)("holds with the fault: %s", async (fault) => {
    const { violations, steps } = await stopAtEachStep(kind, false, fault);
    expect(violations).toEqual([]);
    expect(steps).toBeGreaterThan(20);
  });
});
