import { describe, expect, it } from "vitest";
import { FAULTS, stopAtEachStep } from "./crash-points.js";

describe.each(["invoice", "payment"] as const)("a submit of 12 %ss that is stopped at any step, twice", (kind) => {
  it.each(FAULTS)("holds with the fault: %s", async (fault) => {
    const { violations, steps } = await stopAtEachStep(kind, false, fault);
    expect(violations).toEqual([]);
    expect(steps).toBeGreaterThan(20);
  });
});
