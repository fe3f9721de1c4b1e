import { describe, expect, it } from "vitest";
import type { WriteFault } from "./faults.js";
import { findFalse, findWithoutOneOutcome, type Kind, TestBed } from "./test-bed.js";

/** One fault of each kind that differs in what the client can know. */
const FAULTS: readonly (WriteFault | undefined)[] = [
  undefined,
  "connection refused",
  "closed before the work",
  "closed during the work",
  "closed after the work",
  "empty 202",
  "delivered twice",
  "503 with Retry-After after the work",
  "401 after the work",
  "400 before the work",
  "400 after the work",
  "409 after the work",
];

/** Far more than a submit of the test has. */
const MAX_STEPS = 500;

/** Stops a submit at a step, resumes it, stops that at the same step, and resumes again. Returns whether it was stopped. */
async function stopAndResumeTwice(
  kind: Kind,
  uniqueInvoices: boolean,
  fault: WriteFault | undefined,
  stopAt: number,
): Promise<boolean> {
  const faults = fault ? { writes: [fault], onlyWrite: 2 } : {};
  const options = { chunkSize: 3, concurrency: 2 };
  const bed = new TestBed({ kind, count: 12, server: { uniqueInvoices }, faults, options }, stopAt);
  try {
    const first = await bed.submit(bed.items, { stopAt });
    const second = await bed.submit(bed.items.toReversed(), { stopAt });
    const last = await bed.submit(bed.items);
    bed.letServerFinish();
    const violations = [
      ...findFalse(
        [first, second, last].flatMap(({ outcomes }) => outcomes),
        bed,
      ),
      ...findWithoutOneOutcome(bed.items, last.outcomes),
      ...last.outcomes.filter(({ status }) => status === "rejected" || (status === "unknown" && kind === "invoice")),
    ];
    expect({ stopAt, violations, doubled: bed.countDoubled(), error: last.error }).toEqual({
      stopAt,
      violations: [],
      doubled: 0,
      error: undefined,
    });
    return first.process.isStopped;
  } finally {
    bed.close();
  }
}

describe.each(["invoice", "payment"] as const)("a submit of 12 %ss that is stopped at any step, twice", (kind) => {
  it.each(FAULTS.map((fault) => fault ?? "no fault"))("holds after: %s", async (name) => {
    const fault = FAULTS.find((one) => one === name);
    let stopAt = 1;
    while (await stopAndResumeTwice(kind, false, fault, stopAt)) {
      stopAt++;
      expect(stopAt).toBeLessThan(MAX_STEPS);
    }
    expect(stopAt).toBeGreaterThan(20);
  });
});
