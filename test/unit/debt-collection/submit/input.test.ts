import { ConfigurationError } from "amili-client";
import type { CorrectionInput, InvoiceInput, PaymentInput } from "amili-client/debt-collection";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeCollection } from "../../../support/fake-collection.js";
import { byStatus, collect, expectExactlyOnce, invoices, orgOn, run } from "../../../support/submitting.js";

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

describe("the source", () => {
  it("is not waited for after an abort, and its items have outcomes", async () => {
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

  it("is closed when the consumer leaves", async () => {
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
      // The consumer does not wait for the pending read.
      expect(await ended).toBe(leave === "throw" ? "full" : undefined);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(closed, leave).toHaveBeenCalledTimes(1);
    }
  });

  it("is read in chunks also if no item is valid", async () => {
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

  it("has its rejected items in place, also before its error", async () => {
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

  it.each([null, undefined, "text", 7])("may contain %j, which is rejected", async (wrong) => {
    const api = new FakeCollection();
    const { outcomes, error } = await run(api, [wrong as never, ...invoices(1)]);
    expect(error).toBeUndefined();
    expect(byStatus(outcomes, "rejected")).toEqual(["0"]);
    expectExactlyOnce(api, invoices(1), outcomes.slice(1));
  });

  it.each([undefined, null, {}, 7])("is refused if it is not iterable: %j", async (wrong) => {
    const api = new FakeCollection();
    const { error } = await run(api, wrong as never);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ message: expect.stringContaining("must be an array or another iterable") });
    expect(api.requests).toEqual([]);
  });
});

/** Items that JSON cannot represent. */
function unserializable() {
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  const fail = () => {
    throw new Error("mine");
  };
  return [
    { amount: 1n },
    { amount: Number.NaN },
    cyclic,
    Object.defineProperty({}, "amount", { get: fail, enumerable: true }),
    { toJSON: fail },
    { toJSON: () => undefined },
    { toJSON: () => "text" },
    [],
  ].map((item, i) => Object.assign(item, { uniqueSourceInvoiceId: `bad-${i}`, invoiceId: `bad-${i}` }));
}

describe("an item that JSON cannot represent", () => {
  it.each(["invoices", "payments", "corrections"] as const)("is rejected alone in %s.submit", async (name) => {
    const bodies: string[] = [];
    const api = new FakeCollection();
    const fetch: typeof api.fetch = async (url, init) => {
      if (init.method === "POST") bodies.push(String(init.body));
      return init.method === "POST" && name === "corrections"
        ? api.fetch(url.replace("corrections", "payments"), { ...init, body: '{"payments":[]}' })
        : api.fetch(url, init);
    };
    const good = invoices(2).map((invoice, i) => ({ ...invoice, invoiceId: `good-${i}`, amount: 1, currency: "NOK" }));
    const bad = unserializable();
    const org = orgOn({ fetch });
    const input = [good[0], ...bad, good[1]] as typeof good;
    const { outcomes } = await collect<unknown>(
      {
        invoices: org.invoices.submit<InvoiceInput>(input),
        payments: org.payments.submit<PaymentInput>(input),
        corrections: org.corrections.submit<CorrectionInput>(input),
      }[name],
    );
    expect(outcomes.filter(({ status }) => status === "accepted")).toHaveLength(2);
    const rejected = outcomes.filter(({ status }) => status === "rejected");
    expect(rejected).toHaveLength(bad.length);
    const reason = expect.objectContaining({ name: "ConfigurationError", message: expect.stringContaining("JSON") });
    for (const outcome of rejected) expect(outcome).toMatchObject({ reason });
    expect(bodies.map((body) => JSON.parse(body)[name].length)).toEqual([2]);
  });
});
