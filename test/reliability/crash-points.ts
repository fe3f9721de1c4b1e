import type { WriteFault } from "./faults.js";
import { findFalse, findWithoutOneOutcome, type Kind, TestBed } from "./test-bed.js";

/** One fault of each kind that differs in what the client can know. */
export const FAULTS: readonly (WriteFault | undefined)[] = [
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

/** Payments are not sent again, so that fewer faults differ. */
export const PAYMENT_FAULTS: readonly (WriteFault | undefined)[] = [
  undefined,
  "closed during the work",
  "closed after the work",
  "400 before the work",
  "400 after the work",
];

/** Far more than a submit of 9 items has. */
const MAX_STEPS = 500;

/**
 * Stops a submit of 9 items in three requests at each step, resumes it, stops that at the same step, and resumes again. Returns what went
 * wrong and how many steps there are.
 */
export async function stopAtEachStep(kind: Kind, uniqueInvoices: boolean, fault: WriteFault | undefined) {
  const faults = { sequence: [undefined, fault] };
  const situation = { kind, count: 9, server: { uniqueInvoices }, faults, options: { chunkSize: 3, concurrency: 2 } };
  const violations: string[] = [];
  for (let stopAt = 1; stopAt < MAX_STEPS; stopAt++) {
    const bed = new TestBed(situation, stopAt);
    try {
      const first = await bed.submit(bed.items, { stopAt });
      violations.push(...findFalse(first.outcomes, bed));
      const second = await bed.submit(bed.items.toReversed(), { stopAt });
      violations.push(...findFalse(second.outcomes, bed));
      const last = await bed.submit(bed.items);
      bed.letServerFinish();
      const unexpected = last.outcomes.filter(
        ({ status }) => status === "rejected" || (status === "unknown" && kind === "invoice"),
      );
      const doubled = bed.countDoubled();
      const found = [
        ...findFalse(last.outcomes, bed),
        ...findWithoutOneOutcome(bed.items, last.outcomes),
        ...unexpected.map(({ key, status, reason }) => `${key} is ${status}: ${reason}`),
        ...(doubled === 0 ? [] : [`${doubled} doubled`]),
        ...(last.error === undefined ? [] : [`the submit threw ${last.error}`]),
      ];
      violations.push(...found.map((text) => `stopped at step ${stopAt}: ${text}`));
      if (!first.process.isStopped) return { violations, steps: stopAt };
    } finally {
      bed.close();
    }
  }
  return { violations: [...violations, "The submit does not end."], steps: MAX_STEPS };
}
