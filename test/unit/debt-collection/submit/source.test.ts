import { ConfigurationError } from "amili-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeCollection } from "../../../support/fake-collection.js";
import { byStatus, expectTrue, invoices, orgOn, run } from "../../../support/submitting.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const abortAfter = (ms: number, reason = new Error("enough")) => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), ms);
  return controller.signal;
};

describe("the source of a submit", () => {
  it("is not waited for after an abort, and what came from it has an outcome", async () => {
    const closed = vi.fn();
    const source = {
      [Symbol.asyncIterator]() {
        const ready = invoices(3).values();
        return {
          next: () => {
            const next = ready.next();
            return next.done ? new Promise<never>(() => {}) : Promise.resolve(next);
          },
          return: closed,
        };
      },
    };
    const api = new FakeCollection();
    const { outcomes, error } = await run(api, source, { signal: abortAfter(1_000) });
    expect(error).toEqual(new Error("enough"));
    expect(outcomes.map(({ status, key }) => [status, key])).toEqual([
      ["unknown", "source-0"],
      ["unknown", "source-1"],
      ["unknown", "source-2"],
    ]);
    expect(outcomes[0]).toMatchObject({ sent: false });
    expect(api.requests).toEqual([]);
    expect(closed).toHaveBeenCalledTimes(1);
  });

  it("is closed when the reader leaves, in whatever way", async () => {
    for (const leave of ["break", "throw", "return while it waits"] as const) {
      const closed = vi.fn();
      async function* source() {
        try {
          yield* invoices(5);
          if (leave === "return while it waits") await new Promise((resolve) => setTimeout(resolve, 60_000));
          yield* invoices(5);
        } finally {
          closed();
        }
      }
      const reading = (async () => {
        for await (const _ of orgOn(new FakeCollection()).invoices.submit(source(), {
          chunkSize: 1,
          concurrency: 10,
        })) {
          if (leave === "throw") throw new Error("full");
          break;
        }
      })();
      const ended = reading.catch((error: Error) => error.message);
      await vi.advanceTimersByTimeAsync(20_000);
      // Nobody waits for the source to end its own wait.
      expect(await ended).toBe(leave === "throw" ? "full" : undefined);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(closed, leave).toHaveBeenCalledTimes(1);
    }
  });

  it("is read no further for items that are not sent than for others", async () => {
    let read = 0;
    function* nameless() {
      for (;;) {
        read++;
        yield { invoiceNumber: "1" };
      }
    }
    const outcomes = orgOn(new FakeCollection()).invoices.submit(nameless(), { chunkSize: 10, concurrency: 2 });
    const first = outcomes.next();
    await vi.advanceTimersByTimeAsync(0);
    expect((await first).value).toMatchObject({ status: "rejected", key: "0" });
    expect(read).toBeLessThan(40);
    await outcomes.return();
  });

  it("gives what is rejected in its place, also before an error of its own", async () => {
    async function* source() {
      yield* invoices(1);
      yield { invoiceNumber: "nameless" };
      throw new Error("the file is broken");
    }
    const api = new FakeCollection();
    const { outcomes, error } = await run(api, source());
    expect(error).toEqual(new Error("the file is broken"));
    expect(byStatus(outcomes, "accepted")).toEqual(["source-0"]);
    expect(byStatus(outcomes, "rejected")).toEqual(["1"]);
  });

  it.each([null, undefined, "text", 7])("may hold what is no invoice: %j", async (wrong) => {
    const api = new FakeCollection();
    const { outcomes, error } = await run(api, [wrong as never, ...invoices(1)]);
    expect(error).toBeUndefined();
    expect(byStatus(outcomes, "rejected")).toEqual(["0"]);
    expectTrue(api, invoices(1), outcomes.slice(1));
  });

  it.each([undefined, null, {}, 7])("that is none is refused: %j", async (wrong) => {
    const api = new FakeCollection();
    const { error } = await run(api, wrong as never);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ message: expect.stringContaining("must be an array or another iterable") });
    expect(api.requests).toEqual([]);
  });
});
