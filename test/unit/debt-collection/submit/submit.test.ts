import { ApiError, BatchError, ConfigurationError, type SubmitOptions } from "amili-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeCollection, type FakeOptions, type Fault } from "../../../support/fake-collection.js";
import { byStatus, expectExactlyOnce, invoices, onWrites, orgOn, run } from "../../../support/submitting.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("invoices.submit", () => {
  it("sends chunks, waits for their batches, and yields an outcome with ids for every invoice", async () => {
    const api = new FakeCollection();
    const { outcomes, error } = await run(api, invoices(25), { chunkSize: 10 });
    expect(error).toBeUndefined();
    expectExactlyOnce(api, invoices(25), outcomes);
    expect(api.batches.map((batch) => batch.invoices.length)).toEqual([10, 10, 5]);
    expect(outcomes[0]).toMatchObject({
      status: "accepted",
      key: "source-0",
      batchId: "batch-1",
      invoiceId: "invoice-1",
    });
  });

  it("sends nothing before it is read", async () => {
    const api = new FakeCollection();
    orgOn(api).invoices.submit(invoices(3));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(api.requests).toEqual([]);
  });

  it("limits the chunks in flight, and reads no further than it needs", async () => {
    let read = 0;
    let most = 0;
    const api = new FakeCollection({ batchTime: 3_000 });
    async function* source() {
      for (const invoice of invoices(40)) {
        read++;
        const open = api.batches.filter(({ endsAt }) => Date.now() < endsAt).length;
        most = Math.max(most, open);
        expect(read - api.accepted.length).toBeLessThanOrEqual(5 * 3 + 1);
        yield invoice;
      }
    }
    const { outcomes } = await run(api, source(), { chunkSize: 5, concurrency: 3 });
    expect(outcomes).toHaveLength(40);
    expect(most).toBe(2);
  });

  it.each<[string, FakeOptions]>([
    ["names its failed items", {}],
    ["names no items", { batchesNameItems: false }],
    ["names no items, and lists ignore filters", { batchesNameItems: false, filters: false }],
    ["names no items, and lists have no source ids", { batchesNameItems: false, listsSourceIds: false }],
  ])("finds the rejected invoices if the batch %s", async (_, options) => {
    const rejects = (invoice: Record<string, string>) =>
      /[37]$/.test(invoice.uniqueSourceInvoiceId ?? "") ? "no debtor" : undefined;
    const api = new FakeCollection({ ...options, rejects });
    const { outcomes } = await run(api, invoices(10), { chunkSize: 4 });
    expectExactlyOnce(api, invoices(10), outcomes);
    expect(byStatus(outcomes, "rejected")).toEqual(["source-3", "source-7"]);
    if (options.batchesNameItems ?? true) {
      expect(outcomes.find(({ key }) => key === "source-3")).toMatchObject({
        reason: { reason: "no debtor" },
        batchId: "batch-1",
      });
    }
  });

  it("rejects invoices without an id or with the id of an earlier one, without sending them", async () => {
    const api = new FakeCollection();
    const input = [
      { invoiceNumber: "1" },
      { uniqueSourceInvoiceId: 7 as never },
      { uniqueSourceInvoiceId: "a" },
      { uniqueSourceInvoiceId: "a" },
    ];
    const { outcomes } = await run(api, input);
    expect(outcomes.map(({ status, key }) => [status, key]).toSorted()).toEqual([
      ["accepted", "a"],
      ["rejected", "0"],
      ["rejected", "1"],
      ["rejected", "a"],
    ]);
    expect(outcomes.find(({ key }) => key === "0")).toMatchObject({
      reason: { message: expect.stringContaining("no uniqueSourceInvoiceId") },
    });
    expect(api.accepted).toHaveLength(1);
  });

  it("splits a chunk to find the invalid invoice", async () => {
    const api = new FakeCollection();
    const { fetch } = api;
    const picky = new FakeCollection();
    Object.assign(picky, {
      fetch: (url: string, init: RequestInit) =>
        init.method === "POST" && String(init.body).includes('"source-6"')
          ? Promise.resolve(Response.json({ message: "invalid" }, { status: 422 }))
          : fetch(url, init),
    });
    const { outcomes, error } = await run(picky, invoices(10));
    expect(error).toBeUndefined();
    expectExactlyOnce(api, invoices(10), outcomes);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      key: "source-6",
      reason: { status: 422 },
    });
  });

  describe("after an ambiguous failure", () => {
    const first =
      (fault: Fault) =>
      ({ count }: { count: number }) =>
        count === 1 ? fault : undefined;

    it("finds the invoices that were processed, and sends none again", async () => {
      const api = new FakeCollection({ fault: first({ kind: "close after processing" }) });
      const { outcomes } = await run(api, invoices(5));
      expectExactlyOnce(api, invoices(5), outcomes);
      expect(api.requests.filter((request) => request === "POST /invoices")).toHaveLength(1);
      expect(outcomes[0]).toMatchObject({ status: "accepted", batchId: undefined, invoiceId: "invoice-1" });
    });

    it("waits for open batches before it considers an invoice missing", async () => {
      const api = new FakeCollection({ fault: first({ kind: "close after processing" }), batchTime: 120_000 });
      const { outcomes } = await run(api, invoices(3), { visibilityDelay: 0 });
      expectExactlyOnce(api, invoices(3), outcomes);
    });

    it("finds invoices that were processed late, within visibilityDelay", async () => {
      // The client gives up after 5 s. The request is processed after 20 s.
      const api = new FakeCollection({ fault: first({ kind: "late", ms: 20_000 }) });
      const { outcomes } = await run(api, invoices(3), { visibilityDelay: 30_000 });
      expectExactlyOnce(api, invoices(3), outcomes);
    });

    it("sends missing invoices again", async () => {
      const api = new FakeCollection({ fault: first({ kind: "close before processing" }) });
      const { outcomes } = await run(api, invoices(5), { visibilityDelay: 1_000 });
      expectExactlyOnce(api, invoices(5), outcomes);
      expect(api.requests.filter((request) => request === "POST /invoices")).toHaveLength(2);
    });

    it("compares the listed invoices by content", async () => {
      const api = new FakeCollection({
        filters: false,
        fault: ({ count }) => (count === 3 ? { kind: "close before processing" } : undefined),
      });
      const before = await run(api, invoices(3), { chunkSize: 3 });
      expect(before.outcomes).toHaveLength(3);
      const after = invoices(6).slice(3);
      const { outcomes } = await run(api, after, { visibilityDelay: 0 });
      expect(byStatus(outcomes, "accepted")).toEqual(["source-3", "source-4", "source-5"]);
      expect(api.accepted).toHaveLength(6);
    });
  });

  it.each<[string, Fault]>([
    ["a refused connection", { kind: "refuse connection" }],
    ["429", { kind: "status", status: 429, retryAfter: 2 }],
  ])("sends again without a lookup after %s, since nothing was processed", async (_, fault) => {
    const api = new FakeCollection({ fault: ({ count }) => (count <= 6 ? fault : undefined) });
    const { outcomes } = await run(api, invoices(3));
    expectExactlyOnce(api, invoices(3), outcomes);
    expect(api.requests.slice(0, 7)).toEqual(Array(7).fill("POST /invoices"));
  });

  it("ends at a fatal error, which is thrown after the outcomes", async () => {
    let posts = 0;
    const api = new FakeCollection({
      fault: ({ method }) => (method === "POST" && posts++ > 0 ? { kind: "status", status: 403 } : undefined),
    });
    const { outcomes, error } = await run(api, invoices(6), { chunkSize: 2, concurrency: 1 });
    expect(error).toBeInstanceOf(ApiError);
    expect(outcomes.filter(({ status }) => status === "unknown")).toMatchObject([
      { key: "source-2", sent: false, lookUp: expect.stringContaining("no request"), reason: { status: 403 } },
      { key: "source-3", sent: false },
      // It was already read, so it has an outcome.
      { key: "source-4", sent: false },
    ]);
    expect(byStatus(outcomes, "accepted")).toEqual(["source-0", "source-1"]);
    expect(api.accepted).toHaveLength(2);
  });

  it("leaves items unknown when the signal aborts, with what to look up", async () => {
    const api = new FakeCollection({ batchTime: 60_000 });
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("enough")), 10_000);
    const { outcomes, error } = await run(api, invoices(2), { signal: controller.signal });
    expect(error).toEqual(new Error("enough"));
    expect(outcomes).toMatchObject([
      {
        status: "unknown",
        key: "source-0",
        sent: true,
        batchId: "batch-1",
        lookUp: expect.stringContaining("UniqueSourceInvoiceId"),
      },
      { status: "unknown", key: "source-1" },
    ]);
  });

  it("leaves items unknown after maxWait, which limits all chunks together", async () => {
    const api = new FakeCollection({ batchTime: 6_000 });
    const { outcomes, error } = await run(api, invoices(4), { chunkSize: 1, concurrency: 1, maxWait: 16_000 });
    expect(error).toBeInstanceOf(BatchError);
    expect(error).toMatchObject({ code: "submit_timeout", message: expect.stringContaining("16000 ms") });
    expect(byStatus(outcomes, "accepted")).toEqual(["source-0", "source-1"]);
    expect(outcomes[2]).toMatchObject({ status: "unknown", sent: true, batchId: "batch-3", reason: error });
    expect(api.batches).toHaveLength(3);
  });

  it("limits each chunk to ten minutes without maxWait", async () => {
    const api = new FakeCollection({ batchTime: 550_000 });
    const { outcomes, error } = await run(api, invoices(2), { chunkSize: 1, concurrency: 1 });
    expect(error).toBeUndefined();
    expectExactlyOnce(api, invoices(2), outcomes);

    const slow = () => new FakeCollection({ batchTime: 650_000 });
    const limited = await run(slow(), invoices(1));
    expect(limited.error).toMatchObject({ code: "submit_timeout", message: expect.stringContaining("600000 ms") });
    expect(limited.outcomes).toMatchObject([{ status: "unknown", sent: true }]);
    const unlimited = await run(slow(), invoices(1), { maxWait: 700_000 });
    expect(unlimited.outcomes).toMatchObject([{ status: "accepted" }]);
  });

  it("passes timeout to each request", async () => {
    const api = new FakeCollection({ fault: onWrites({ kind: "late", ms: 3_000 }) });
    const { outcomes } = await run(api, invoices(1), { timeout: 1_000 });
    expectExactlyOnce(api, invoices(1), outcomes);
    expect(outcomes).toMatchObject([{ batchId: undefined }]);
  });

  it.each([
    { visibilityDelay: 2 ** 31 },
    { maxRetries: -1 },
    { timeout: 0 },
    { maxWait: 0 },
    { concurrency: 1_001 },
    { chunkSize: 0 },
    { signal: 5 },
    { journal: null },
    { settle: 5 },
    null,
  ])("refuses the options %j", async (options) => {
    const api = new FakeCollection();
    const { outcomes, error } = await run(api, invoices(1), options as unknown as SubmitOptions);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(outcomes).toEqual([]);
    expect(api.requests).toEqual([]);
  });

  it("yields the outcomes of items in flight before an error of the source", async () => {
    const api = new FakeCollection();
    async function* source() {
      yield* invoices(3);
      throw new Error("the file is broken");
    }
    const { outcomes, error } = await run(api, source(), { chunkSize: 2 });
    expect(error).toEqual(new Error("the file is broken"));
    // The last one was read before the error.
    expect(byStatus(outcomes, "accepted")).toEqual(["source-0", "source-1", "source-2"]);
    expectExactlyOnce(api, invoices(3), outcomes);
  });
});
