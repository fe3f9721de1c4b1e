import { getEventListeners } from "node:events";
import { ApiError, AuthenticationError, type Journal } from "amili-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeCollection, type FakeOptions, type Fault } from "../../../support/fake-collection.js";
import { byStatus, expectExactlyOnce, invoices, onWrites, orgOn, run } from "../../../support/submitting.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const first =
  (fault: Fault) =>
  ({ count }: { count: number }) =>
    count === 1 ? fault : undefined;

describe("a chunk", () => {
  it.each([408, 499, 500, 501, 502, 504, 505, 507, 520, 524])(
    "that was accepted is not sent again after %i",
    async (status) => {
      const api = new FakeCollection({ fault: first({ kind: "status", status, after: true }) });
      const { outcomes, error } = await run(api, invoices(2));
      expect(error).toBeUndefined();
      expectExactlyOnce(api, invoices(2), outcomes);
      expect(api.requests.filter((request) => request === "POST /invoices")).toHaveLength(1);
    },
  );

  // The client gives up after 5 s. The first request is processed after 6 s, while the second is in flight.
  const overtaken: Fault[] = [
    { kind: "late", ms: 6_000 },
    { kind: "late", ms: 2_000 },
  ];

  it.each<[string, FakeOptions]>([
    ["a batch with a duplicate", { fault: onWrites(...overtaken) }],
    [
      "a batch with a duplicate, where lists do not identify invoices",
      { fault: onWrites(...overtaken), filters: false, listsSourceIds: false },
    ],
    ["422", { fault: onWrites({ kind: "late", ms: 6_000 }, { kind: "status", status: 422, ms: 2_000 }) }],
    ["409", { fault: onWrites({ kind: "late", ms: 6_000 }, { kind: "status", status: 409, ms: 2_000 }) }],
  ])(
    "that was sent again is accepted if the first request was, although the second ends with %s",
    async (_, options) => {
      const api = new FakeCollection({ unique: true, ...options });
      const { outcomes } = await run(api, invoices(1), { visibilityDelay: 0 });
      expect(api.requests.filter((request) => request === "POST /invoices")).toHaveLength(2);
      expect(api.accepted).toHaveLength(1);
      expectExactlyOnce(api, invoices(1), outcomes);
      // The second batch did not contain it.
      expect(outcomes).toMatchObject([{ batchId: undefined, invoiceId: "invoice-1" }]);
    },
  );

  it("that ends with 409 is looked up, again after a delay", async () => {
    const api = new FakeCollection({ listDelay: 1_000, fault: onWrites(undefined, { kind: "status", status: 409 }) });
    await run(api, invoices(1));
    const { outcomes } = await run(api, invoices(1), { visibilityDelay: 1_500 });
    expect(outcomes).toMatchObject([{ status: "accepted", invoiceId: "invoice-1" }]);
    expect(api.accepted).toHaveLength(1);
  });

  it("is unknown if its first request was ambiguous and the second ends with a fatal error", async () => {
    const start = new Date().toISOString();
    const api = new FakeCollection({
      fault: onWrites({ kind: "close before processing" }, { kind: "status", status: 403 }),
    });
    const { outcomes, error } = await run(api, invoices(1), { visibilityDelay: 30_000 });
    expect(error).toMatchObject({ status: 403 });
    expect(outcomes).toMatchObject([{ status: "unknown", sent: true, lookUp: expect.stringContaining(start) }]);
  });

  it.each([301, 302, 307])("is unknown after the redirect %i", async (status) => {
    const api = new FakeCollection({ fault: onWrites({ kind: "status", status }) });
    const { outcomes, error } = await run(api, invoices(1));
    expect(error).toMatchObject({ status });
    expect(outcomes).toMatchObject([{ status: "unknown", sent: true }]);
  });

  it("is reconciled after a response without a batchId", async () => {
    const api = new FakeCollection();
    const fetch: typeof api.fetch = async (url, init) => {
      const response = await api.fetch(url, init);
      return init.method === "POST" ? Response.json({ data: {} }, { status: 202 }) : response;
    };
    const { outcomes, error } = await run({ fetch }, invoices(1));
    expect(error).toBeUndefined();
    expectExactlyOnce(api, invoices(1), outcomes);
  });

  it("ends the run after several refused tokens in a row", async () => {
    const api = new FakeCollection({ fault: () => ({ kind: "status", status: 401 }) });
    const { outcomes, error } = await run(api, invoices(1));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(outcomes).toMatchObject([{ status: "unknown", sent: false }]);
    expect(api.requests).toHaveLength(6);
  });

  it("is reconciled if a partly accepted batch names no items", async () => {
    const api = new FakeCollection({
      batchesNameItems: false,
      listDelay: 2_000,
      rejects: ({ uniqueSourceInvoiceId }) => (uniqueSourceInvoiceId === "source-1" ? "invalid" : undefined),
    });
    const { outcomes } = await run(api, invoices(3), { visibilityDelay: 5_000 });
    expectExactlyOnce(api, invoices(3), outcomes);
    // The entries of other items are not part of the reason.
    expect(outcomes.find(({ key }) => key === "source-1")).toMatchObject({ reason: { batchStatus: "PARTIAL" } });
    expect(outcomes.find(({ key }) => key === "source-1")).not.toHaveProperty("reason.failed");
  });

  it("is reconciled if a successful batch names only some items", async () => {
    const api = new FakeCollection();
    const fetch: typeof api.fetch = async (url, init) => {
      const response = await api.fetch(url, init);
      if (!/batches\/batch-1$/.test(url)) return response;
      const { data } = await response.json();
      return Response.json({ data: { ...data, succeeded: data.succeeded.slice(0, 1) } });
    };
    const { outcomes } = await run({ fetch }, invoices(2));
    expect(outcomes).toMatchObject([
      { status: "accepted", invoiceId: "invoice-1" },
      { status: "accepted", invoiceId: "invoice-2" },
    ]);

    const missing: typeof api.fetch = async (url, init) =>
      /\/invoices\?/.test(url) ? Response.json({ data: [] }) : fetch(url, init);
    api.batches.length = 0;
    const { outcomes: unproven } = await run({ fetch: missing }, invoices(2), { visibilityDelay: 0 });
    expect(unproven.map(({ status }) => status)).toEqual(["accepted", "unknown"]);
  });

  it("waits for a batch that is not visible at once", async () => {
    const api = new FakeCollection({ batchDelay: 3_000 });
    const { outcomes, error } = await run(api, invoices(2));
    expect(error).toBeUndefined();
    expectExactlyOnce(api, invoices(2), outcomes);
  });

  it("is followed to its outcomes when another one ends the run", async () => {
    let posts = 0;
    const api = new FakeCollection({
      batchTime: 5_000,
      fault: ({ method }) => (method === "POST" && ++posts === 3 ? { kind: "status", status: 403 } : undefined),
    });
    const { outcomes, error } = await run(api, invoices(10), { chunkSize: 2 });
    expect(error).toBeInstanceOf(ApiError);
    expect(byStatus(outcomes, "accepted").length).toBe(api.accepted.length);
    expect(outcomes.filter(({ status }) => status === "unknown").every((one) => "sent" in one && !one.sent)).toBe(true);
  });

  it("is not sent when another one ends the run during its backoff", async () => {
    let posts = 0;
    const api = new FakeCollection({
      fault: ({ method }) => {
        if (method !== "POST") return undefined;
        return ++posts === 1 ? { kind: "status", status: 429, retryAfter: 50 } : { kind: "status", status: 403 };
      },
    });
    const start = Date.now();
    const { outcomes, error } = await run(api, invoices(2), { chunkSize: 1, concurrency: 2 });
    expect(error).toMatchObject({ status: 403 });
    expect(Date.now() - start).toBeLessThan(40_000);
    expect(outcomes).toMatchObject([
      { status: "unknown", sent: false },
      { status: "unknown", sent: false },
    ]);
    expect(posts).toBe(2);
  });

  it("counts refused tokens only in a row", async () => {
    const limited: Fault = { kind: "status", status: 429, retryAfter: 0 };
    const refused: Fault = { kind: "status", status: 401 };
    const failed: Fault = { kind: "status", status: 500 };
    const faults = [...Array(6).fill(limited), refused, refused, undefined, ...Array(6).fill(failed), refused, refused];
    const api = new FakeCollection({ fault: ({ count }) => faults[count - 1] });
    const { outcomes, error } = await run(api, invoices(1));
    expect(error).toBeUndefined();
    expectExactlyOnce(api, invoices(1), outcomes);
  });

  it.each([
    ["SUCCESS", () => undefined],
    ["FAILED", () => "invalid"],
  ])("is not looked up if its batch is a %s that names no items", async (_, rejects) => {
    const api = new FakeCollection({ batchesNameItems: false, rejects });
    const { outcomes } = await run(api, invoices(2));
    expectExactlyOnce(api, invoices(2), outcomes);
    expect(api.requests.filter((request) => request === "GET /invoices")).toEqual([]);
  });

  it("has one request in flight, also when it is split", async () => {
    let [now, most] = [0, 0];
    const api = new FakeCollection();
    const fetch: typeof api.fetch = async (url, init) => {
      if (init.method !== "POST") return api.fetch(url, init);
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 500));
      now--;
      return /source-5"/.test(String(init.body)) ? Response.json({}, { status: 400 }) : api.fetch(url, init);
    };
    const { outcomes } = await run({ fetch }, invoices(10));
    expectExactlyOnce(api, invoices(10), outcomes);
    expect(most).toBe(1);
  });

  it("that was split follows one part to its outcome when the other ends the run", async () => {
    const api = new FakeCollection({
      fault: onWrites({ kind: "status", status: 400 }, { kind: "status", status: 403 }),
    });
    const { outcomes, error } = await run(api, invoices(2));
    expect(error).toMatchObject({ status: 403 });
    expect(outcomes).toMatchObject([
      { status: "unknown", sent: false },
      { status: "accepted", invoiceId: "invoice-1" },
    ]);
  });

  it("is not sent when another ends the run while the journal is written", async () => {
    const saved: string[] = [];
    const journal: Journal = {
      load: () => [],
      async save({ state, keys }) {
        saved.push(...keys.map((key) => `${state} ${key}`));
        if (keys.includes("source-1")) await new Promise((resolve) => setTimeout(resolve, 5_000));
      },
    };
    const api = new FakeCollection({ fault: () => ({ kind: "status", status: 403 }) });
    const { outcomes } = await run(api, invoices(4), { chunkSize: 1, concurrency: 2, journal });
    expect(api.requests).toHaveLength(1);
    expect(outcomes.every((outcome) => outcome.status === "unknown" && !outcome.sent)).toBe(true);
    // The items after them are not in the journal at all.
    expect(saved).toEqual(["sending source-0", "sending source-1", "notProcessed source-0", "notProcessed source-1"]);
  });

  it("has no two invoices with the same number, since a batch names invoices by number", async () => {
    const input = invoices(2).map((invoice) => ({ ...invoice, invoiceNumber: "same" }));
    const api = new FakeCollection({
      rejects: ({ uniqueSourceInvoiceId }) => (uniqueSourceInvoiceId === "source-1" ? "invalid" : undefined),
    });
    const { outcomes } = await run(api, input);
    expectExactlyOnce(api, input, outcomes);
    expect(api.batches).toHaveLength(2);
  });

  it("is split if an item is invalid, and the parts do not wait for each other's batches", async () => {
    const picky = new FakeCollection({ batchTime: 10_000 });
    const fetch: typeof picky.fetch = (url, init) =>
      init.method === "POST" && /source-\d*[05]"/.test(String(init.body))
        ? Promise.resolve(Response.json({}, { status: 400 }))
        : picky.fetch(url, init);
    const { outcomes, error } = await run({ fetch }, invoices(40), { maxWait: 30_000 });
    expect(error).toBeUndefined();
    expect(byStatus(outcomes, "rejected")).toHaveLength(8);
    expectExactlyOnce(picky, invoices(40), outcomes);
  });

  it("waits for Retry-After, also longer than the longest timer", async () => {
    const api = new FakeCollection({ fault: () => ({ kind: "status", status: 429, retryAfter: 9_999_999 }) });
    const { error } = await run(api, invoices(1), { maxWait: 60_000 });
    expect(error).toMatchObject({ code: "submit_timeout" });
    expect(api.requests).toHaveLength(1);
  });

  it("leaves no timers, listeners or requests when the consumer leaves", async () => {
    const { signal } = new AbortController();
    for (const leave of [false, true]) {
      const api = new FakeCollection({ batchTime: 20_000, fault: onWrites(undefined, { kind: "late", ms: 4_000 }) });
      const ended = (async () => {
        for await (const _ of orgOn(api).invoices.submit(invoices(4), { chunkSize: 1, concurrency: 2, signal })) {
          if (leave) break;
        }
      })();
      await vi.advanceTimersByTimeAsync(leave ? 26_000 : 90_000);
      await ended;
      const { length } = api.requests;
      expect(vi.getTimerCount()).toBe(0);
      expect(getEventListeners(signal, "abort")).toEqual([]);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(api.requests).toHaveLength(length);
    }
  });

  it("causes no warning about a leak when many are in flight", async () => {
    const warn = vi.spyOn(process, "emitWarning");
    const controller = new AbortController();
    const api = new FakeCollection({ batchTime: 5_000 });
    await run(api, invoices(40), { chunkSize: 1, concurrency: 40, signal: controller.signal });
    expect(warn).not.toHaveBeenCalled();
  });
});
