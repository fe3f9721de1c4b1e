import fc from "fast-check";
import { expect } from "vitest";
import { READ_FAULTS, type ReadFault, WRITE_FAULTS, type WriteFault } from "./faults.js";
import { invoice } from "./items.js";
import { findFalse, findWithoutOneOutcome, type Item, TestBed } from "./test-bed.js";

const names = <Name extends string>(table: Record<Name, unknown>) => Object.keys(table) as Name[];
const seconds = (max: number) => fc.tuple(fc.constant(0), fc.integer({ min: 0, max: max * 1_000 }));

const situation = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  count: fc.integer({ min: 1, max: 60 }),
  invalidEvery: fc.constantFrom(0, 0, 7),
  knownEvery: fc.constantFrom(0, 0, 5),
  numbers: fc.constantFrom("own" as const, "own" as const, "shared" as const, "absent" as const),
  stops: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 3 }),
  isShuffled: fc.boolean(),
  options: fc.record({
    chunkSize: fc.integer({ min: 1, max: 20 }),
    concurrency: fc.integer({ min: 1, max: 5 }),
    existing: fc.constantFrom("send" as const, "lookup" as const),
    afterDelay: fc.constantFrom("resend" as const, "unknown" as const),
  }),
  faults: fc.record({
    writes: fc.subarray(names<WriteFault>(WRITE_FAULTS)),
    writeRate: fc.double({ min: 0, max: 0.4, noNaN: true }),
    reads: fc.subarray(names<ReadFault>(READ_FAULTS)),
    readRate: fc.double({ min: 0, max: 0.2, noNaN: true }),
  }),
  server: fc.record({
    uniqueInvoices: fc.boolean(),
    knownInvoice: fc.constantFrom("failed" as const, "conflict" as const),
    invalidInvoice: fc.constantFrom("failed" as const, "badRequest" as const),
    failedEntries: fc.constantFrom("named" as const, "empty" as const),
    sourceIdFilter: fc.constantFrom("exact" as const, "contains" as const, "ignored" as const),
    listsSourceIds: fc.boolean(),
    batchOrder: fc.constantFrom("newest" as const, "oldest" as const, "unsorted" as const),
    batchFilters: fc.constantFrom("exact" as const, "ignored" as const, "unknownValue" as const),
    batchDelay: seconds(30),
    invoiceDelay: seconds(30),
    clockAhead: fc.constantFrom(0, 30 * 3_600_000, -30 * 3_600_000),
  }),
});

const NUMBERS: Record<"own" | "shared" | "absent", (n: number) => string | undefined> = {
  own: (n) => `INV-${n}`,
  shared: (n) => `INV-${n >> 1}`,
  absent: () => undefined,
};

/** Whether every `divisor`th number is meant; none for 0. */
const isNth = (n: number, divisor: number): boolean => divisor > 0 && n % divisor === 0;

/** Plays random situations: the client says nothing false, doubles nothing, and gives each item one outcome. */
export async function checkRandomSituations(numRuns: number, seed: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(situation, async (drawn) => {
      const { seed, count, invalidEvery, knownEvery, numbers, stops, isShuffled, options, faults, server } = drawn;
      const item = (n: number): Item => ({
        ...invoice(n),
        invoiceNumber: NUMBERS[numbers](n),
        originalInvoiceAmount: isNth(n, invalidEvery) ? -1 : 100,
      });
      // A server without unique source ids takes a known one again, as it was asked to. Without source ids in its lists, one
      // that it refuses cannot be told from an older invoice with the same number.
      const canBeKnown = server.uniqueInvoices && server.listsSourceIds;
      const isKnown = (n: number) => canBeKnown && isNth(n, knownEvery) && !isNth(n, invalidEvery);
      const earlier = (n: number) => (isKnown(n) ? item(n) : undefined);
      const bed = new TestBed({ count, item, earlier, options, faults, server }, seed);
      try {
        const ordered = () => (isShuffled ? bed.random.shuffled(bed.items) : bed.items);
        for (const stopAt of stops) {
          // What is not sent by then may be sent later.
          expect(findFalse((await bed.submit(ordered(), { stopAt })).outcomes, bed)).toEqual([]);
        }
        const { outcomes, error } = await bed.submit(ordered());
        bed.letServerFinish();
        expect(findFalse(outcomes, bed)).toEqual([]);
        expect(bed.countDoubled()).toBe(0);
        if (error === undefined) expect(findWithoutOneOutcome(bed.items, outcomes)).toEqual([]);
      } finally {
        bed.close();
      }
    }),
    { numRuns, seed },
  );
}
