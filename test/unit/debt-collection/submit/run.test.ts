import { ApiError, BatchError, ConfigurationError, type Progress, type SubmitOptions } from "amili-client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeCollection, type FakeOptions, type Fault } from "../../../support/fake-collection.js";
import { settle } from "../../../support/stub.js";
import {
  byStatus,
  expectExactlyOnce,
  invoices,
  memoryJournal,
  onWrites,
  orgOn,
  run,
} from "../../../support/submitting.js";

const NO_PROGRESS = {
  read: 0,
  inFlight: 0,
  waiting: 0,
  reconciling: 0,
  accepted: 0,
  exists: 0,
  rejected: 0,
  unknown: 0,
};

beforeEach(() => {
  vi.useFakeTimers();
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

  it("reads the batches before it sends anything", async () => {
    const api = new FakeCollection();
    await run(api, invoices(1));
    expect(api.requests.slice(0, 2)).toEqual(["GET /batches", "POST /invoices"]);
  });

  it("reads and sends nothing if no item is valid or the journal knows all", async () => {
    const api = new FakeCollection();
    const journal = memoryJournal({ key: "source-0", state: "accepted" });
    const { outcomes } = await run(api, [...invoices(1), { invoiceNumber: "nameless" }], { journal });
    expect(outcomes.map(({ status }) => status)).toEqual(["accepted", "rejected"]);
    expect(api.requests).toEqual([]);
  });

  it("sends nothing if the organization cannot be read", async () => {
    const api = new FakeCollection({ fault: () => ({ kind: "status", status: 403 }) });
    const { outcomes, error } = await run(api, invoices(3), { chunkSize: 1 });
    expect(error).toMatchObject({ status: 403 });
    expect(outcomes).toMatchObject([{ status: "unknown", sent: false, reason: error }]);
    expect(new Set(api.requests)).toEqual(new Set(["GET /batches"]));
  });

  it("tells times by the server's clock", async () => {
    const journal = memoryJournal();
    const api = new FakeCollection({ clockLag: 3_600_000 });
    await run(api, invoices(1), { journal });
    const since = Date.parse(JSON.parse(journal.lines[0] ?? "").since);
    expect(Math.abs(since - (api.batches[0] ? Date.parse(api.batches[0].createdAt) : 0))).toBeLessThan(1_500);
  });

  it("sends one chunk until the API has accepted a request, then as many as concurrency", async () => {
    let [now, first, most] = [0, 0, 0];
    const api = new FakeCollection();
    const fetch: typeof api.fetch = async (url, init) => {
      if (init.method !== "POST") return api.fetch(url, init);
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      now--;
      if (++first <= 3) return Response.json({}, { status: 500 });
      if (first === 4) expect(most).toBe(1);
      return api.fetch(url, init);
    };
    const { outcomes } = await run({ fetch }, invoices(20), { chunkSize: 1, concurrency: 3, visibilityDelay: 0 });
    expectExactlyOnce(api, invoices(20), outcomes);
    expect(most).toBe(3);
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
    // A chunk is read when another one has its batch.
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
    expect(byStatus(outcomes, "rejected").toSorted()).toEqual(["source-3", "source-7"]);
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
      { uniqueSourceInvoiceId: " a" },
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

  it("divides a chunk to find the invalid invoice", async () => {
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
    const first = (fault: Fault) => onWrites(fault);

    it("finds the invoices that were processed, and sends none again", async () => {
      const api = new FakeCollection({ fault: first({ kind: "close after processing" }) });
      const { outcomes } = await run(api, invoices(5));
      expectExactlyOnce(api, invoices(5), outcomes);
      expect(api.requests.filter((request) => request === "POST /invoices")).toHaveLength(1);
      expect(outcomes[0]).toMatchObject({ status: "accepted", batchId: "batch-1", invoiceId: "invoice-1" });
    });

    it("finds the invoices in the list if their batch does not name them", async () => {
      const api = new FakeCollection({ fault: first({ kind: "close after processing" }), batchesNameItems: false });
      const { outcomes } = await run(api, invoices(5));
      expectExactlyOnce(api, invoices(5), outcomes);
      expect(outcomes[0]).toMatchObject({ status: "exists", batchId: undefined, invoiceId: "invoice-1" });
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
        fault: onWrites(undefined, { kind: "close before processing" }),
      });
      const before = await run(api, invoices(3), { chunkSize: 3 });
      expect(before.outcomes).toHaveLength(3);
      const after = invoices(6).slice(3);
      const { outcomes } = await run(api, after, { visibilityDelay: 0 });
      expect(byStatus(outcomes, "accepted")).toEqual(["source-3", "source-4", "source-5"]);
      expect(api.accepted).toHaveLength(6);
    });
  });

  it("sends again without a lookup after a refused connection, as often as it takes", async () => {
    const api = new FakeCollection({ fault: onWrites(...Array<Fault>(6).fill({ kind: "refuse connection" })) });
    const { outcomes } = await run(api, invoices(3));
    expectExactlyOnce(api, invoices(3), outcomes);
    expect(api.requests.slice(0, 8)).toEqual(["GET /batches", ...Array(7).fill("POST /invoices")]);
  });

  it.each<[string, Fault]>([
    ["429", { kind: "status", status: 429, retryAfter: 2 }],
    ["503 with Retry-After", { kind: "status", status: 503, retryAfter: 2 }],
    ["401", { kind: "status", status: 401 }],
    ["422", { kind: "status", status: 422 }],
    ["500", { kind: "status", status: 500 }],
  ])("sends again after %s only when the API's lists did not show the invoice", async (_, fault) => {
    for (const after of [{}, { after: true as const }]) {
      const api = new FakeCollection({ fault: onWrites({ ...fault, ...after } as Fault) });
      const { outcomes, error } = await run(api, invoices(2));
      expect(error).toBeUndefined();
      expectExactlyOnce(api, invoices(2), outcomes);
      const writes = api.requests.flatMap((request, i) => (request === "POST /invoices" ? [i] : []));
      const between = api.requests.slice((writes[0] ?? 0) + 1, writes[1]);
      expect(between).toEqual(expect.arrayContaining(["GET /batches"]));
      if (!("after" in after)) expect(between).toContain("GET /invoices");
      else expect(writes).toHaveLength(1);
    }
  });

  it("ends at a fatal error, which is thrown after the outcomes", async () => {
    let posts = 0;
    const api = new FakeCollection({
      fault: ({ method }) => (method === "POST" && posts++ > 0 ? { kind: "status", status: 403 } : undefined),
    });
    const { outcomes, error } = await run(api, invoices(6), { chunkSize: 2, concurrency: 1 });
    expect(error).toBeInstanceOf(ApiError);
    expect(outcomes.filter(({ status }) => status === "unknown")).toMatchObject([
      { key: "source-2", sent: true, lookUp: expect.stringContaining("batches.list()"), reason: { status: 403 } },
      { key: "source-3", sent: true },
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

  it("waits ten minutes for a batch without maxWait, and does not end because of it", async () => {
    const api = new FakeCollection({ batchTime: 550_000 });
    const { outcomes, error } = await run(api, invoices(2), { chunkSize: 1, concurrency: 1 });
    expect(error).toBeUndefined();
    expectExactlyOnce(api, invoices(2), outcomes);

    const slow = () => new FakeCollection({ batchTime: 650_000 });
    const limited = await run(slow(), invoices(1));
    expect(limited.error).toBeUndefined();
    expect(limited.outcomes).toMatchObject([
      { status: "unknown", sent: true, batchId: "batch-1", reason: { code: "batch_timeout" } },
    ]);
    const unlimited = await run(slow(), invoices(1), { maxWait: 700_000 });
    expect(unlimited.outcomes).toMatchObject([{ status: "accepted" }]);
  });

  it("limits each chunk to an hour without maxWait", async () => {
    const journal = { ...memoryJournal(), write: () => new Promise<never>(() => {}) };
    const { outcomes, error } = await run(new FakeCollection(), invoices(1), { journal });
    expect(error).toMatchObject({ code: "submit_timeout", message: expect.stringContaining("3600000 ms") });
    expect(outcomes).toMatchObject([{ status: "unknown", sent: false, reason: error }]);
  });

  it("passes timeout to each request", async () => {
    const api = new FakeCollection({ fault: onWrites({ kind: "late", ms: 3_000 }) });
    const { outcomes } = await run(api, invoices(1), { timeout: 1_000 });
    expectExactlyOnce(api, invoices(1), outcomes);
    // The request was given up, and processed all the same.
    expect(api.requests.filter((request) => request === "GET /batches").length).toBeGreaterThan(2);
  });

  it("refuses invalid options before anything is sent", async () => {
    const api = new FakeCollection();
    const { outcomes, error } = await run(api, invoices(1), { settle: 5 } as unknown as SubmitOptions);
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

  it("gives all outcomes or their counts, once", async () => {
    const api = new FakeCollection({
      rejects: ({ invoiceNumber }) => (invoiceNumber === "number-1" ? "no" : undefined),
    });
    const submission = orgOn(api).invoices.submit(invoices(3));
    expect(await settle(submission.summary())).toEqual({ accepted: 2, exists: 0, rejected: 1, unknown: 0 });
    await expect(submission.toArray()).rejects.toMatchObject({ code: "invalid_argument" });
    expect(await settle(orgOn(api).invoices.submit([]).toArray())).toEqual([]);
  });

  it("looks invoices up before it sends them, with existing", async () => {
    const api = new FakeCollection();
    await run(api, invoices(3));
    await vi.advanceTimersByTimeAsync(60_000);
    api.requests.length = 0;
    const { outcomes } = await run(api, invoices(5), { existing: "lookup" });
    expectExactlyOnce(api, invoices(5), outcomes);
    expect(byStatus(outcomes, "exists").toSorted()).toEqual(["source-0", "source-1", "source-2"]);
    expect(outcomes.find(({ key }) => key === "source-1")).toMatchObject({ invoiceId: "invoice-2" });
    expect(api.batches.map((batch) => batch.invoices.length)).toEqual([3, 2]);
    // One probes whether the server applies the filter.
    expect(api.requests.filter((request) => request === "GET /invoices")).toHaveLength(6);
  });

  describe("while a batch is open", () => {
    const post = (api: FakeCollection, count: number) =>
      api.fetch("https://api/orgs/org/invoices", {
        method: "POST",
        body: JSON.stringify({ invoices: invoices(count) }),
      });

    it("waits with existing until it has ended", async () => {
      const api = new FakeCollection({ batchTime: 90_000 });
      await post(api, 2);
      const { outcomes } = await run(api, invoices(2), { existing: "lookup" });
      expectExactlyOnce(api, invoices(2), outcomes);
      expect(api.batches).toHaveLength(1);
    });

    it("reads the lists with existing in a reasonable number of requests", async () => {
      const api = new FakeCollection({ batchTime: 90_000 });
      await post(api, 10);
      await run(api, invoices(10), { existing: "lookup" });
      expect(api.requests.length).toBeLessThan(500);
    });

    it("reads the lists without a visibilityDelay in a reasonable number of requests", async () => {
      const api = new FakeCollection({ batchTime: 90_000, fault: onWrites({ kind: "close after processing" }) });
      await run(api, invoices(10), { visibilityDelay: 0 });
      expect(api.requests.length).toBeLessThan(500);
    });
  });

  describe("onProgress", () => {
    it("reports where the items are", async () => {
      const reports: Progress[] = [];
      const api = new FakeCollection({ fault: onWrites({ kind: "close before processing" }) });
      await run(api, invoices(5), { chunkSize: 3, onProgress: (progress) => void reports.push(progress) });
      expect(reports[0]).toMatchObject({ read: 1, waiting: 1 });
      expect(reports).toContainEqual(expect.objectContaining({ read: 3, inFlight: 3, reconciling: 0 }));
      expect(reports).toContainEqual(expect.objectContaining({ read: 3, inFlight: 0, reconciling: 3, waiting: 0 }));
      for (const { read, inFlight, waiting, reconciling, ...outcomes } of reports) {
        const settled = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
        expect(inFlight + waiting + reconciling + settled).toBe(read);
      }
      expect(reports.at(-1)).toEqual({ ...NO_PROGRESS, read: 5, accepted: 5 });
    });

    it.each<[string, SubmitOptions, unknown[], FakeOptions, Partial<Progress>]>([
      [
        "the journal knows",
        { journal: memoryJournal({ key: "source-0", state: "accepted" }) },
        invoices(1),
        {},
        { accepted: 1 },
      ],
      ["are invalid", {}, [{}], {}, { rejected: 1 }],
      [
        "were in flight at the end",
        {},
        invoices(1),
        { fault: onWrites({ kind: "status", status: 403 }) },
        { unknown: 1 },
      ],
    ])("reports the outcomes of items that %s", async (_, options, items, server, expected) => {
      const reports: Progress[] = [];
      const onProgress = (progress: Progress) => void reports.push(progress);
      await run(new FakeCollection(server), items as ReturnType<typeof invoices>, { ...options, onProgress });
      expect(reports.at(-1)).toEqual({ ...NO_PROGRESS, read: 1, ...expected });
    });
  });

  describe("idempotencyKey", () => {
    /** A server that lists the batches of a key. */
    function keyedServer(options: FakeOptions = {}) {
      const api = new FakeCollection(options);
      const keys: (string | null)[] = [];
      const batches = new Map<string, string>();
      const fetch: typeof api.fetch = async (url, init) => {
        const wanted = new URL(url).searchParams.get("IdempotencyKey");
        if (wanted !== null) {
          const all = (await (await api.fetch(url, init)).json()) as { data: { batchId: string }[] };
          return Response.json({ data: all.data.filter(({ batchId }) => batches.get(batchId) === wanted) });
        }
        if (init.method !== "POST") return api.fetch(url, init);
        const key = new Headers(init.headers).get("Idempotency-Key");
        keys.push(key);
        try {
          return await api.fetch(url, init);
        } finally {
          const [batch] = api.batches.slice(-1);
          if (batch && !batches.has(batch.batchId)) batches.set(batch.batchId, String(key));
        }
      };
      return { api, fetch, keys };
    }
    const idempotencyKey = { header: "Idempotency-Key" };

    it("is sent with each chunk, and finds its batch after an ambiguous failure", async () => {
      const server = keyedServer({ fault: onWrites({ kind: "close after processing" }), batchesNameItems: false });
      const { outcomes } = await run(server, invoices(4), { chunkSize: 2, idempotencyKey });
      expectExactlyOnce(server.api, invoices(4), outcomes);
      expect(byStatus(outcomes, "accepted")).toHaveLength(4);
      expect(new Set(server.keys).size).toBe(2);
      expect(server.api.requests).not.toContain("GET /invoices");
    });

    it("is the same when a chunk is sent again, and another one for a part of it", async () => {
      const resent = keyedServer({
        fault: onWrites({ kind: "close before processing" }, { kind: "refuse connection" }),
      });
      await run(resent, invoices(2), { idempotencyKey });
      expect(resent.keys).toHaveLength(3);
      expect(new Set(resent.keys).size).toBe(1);
      const divided = keyedServer({ fault: onWrites({ kind: "status", status: 422 }) });
      await run(divided, invoices(2), { idempotencyKey });
      expect(new Set(divided.keys).size).toBe(3);
    });

    it("is not sent by default", async () => {
      const server = keyedServer();
      await run(server, invoices(1));
      expect(server.keys).toEqual([null]);
    });
  });

  it("sends each chunk of those that wait for reconciliation without a slot of concurrency", async () => {
    // The second to fourth request fail, and each of their chunks waits for two minutes.
    const lost: Fault = { kind: "close before processing" };
    const api = new FakeCollection({ fault: onWrites(undefined, lost, lost, lost) });
    const times: number[] = [];
    const fetch: typeof api.fetch = (url, init) => {
      if (init.method === "POST") times.push(Date.now());
      return api.fetch(url, init);
    };
    const start = Date.now();
    const { outcomes } = await run({ fetch }, invoices(8), { chunkSize: 1, concurrency: 1 });
    expectExactlyOnce(api, invoices(8), outcomes);
    expect(times).toHaveLength(11);
    expect((times[7] ?? 0) - start, "all first requests").toBeLessThan(60_000);
    expect((times[10] ?? 0) - start, "all requests").toBeLessThan(180_000);
  });
});
