import { describe, expect, it, vi } from "vitest";
import { mapConcurrent } from "../../../../src/debt-collection/submit/map-concurrent.js";
import { Slots } from "../../../../src/debt-collection/submit/slots.js";
import { deferred } from "../../../support/stub.js";

const flush = () => new Promise((resolve) => setImmediate(resolve));

function openSlots(limit: number): Slots {
  const slots = new Slots(limit);
  slots.open();
  return slots;
}

async function* numbers(count: number, error?: Error) {
  for (let i = 0; i < count; i++) yield i;
  if (error) throw error;
}

const SIGNAL = new AbortController().signal;

describe("mapConcurrent", () => {
  it("yields each result when it is ready", async () => {
    const slots = openSlots(3);
    const work = [deferred<string>(), deferred<string>(), deferred<string>()];
    const lanes = { limit: 3, slots, signal: SIGNAL };
    const results = mapConcurrent(numbers(3), lanes, async (n) => {
      const result = await work[n]?.promise;
      slots.release();
      return result;
    });
    const first = results.next();
    work[1]?.resolve("second");
    expect(await first).toEqual({ done: false, value: "second" });
    work[2]?.resolve("third");
    work[0]?.resolve("first");
    const rest = [(await results.next()).value, (await results.next()).value].toSorted();
    expect(rest).toEqual(["first", "third"]);
    expect((await results.next()).done).toBe(true);
  });

  it("maps as many elements as there are slots, and no more than its limit with those that wait", async () => {
    const slots = openSlots(2);
    let [read, mapping] = [0, 0];
    async function* source() {
      for (;;) yield read++;
    }
    const lanes = { limit: 5, slots, signal: SIGNAL };
    const results = mapConcurrent(source(), lanes, (_, hasSlot) => {
      expect(hasSlot).toBe(true);
      mapping++;
      return new Promise<never>(() => {});
    });
    void results.next();
    await flush();
    expect([read, mapping]).toEqual([2, 2]);
    // Those that only wait release their slots.
    for (let i = 0; i < 5; i++) {
      slots.release();
      await flush();
    }
    expect([read, mapping]).toEqual([5, 5]);
  });

  it("holds no slot while it waits for its source", async () => {
    const slots = openSlots(1);
    const source = (async function* () {
      yield await new Promise<never>(() => {});
    })();
    void mapConcurrent(source, { limit: 2, slots, signal: SIGNAL }, async () => {}).next();
    await flush();
    await slots.acquire([]);
  });

  it("throws an error of the source after the results in flight", async () => {
    const slots = openSlots(1);
    const results: number[] = [];
    const reading = (async () => {
      const lanes = { limit: 4, slots, signal: SIGNAL };
      const mapped = mapConcurrent(numbers(3, new Error("broken")), lanes, async (n) => {
        await flush();
        slots.release();
        return n;
      });
      for await (const result of mapped) results.push(result);
    })();
    await expect(reading).rejects.toThrow("broken");
    expect(results).toEqual([0, 1, 2]);
  });

  it("gives an element that was read a result without a slot when the signal aborts", async () => {
    const slots = openSlots(1);
    const controller = new AbortController();
    const gate = deferred<void>();
    async function* source() {
      await gate.promise;
      yield "element";
    }
    const results = mapConcurrent(
      source(),
      { limit: 1, slots, signal: controller.signal },
      async (_, hasSlot) => hasSlot,
    );
    const first = results.next();
    await flush();
    await slots.acquire([]);
    controller.abort();
    gate.resolve();
    expect(await first).toEqual({ done: false, value: false });
  });

  it("closes the source when the consumer leaves", async () => {
    const slots = openSlots(4);
    const closed = vi.fn();
    const source = (async function* () {
      try {
        yield* numbers(100);
      } finally {
        closed();
      }
    })();
    const lanes = { limit: 2, slots, signal: SIGNAL };
    for await (const _ of mapConcurrent(source, lanes, async () => slots.release())) break;
    // After the read that is pending.
    await flush();
    expect(closed).toHaveBeenCalledTimes(1);
  });
});
