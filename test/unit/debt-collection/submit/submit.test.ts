import { ApiError, BatchError } from "amili-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeCollection, type FakeOptions, type Fault } from "../../../support/fake-collection.js";
import { byStatus, expectExactlyOnce, invoices, orgOn, run } from "../../../support/submitting.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("invoices.submit", () => {
  it("sends chunks, waits for their batches and gives an outcome for every invoice, with ids", async () => {
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

  it("keeps a bounded number of chunks under way, and reads no further than it needs", async () => {
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
    ["does not tell its items apart", { batchesNameItems: false }],
    ["does not tell them apart, and lists do not heed filters", { batchesNameItems: false, filters: false }],
    [
      "does not tell them apart, and lists do not tell the source's id",
      { batchesNameItems: false, listsSourceIds: false },
    ],
  ])("finds what a batch rejected, where the batch %s", async (_, options) => {
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

  it("rejects without sending what cannot be found again: no id, or one that came before", async () => {
    const api = new FakeCollection();
    const input = [{ invoiceNumber: "1" }, { uniqueSourceInvoiceId: "a" }, { uniqueSourceInvoiceId: "a" }];
    const { outcomes } = await run(api, input);
    expect(outcomes.map(({ status, key }) => [status, key]).toSorted()).toEqual([
      ["accepted", "a"],
      ["rejected", "0"],
      ["rejected", "a"],
    ]);
    expect(outcomes.find(({ key }) => key === "0")).toMatchObject({
      reason: { message: expect.stringContaining("no uniqueSourceInvoiceId") },
    });
    expect(api.accepted).toHaveLength(1);
  });

  it("looks for the one invoice that spoils a chunk", async () => {
    const api = new FakeCollection();
    const { fetch } = api;
    const picky = new FakeCollection();
    Object.assign(picky, {
      fetch: (url: string, init: RequestInit) =>
        init.method === "POST" && String(init.body).includes('"source-6"')
          ? Promise.resolve(Response.json({ message: "bad" }, { status: 422 }))
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

  describe("after an unclear answer", () => {
    const first =
      (fault: Fault) =>
      ({ count }: { count: number }) =>
        count === 1 ? fault : undefined;

    it("finds what arrived and sends nothing again", async () => {
      const api = new FakeCollection({ fault: first({ kind: "close after processing" }) });
      const { outcomes } = await run(api, invoices(5));
      expectExactlyOnce(api, invoices(5), outcomes);
      expect(api.requests.filter((request) => request === "POST /invoices")).toHaveLength(1);
      expect(outcomes[0]).toMatchObject({ status: "accepted", batchId: undefined, invoiceId: "invoice-1" });
    });

    it("waits for a batch that has not ended before it takes an invoice for missing", async () => {
      const api = new FakeCollection({ fault: first({ kind: "close after processing" }), batchTime: 120_000 });
      const { outcomes } = await run(api, invoices(3), { visibilityDelay: 0 });
      expectExactlyOnce(api, invoices(3), outcomes);
    });

    it("finds what arrived late, within the time to settle", async () => {
      // The answer is given up after 5 s; the work is done after 20.
      const api = new FakeCollection({ fault: first({ kind: "late", ms: 20_000 }) });
      const { outcomes } = await run(api, invoices(3), { visibilityDelay: 30_000 });
      expectExactlyOnce(api, invoices(3), outcomes);
    });

    it("sends what did not arrive again", async () => {
      const api = new FakeCollection({ fault: first({ kind: "close before processing" }) });
      const { outcomes } = await run(api, invoices(5), { visibilityDelay: 1_000 });
      expectExactlyOnce(api, invoices(5), outcomes);
      expect(api.requests.filter((request) => request === "POST /invoices")).toHaveLength(2);
    });

    it("checks what a filter gives by content", async () => {
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
    ["a connection that was refused", { kind: "refuse connection" }],
    ["429", { kind: "status", status: 429, retryAfter: 2 }],
    ["503 with Retry-After", { kind: "status", status: 503, retryAfter: 2 }],
  ])("sends again without a look after %s, since nothing was taken", async (_, fault) => {
    const api = new FakeCollection({ fault: ({ count }) => (count <= 6 ? fault : undefined) });
    const { outcomes } = await run(api, invoices(3));
    expectExactlyOnce(api, invoices(3), outcomes);
    expect(api.requests.slice(0, 7)).toEqual(Array(7).fill("POST /invoices"));
  });

  it("ends at an error that all others would meet, and says so after the outcomes", async () => {
    let posts = 0;
    const api = new FakeCollection({
      fault: ({ method }) => (method === "POST" && posts++ > 0 ? { kind: "status", status: 403 } : undefined),
    });
    const { outcomes, error } = await run(api, invoices(6), { chunkSize: 2, concurrency: 1 });
    expect(error).toBeInstanceOf(ApiError);
    expect(outcomes.filter(({ status }) => status === "unknown")).toMatchObject([
      { key: "source-2", sent: false, lookUp: expect.stringContaining("no request"), reason: { status: 403 } },
      { key: "source-3", sent: false },
      // Read already, so it is told of.
      { key: "source-4", sent: false },
    ]);
    expect(byStatus(outcomes, "accepted")).toEqual(["source-0", "source-1"]);
    expect(api.accepted).toHaveLength(2);
  });

  it("leaves as unknown what the signal ended, and says what to look up", async () => {
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

  it("leaves as unknown what took longer than the timeout", async () => {
    const api = new FakeCollection({ batchTime: 1e9 });
    const { outcomes, error } = await run(api, invoices(2), { maxWait: 20_000 });
    expect(error).toBeInstanceOf(BatchError);
    expect(error).toMatchObject({ code: "submit_timeout" });
    expect(byStatus(outcomes, "unknown")).toEqual(["source-0", "source-1"]);
  });

  it("gives the outcomes of what is under way before the error of its source", async () => {
    const api = new FakeCollection();
    async function* source() {
      yield* invoices(3);
      throw new Error("the file is broken");
    }
    const { outcomes, error } = await run(api, source(), { chunkSize: 2 });
    expect(error).toEqual(new Error("the file is broken"));
    // The last one was read, too.
    expect(byStatus(outcomes, "accepted")).toEqual(["source-0", "source-1", "source-2"]);
    expectExactlyOnce(api, invoices(3), outcomes);
  });
});
