import { getEventListeners } from "node:events";
import { ApiError, AuthenticationError, type JournalRecord } from "amili-client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeCollection, type FakeOptions, type Fault } from "../../../support/fake-collection.js";
import {
  byStatus,
  expectExactlyOnce,
  invoices,
  memoryJournal,
  onWrites,
  orgOn,
  run,
} from "../../../support/submitting.js";

beforeEach(() => {
  vi.useFakeTimers();
});
const posts = (api: FakeCollection) => api.requests.filter((request) => request === "POST /invoices").length;

describe("a chunk", () => {
  it.each([400, 401, 408, 409, 413, 422, 429, 499, 500, 501, 502, 503, 504, 505, 507, 520, 524])(
    "that was accepted is not sent again after %i",
    async (status) => {
      const api = new FakeCollection({ fault: onWrites({ kind: "status", status, after: true }) });
      const { outcomes, error } = await run(api, invoices(2));
      expect(error).toBeUndefined();
      expectExactlyOnce(api, invoices(2), outcomes);
      expect(posts(api)).toBe(1);
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
      expect(posts(api)).toBe(2);
      expect(api.accepted).toHaveLength(1);
      expectExactlyOnce(api, invoices(1), outcomes);
      expect(outcomes).toMatchObject([{ status: "accepted", batchId: "batch-1", invoiceId: "invoice-1" }]);
    },
  );

  it("that ends with 409 is looked up, again after a delay", async () => {
    const api = new FakeCollection({ listDelay: 1_000, fault: onWrites(undefined, { kind: "status", status: 409 }) });
    await run(api, invoices(1));
    await vi.advanceTimersByTimeAsync(60_000);
    const { outcomes } = await run(api, invoices(1), { visibilityDelay: 1_500 });
    expect(outcomes).toMatchObject([{ status: "exists", batchId: undefined, invoiceId: "invoice-1" }]);
    expect(api.accepted).toHaveLength(1);
  });

  it("is unknown if its first request was ambiguous and the second ends with a fatal error", async () => {
    // A Date has whole seconds.
    const start = new Date().toISOString().slice(0, 16);
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
    expect(api.requests.every((request) => request === "GET /batches")).toBe(true);
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
      { status: "exists", batchId: "batch-1", invoiceId: "invoice-2" },
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
    expect(byStatus(outcomes, "unknown").length).toBe(outcomes.length - api.accepted.length);
  });

  it("is not sent when another one ends the run during its backoff", async () => {
    const faults = onWrites(undefined, { kind: "refuse connection" }, { kind: "status", status: 403 });
    const api = new FakeCollection({ fault: faults });
    vi.spyOn(Math, "random").mockReturnValue(1);
    const { outcomes, error } = await run(api, invoices(3), { chunkSize: 1, concurrency: 2 });
    expect(error).toMatchObject({ status: 403 });
    expect(outcomes.toSorted((a, b) => a.key.localeCompare(b.key))).toMatchObject([
      { status: "accepted" },
      { status: "unknown", sent: false },
      { status: "unknown", sent: true },
    ]);
    expect(posts(api)).toBe(3);
  });

  it("counts refused tokens only in a row", async () => {
    const refused: Fault = { kind: "status", status: 401 };
    const failed: Fault = { kind: "status", status: 500 };
    const api = new FakeCollection({ fault: onWrites(refused, failed, refused) });
    const { outcomes, error } = await run(api, invoices(1));
    expect(error).toBeUndefined();
    expectExactlyOnce(api, invoices(1), outcomes);
  });

  it("is not looked up if its batch is a success that names no items", async () => {
    const api = new FakeCollection({ batchesNameItems: false });
    const { outcomes } = await run(api, invoices(2));
    expect(byStatus(outcomes, "accepted")).toHaveLength(2);
    expect(api.requests).not.toContain("GET /invoices");
  });

  describe("that is rejected", () => {
    const rejects = () => "no debtor";
    const refused: FakeOptions["fault"] = ({ method }) =>
      method === "POST" ? { kind: "status", status: 422 } : undefined;

    /** When the invoice was looked up, in ms after its last request. */
    async function looks(options: FakeOptions, other?: string) {
      const api = new FakeCollection(options);
      const times: number[] = [];
      let sentAt = 0;
      const fetch: typeof api.fetch = async (url, init) => {
        if (init.method === "POST") {
          sentAt = Date.now();
          if (other !== undefined)
            await api.fetch(url, { ...init, body: JSON.stringify({ invoices: [{ uniqueSourceInvoiceId: other }] }) });
        }
        if (url.includes("/invoices?")) times.push(Date.now() - sentAt);
        return api.fetch(url, init);
      };
      const { outcomes } = await run({ fetch }, invoices(1), { visibilityDelay: 60_000 });
      expect(outcomes).toMatchObject([{ status: "rejected" }]);
      return times;
    }

    it("by a status is looked up at once and after the delay before it counts", async () => {
      const times = await looks({ fault: refused });
      expect(times.at(0)).toBeLessThan(10_000);
      expect(times.at(-1)).toBeGreaterThanOrEqual(60_000);
    });

    it("by its batch is looked up, also after the delay if another batch since then may have it", async () => {
      expect((await looks({ rejects })).at(-1)).toBeLessThan(10_000);
      expect((await looks({ rejects }, "other")).at(-1)).toBeGreaterThanOrEqual(60_000);
    });

    it("by a batch that does not name it is looked up after the delay", async () => {
      const partial = {
        batchesNameItems: false,
        rejects: ({ uniqueSourceInvoiceId = "" }) => (uniqueSourceInvoiceId === "source-0" ? "no debtor" : undefined),
      };
      const api = new FakeCollection(partial);
      const start = Date.now();
      const { outcomes } = await run(api, invoices(2), { visibilityDelay: 60_000 });
      expectExactlyOnce(api, invoices(2), outcomes);
      expect(byStatus(outcomes, "rejected")).toEqual(["source-0"]);
      expect(Date.now() - start).toBeGreaterThanOrEqual(60_000);
    });
  });

  it("is sent at most five times, and is unknown then", async () => {
    const api = new FakeCollection({
      fault: ({ method }) => (method === "POST" ? { kind: "status", status: 500 } : undefined),
    });
    const { outcomes, error } = await run(api, invoices(2));
    expect(error).toBeUndefined();
    expect(outcomes).toMatchObject([
      { status: "unknown", sent: true, reason: { status: 500 } },
      { status: "unknown", sent: true },
    ]);
    expect(posts(api)).toBe(5);
  });

  it("is sent at most five times if its batches do not exist", async () => {
    const api = new FakeCollection();
    const fetch: typeof api.fetch = async (url, init) => {
      if (init.method !== "POST") return api.fetch(url, init);
      api.requests.push("POST /invoices");
      return Response.json({ data: { batchId: `nowhere-${posts(api)}` } }, { status: 202 });
    };
    const { outcomes } = await run({ fetch }, invoices(1), { visibilityDelay: 10_000 });
    expect(outcomes).toMatchObject([{ status: "unknown", sent: true }]);
    expect(posts(api)).toBeLessThanOrEqual(5);
  });

  it("is not sent again after five ambiguous failures, also if it is divided in between", async () => {
    const failed: Fault = { kind: "status", status: 500 };
    const refused: Fault = { kind: "status", status: 400 };
    const faults = [failed, failed, failed, failed, refused, failed, failed, failed, failed];
    const count = new Map<string, number>();
    const api = new FakeCollection();
    const fault = onWrites(undefined, ...faults);
    const fetch: typeof api.fetch = async (url, init) => {
      const next = fault({ method: String(init.method) });
      for (const [, key = ""] of init.method === "POST" ? String(init.body).matchAll(/"(source-\d+)"/g) : []) {
        count.set(key, (count.get(key) ?? 0) + 1);
      }
      return next?.kind === "status" ? Response.json({}, { status: next.status }) : api.fetch(url, init);
    };
    await run({ fetch }, invoices(4), { chunkSize: 2, concurrency: 1, visibilityDelay: 1_000 });
    // One was refused.
    expect(Math.max(...count.values())).toBe(6);
  });

  it("is unknown if it is missing after the delay and afterDelay says so", async () => {
    const api = new FakeCollection({ fault: onWrites({ kind: "close before processing" }) });
    const { outcomes } = await run(api, invoices(1), { afterDelay: "unknown" });
    expect(outcomes).toMatchObject([{ status: "unknown", sent: true, reason: { code: "connection_failed" } }]);
    expect(posts(api)).toBe(1);
  });

  it("waits by default two minutes before it is sent again", async () => {
    const times: number[] = [];
    const api = new FakeCollection({ fault: onWrites({ kind: "close before processing" }) });
    const fetch: typeof api.fetch = (url, init) => {
      if (init.method === "POST") times.push(Date.now());
      return api.fetch(url, init);
    };
    await run({ fetch }, invoices(1));
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(120_000);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeLessThan(130_000);
  });

  it("that is refused is divided by ten, in order", async () => {
    const sizes: number[] = [];
    const api = new FakeCollection();
    const fetch: typeof api.fetch = (url, init) => {
      if (init.method !== "POST") return api.fetch(url, init);
      const { invoices: sent } = JSON.parse(String(init.body));
      sizes.push(sent.length);
      return /"source-42"/.test(String(init.body))
        ? Promise.resolve(Response.json({}, { status: 413 }))
        : api.fetch(url, init);
    };
    const { outcomes } = await run({ fetch }, invoices(100));
    expectExactlyOnce(api, invoices(100), outcomes);
    expect(byStatus(outcomes, "rejected")).toEqual(["source-42"]);
    expect(sizes).toEqual([100, ...Array(10).fill(10), ...Array(10).fill(1)]);
  });

  it("ends the run after ten refusals while nothing is accepted", async () => {
    const api = new FakeCollection({
      fault: ({ method }) => (method === "POST" ? { kind: "status", status: 400 } : undefined),
    });
    const { outcomes, error } = await run(api, invoices(300));
    expect(error).toMatchObject({ status: 400 });
    // The next part is sent at the moment of the tenth refusal.
    expect(posts(api)).toBeLessThanOrEqual(11);
    expect(outcomes).toHaveLength(100);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["unknown"]));
  });

  it("has one request in flight, also when it is divided", async () => {
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

  it("that was divided follows one part to its outcome when the other ends the run", async () => {
    const api = new FakeCollection({
      fault: onWrites({ kind: "status", status: 400 }, { kind: "status", status: 403 }),
    });
    const { outcomes, error } = await run(api, invoices(2));
    expect(error).toMatchObject({ status: 403 });
    // The requests of a chunk follow one another.
    expect(outcomes).toMatchObject([
      { status: "unknown", sent: true },
      { status: "accepted", invoiceId: "invoice-1" },
    ]);
  });

  it("is not sent when another ends the run while the journal is written", async () => {
    const journal = memoryJournal();
    const write = async (records: readonly JournalRecord[]) => {
      if (records.some(({ key, state }) => key === "source-2" && state === "sending")) {
        await new Promise((resolve) => setTimeout(resolve, 5_000));
      }
      await journal.write(records);
    };
    const api = new FakeCollection({ fault: onWrites(undefined, { kind: "status", status: 403, ms: 4_000 }) });
    const options = { chunkSize: 1, concurrency: 2, journal: { ...journal, write } };
    const { outcomes } = await run(api, invoices(5), options);
    expect(posts(api)).toBe(2);
    expect(outcomes.find(({ key }) => key === "source-2")).toMatchObject({ status: "unknown", sent: false });
    const records = journal.lines.map((line): JournalRecord => JSON.parse(line));
    expect(records.filter(({ key }) => key === "source-2").at(-1)).toMatchObject({ state: "notSent" });
    // The items after it are not in the journal at all.
    expect(records.filter(({ key }) => key > "source-2")).toEqual([]);
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

  it("is divided if an item is invalid, and the parts do not wait for each other's batches", async () => {
    const picky = new FakeCollection({ batchTime: 10_000 });
    const fetch: typeof picky.fetch = (url, init) =>
      init.method === "POST" && /source-\d*[05]"/.test(String(init.body))
        ? Promise.resolve(Response.json({}, { status: 400 }))
        : picky.fetch(url, init);
    const { outcomes, error } = await run({ fetch }, invoices(40), { maxWait: 60_000, visibilityDelay: 1_000 });
    expect(error).toBeUndefined();
    expect(byStatus(outcomes, "rejected")).toHaveLength(8);
    expectExactlyOnce(picky, invoices(40), outcomes);
  });

  it("waits for Retry-After, also longer than the longest timer", async () => {
    const api = new FakeCollection({ fault: onWrites({ kind: "status", status: 429, retryAfter: 9_999_999 }) });
    const { error } = await run(api, invoices(1), { maxWait: 600_000 });
    expect(error).toMatchObject({ code: "submit_timeout" });
    expect(posts(api)).toBe(1);
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
