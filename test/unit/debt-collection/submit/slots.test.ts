import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ChunkSlot, Slots } from "../../../../src/debt-collection/submit/slots.js";
import { deferred } from "../../../support/stub.js";

const flush = () => new Promise((resolve) => setImmediate(resolve));

/** Counts how many of some slots are given. */
function track(slots: Slots) {
  const tracked = { given: 0, failed: 0 };
  const acquire = (signal = new AbortController().signal) =>
    slots.acquire([signal]).then(
      () => void tracked.given++,
      () => void tracked.failed++,
    );
  return Object.assign(tracked, { acquire });
}

describe("Slots", () => {
  it("gives one slot until they are opened, then as many as the limit", async () => {
    const slots = new Slots(3);
    const tracked = track(slots);
    for (let i = 0; i < 5; i++) void tracked.acquire();
    await flush();
    expect(tracked.given).toBe(1);
    expect(slots.isOpen).toBe(false);
    slots.open();
    await flush();
    expect(tracked.given).toBe(3);
    expect(slots.isOpen).toBe(true);
    slots.release();
    await flush();
    expect(tracked.given).toBe(4);
  });

  it("rejects with the reason of the signal, and gives the slot to the next one", async () => {
    const slots = new Slots(1);
    await slots.acquire([]);
    const controller = new AbortController();
    const aborted = slots.acquire([controller.signal]);
    const next = slots.acquire([]);
    controller.abort(new Error("enough"));
    await expect(aborted).rejects.toThrow("enough");
    slots.release();
    await next;
  });

  it("takes back a slot that was given at the moment of the abort", async () => {
    const slots = new Slots(1);
    await slots.acquire([]);
    const controller = new AbortController();
    const aborted = slots.acquire([controller.signal]);
    controller.abort(new Error("enough"));
    // The rejection has not reached the one that waits.
    slots.release();
    await expect(aborted).rejects.toThrow("enough");
    await slots.acquire([]);
  });

  it("does not let a signal that has aborted wait, and loses no slot", async () => {
    const slots = new Slots(1);
    await slots.acquire([]);
    await expect(slots.acquire([AbortSignal.abort(new Error("enough"))])).rejects.toThrow("enough");
    slots.release();
    await slots.acquire([]);
  });

  it("never gives more than the limit, and loses none, whatever is acquired, released and aborted", async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.constant("acquire" as const) },
      { weight: 3, arbitrary: fc.constant("release" as const) },
      { weight: 2, arbitrary: fc.nat({ max: 20 }) },
      { weight: 1, arbitrary: fc.constant("wait" as const) },
      { weight: 1, arbitrary: fc.constant("open" as const) },
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 60 }), async (limit, steps) => {
        const slots = new Slots(limit);
        const tracked = track(slots);
        const controllers: AbortController[] = [];
        let released = 0;
        const expectWithinLimit = () => expect(tracked.given - released).toBeLessThanOrEqual(slots.isOpen ? limit : 1);
        for (const next of steps) {
          if (next === "acquire") {
            const controller = new AbortController();
            controllers.push(controller);
            void tracked.acquire(controller.signal);
          } else if (next === "release") {
            if (tracked.given > released) {
              released++;
              slots.release();
            }
          } else if (next === "wait") await flush();
          else if (next === "open") slots.open();
          else controllers[next]?.abort();
          expectWithinLimit();
        }
        await flush();
        expectWithinLimit();
        // Everyone who waits gets a slot in the end.
        while (tracked.given > released) {
          released++;
          slots.release();
          await flush();
        }
        expect(tracked.given + tracked.failed).toBe(controllers.length);
        slots.open();
        const before = tracked.given;
        for (let i = 0; i <= limit; i++) void tracked.acquire();
        await flush();
        expect(tracked.given - before).toBe(limit);
      }),
      { numRuns: 200 },
    );
  });
});

describe("ChunkSlot", () => {
  const SIGNALS = [new AbortController().signal];

  /** Whether a slot is free. */
  async function isFree(slots: Slots): Promise<boolean> {
    const controller = new AbortController();
    const acquired = slots.acquire([controller.signal]).then(
      () => true,
      () => false,
    );
    await flush();
    controller.abort();
    const isAcquired = await acquired;
    if (isAcquired) slots.release();
    return isAcquired;
  }

  it("counts requests of a chunk that are in flight together once", async () => {
    const slots = new Slots(1);
    slots.open();
    const chunkSlot = new ChunkSlot(slots, false);
    const [first, second] = [deferred<string>(), deferred<string>()];
    const used = Promise.all([
      chunkSlot.use(SIGNALS, () => first.promise),
      chunkSlot.use(SIGNALS, () => second.promise),
    ]);
    first.resolve("first");
    expect(await isFree(slots)).toBe(false);
    second.resolve("second");
    expect(await used).toEqual(["first", "second"]);
    expect(await isFree(slots)).toBe(true);
  });

  it("is kept between two uses until the slots are opened", async () => {
    const slots = new Slots(4);
    const chunkSlot = new ChunkSlot(slots, false);
    await chunkSlot.use(SIGNALS, async () => {});
    expect(await isFree(slots)).toBe(false);
    chunkSlot.end();
    expect(await isFree(slots)).toBe(true);
  });

  it("is released once, also if it was acquired for the chunk and the work fails", async () => {
    const slots = new Slots(1);
    slots.open();
    await slots.acquire([]);
    const chunkSlot = new ChunkSlot(slots, true);
    await expect(chunkSlot.use(SIGNALS, () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
    chunkSlot.end();
    chunkSlot.end();
    await flush();
    await slots.acquire([]);
    expect(await isFree(slots)).toBe(false);
  });

  it("releases nothing if the wait for a slot was aborted", async () => {
    const slots = new Slots(1);
    await slots.acquire([]);
    const chunkSlot = new ChunkSlot(slots, false);
    const work = () => Promise.reject(new Error("it was started"));
    await expect(chunkSlot.use([AbortSignal.abort(new Error("enough"))], work)).rejects.toThrow("enough");
    chunkSlot.end();
    expect(await isFree(slots)).toBe(false);
  });
});
