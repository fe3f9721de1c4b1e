import { ConfigurationError, type JournalRecord, type Rejected } from "amili-client";
import type { CorrectionInput, InvoiceInput, PaymentInput } from "amili-client/debt-collection";
import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Chunk, chunk, withKeys } from "../../../../src/debt-collection/submit/input.js";
import type { KeyedItem } from "../../../../src/debt-collection/submit/types.js";
import { FakeCollection } from "../../../support/fake-collection.js";
import {
  byStatus,
  collect,
  expectExactlyOnce,
  invoices,
  memoryJournal,
  orgOn,
  run,
} from "../../../support/submitting.js";

beforeEach(() => {
  vi.useFakeTimers();
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
    const submission = orgOn(new FakeCollection()).invoices.submit(nameless(), { chunkSize: 10, concurrency: 2 });
    const outcomes = submission[Symbol.asyncIterator]();
    const first = outcomes.next();
    await vi.advanceTimersByTimeAsync(0);
    expect((await first).value).toMatchObject({ status: "rejected", key: "0" });
    // Up to eight chunks for each one in flight.
    expect(read).toBeLessThanOrEqual(10 * 2 * 8 + 1);
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

async function arrayOf<T>(source: AsyncIterable<T>): Promise<T[]> {
  const elements: T[] = [];
  for await (const element of source) elements.push(element);
  return elements;
}

const SIGNAL = new AbortController().signal;

interface Item {
  id: string;
  mark?: number;
}

describe("withKeys", () => {
  const adapter = { keyName: "id", key: ({ id }: Item) => (id === "" ? { problem: "it has no id" } : { key: id }) };
  const keys = (ids: string[]) =>
    arrayOf(
      withKeys(
        ids.map((id) => ({ id })),
        adapter,
        SIGNAL,
      ),
    );

  it("gives the keys of items, and rejects invalid items and duplicates in their place", async () => {
    expect(await keys(["a", "", "a", "b"])).toEqual([
      { item: { id: "a" }, content: { id: "a" }, key: "a" },
      {
        status: "rejected",
        item: { id: "" },
        key: "1",
        batchId: undefined,
        reason: expect.objectContaining({ message: "Item 1 was not sent: it has no id." }),
      },
      {
        status: "rejected",
        item: { id: "a" },
        key: "a",
        batchId: undefined,
        reason: expect.objectContaining({ message: "Item 2 was not sent: an earlier item has the same id." }),
      },
      { item: { id: "b" }, content: { id: "b" }, key: "b" },
    ]);
  });

  it("reads nothing after the signal aborted", async () => {
    const items = withKeys([{ id: "a" }], adapter, AbortSignal.abort());
    expect(await arrayOf(items)).toEqual([]);
  });
});

describe("chunk", () => {
  const rejection = (key: string): Rejected<Item> => ({
    status: "rejected",
    item: { id: key },
    key,
    batchId: undefined,
    reason: "invalid",
  });

  async function* inputOf(entries: (KeyedItem<Item> | Rejected<Item>)[], error?: Error) {
    yield* entries;
    if (error) throw error;
  }

  interface Setup {
    size: number;
    records?: JournalRecord[];
    read?: (keys: readonly string[]) => Promise<readonly JournalRecord[]>;
    error?: Error;
  }

  const progress = { read: () => {} };
  const adapter = {
    separateBy: ({ mark }: Item) => (mark === undefined ? [] : [mark]),
    listing: undefined,
    lookUp: "the list",
  };

  function chunksOf(entries: (KeyedItem<Item> | Rejected<Item>)[], { size, records = [], read, error }: Setup) {
    const stored = memoryJournal(...records);
    const journal = { ...stored, read: read ?? ((keys: readonly string[]) => stored.read(keys)) };
    return chunk(inputOf(entries, error), { size, adapter, journal, resubmit: undefined, progress, signal: SIGNAL });
  }

  const itemsOf = (ids: string[]) => ids.map((id) => ({ item: { id }, content: { id }, key: id }));
  const keysOf = (chunks: Chunk<Item>[]) => ({
    sent: chunks.flatMap(({ items }) => items.map(({ key }) => key)),
    resumed: chunks.flatMap(({ resumed }) => resumed.map(({ key }) => key)),
    settled: chunks.flatMap(({ outcomes }) => outcomes.map(({ key }) => key)),
  });

  const since = "2026-01-01T00:00:00Z";
  const RECORDS: Record<string, (key: string) => JournalRecord | undefined> = {
    new: () => undefined,
    notSent: (key) => ({ key, state: "notSent" }),
    sent: (key) => ({ key, state: "sent", since, batchId: "batch-1", size: 3 }),
    accepted: (key) => ({ key, state: "accepted" }),
    exists: (key) => ({ key, state: "exists" }),
    rejected: (key) => ({ key, state: "rejected" }),
    sending: (key) => ({ key, state: "sending", since }),
  };

  const entry = fc.record({
    state: fc.constantFrom("invalid", ...Object.keys(RECORDS)),
    mark: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined, freq: 3 }),
  });

  it("loses no item, keeps the order in each request, and fills the requests, whatever the journal knows", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 60 }), fc.integer({ min: 1, max: 7 }), async (entries, size) => {
        const input = entries.map(({ state, mark }, i) => {
          const key = String(i);
          const item = { id: key, ...(mark !== undefined && { mark }) };
          return state === "invalid" ? rejection(key) : { item, content: item, key };
        });
        const records = entries.flatMap(({ state }, i) => RECORDS[state]?.(String(i)) ?? []);
        const chunks = await arrayOf(chunksOf(input, { size, records }));
        const keys = keysOf(chunks);
        const inState = (...states: string[]) =>
          entries.flatMap(({ state }, i) => (states.includes(state) ? [String(i)] : []));
        expect(keys.sent.toSorted((a, b) => Number(a) - Number(b))).toEqual(inState("new", "notSent"));
        expect(keys.resumed).toEqual(inState("sent"));
        expect(keys.settled).toEqual(inState("invalid", "accepted", "exists", "rejected", "sending"));

        const requests = chunks.filter(({ items }) => items.length > 0);
        for (const { items } of requests) {
          const marks = items.flatMap(({ item }) => adapter.separateBy(item));
          expect(new Set(marks).size).toBe(marks.length);
          expect(items.length).toBeLessThanOrEqual(size);
          expect(items.map(({ key }) => Number(key))).toEqual(
            items.map(({ key }) => Number(key)).toSorted((a, b) => a - b),
          );
        }
        const isSeparated = entries.some(({ mark }) => mark !== undefined);
        if (!isSeparated) expect(requests.slice(0, -1).every(({ items }) => items.length === size)).toBe(true);
      }),
    );
  });

  it("reads no further than each chunk needs, and the journal in blocks", async () => {
    let read = 0;
    const blocks: number[] = [];
    async function* source() {
      for (const keyed of itemsOf(Array.from({ length: 100 }, (_, i) => String(i)))) {
        read++;
        yield keyed;
      }
    }
    const journal = memoryJournal();
    const reader = {
      ...journal,
      read(keys: readonly string[]) {
        blocks.push(keys.length);
        return journal.read(keys);
      },
    };
    const options = { size: 10, adapter, journal: reader, resubmit: undefined, progress, signal: SIGNAL };
    const chunks = chunk(source(), options);
    await chunks.next();
    expect(read).toBe(10);
    await arrayOf(chunks);
    expect(blocks).toEqual(Array(10).fill(10));
  });

  it("gives the items before an error of the source, then the error", async () => {
    const chunks: Chunk<Item>[] = [];
    const reading = (async () => {
      for await (const next of chunksOf(itemsOf(["a", "b", "c"]), { size: 2, error: new Error("broken") }))
        chunks.push(next);
    })();
    await expect(reading).rejects.toThrow("broken");
    expect(chunks.map(({ items }) => items.length)).toEqual([2, 1]);
  });

  it("gives unknown outcomes for a block that cannot be read, sends the items before it, and ends", async () => {
    const chunks: Chunk<Item>[] = [];
    const journal = memoryJournal({ key: "a", state: "accepted" });
    let reads = 0;
    const read = (keys: readonly string[]) =>
      ++reads === 2 ? Promise.reject(new Error("disk full")) : journal.read(keys);
    const entries = [...itemsOf(["a", "b", "c"]), rejection("d"), ...itemsOf(["e", "f"])];
    const reading = (async () => {
      for await (const next of chunksOf(entries, { size: 2, read })) chunks.push(next);
    })();
    await expect(reading).rejects.toThrow("disk full");
    expect(keysOf(chunks)).toEqual({ sent: ["b"], resumed: [], settled: ["a", "c", "d"] });
    const statuses = chunks.flatMap(({ outcomes }) => outcomes.map(({ status }) => status));
    expect(statuses).toEqual(["accepted", "unknown", "rejected"]);
  });

  it("gives what the journal knows of an item that was sent", async () => {
    const records = ["sent", "sending"].map((state) => RECORDS[state]?.(state) as JournalRecord);
    const [known] = await arrayOf(chunksOf(itemsOf(["sent", "sending"]), { size: 2, records }));
    expect(known?.resumed).toMatchObject([
      { key: "sent", batchId: "batch-1", isResumed: true, since: new Date(since) },
    ]);
    expect(known?.sizes).toEqual(new Map([["batch-1", 3]]));
    // Payments are not listed.
    expect(known?.outcomes).toMatchObject([{ key: "sending", status: "unknown", sent: true }]);
  });
});
