import { getEventListeners } from "node:events";
import {
  Amili,
  ApiError,
  AuthenticationError,
  ConfigurationError,
  type Journal,
  type SubmitOptions,
} from "amili-client";
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
    "that was answered %i although it was taken is not sent again",
    async (status) => {
      const api = new FakeCollection({ fault: first({ kind: "status", status, after: true }) });
      const { outcomes, error } = await run(api, invoices(2));
      expect(error).toBeUndefined();
      expectExactlyOnce(api, invoices(2), outcomes);
      expect(api.requests.filter((request) => request === "POST /invoices")).toHaveLength(1);
    },
  );

  // The client gives up after 5 s. The first request arrives after 6, when the second is under way already.
  const overtaken: Fault[] = [
    { kind: "late", ms: 6_000 },
    { kind: "late", ms: 2_000 },
  ];

  it.each<[string, FakeOptions]>([
    ["a duplicate by its batch", { fault: onWrites(...overtaken) }],
    ["a duplicate where lists tell little", { fault: onWrites(...overtaken), filters: false, listsSourceIds: false }],
    ["wrong", { fault: onWrites({ kind: "late", ms: 6_000 }, { kind: "status", status: 422, ms: 2_000 }) }],
    ["a conflict", { fault: onWrites({ kind: "late", ms: 6_000 }, { kind: "status", status: 409, ms: 2_000 }) }],
  ])("that was sent again and is called %s then is there", async (_, options) => {
    const api = new FakeCollection({ unique: true, ...options });
    const { outcomes } = await run(api, invoices(1), { visibilityDelay: 0 });
    expect(api.requests.filter((request) => request === "POST /invoices")).toHaveLength(2);
    expect(api.accepted).toHaveLength(1);
    expectExactlyOnce(api, invoices(1), outcomes);
  });

  it("that meets a conflict is looked for, and once more after a while", async () => {
    const api = new FakeCollection({ listDelay: 1_000, fault: onWrites(undefined, { kind: "status", status: 409 }) });
    await run(api, invoices(1));
    const { outcomes } = await run(api, invoices(1), { visibilityDelay: 1_500 });
    expect(outcomes).toMatchObject([{ status: "accepted", invoiceId: "invoice-1" }]);
    expect(api.accepted).toHaveLength(1);
  });

  it("may have arrived, as far as anybody knows, also where a second one was refused for good", async () => {
    const begun = new Date().toISOString();
    const api = new FakeCollection({
      fault: onWrites({ kind: "close before processing" }, { kind: "status", status: 403 }),
    });
    const { outcomes, error } = await run(api, invoices(1), { visibilityDelay: 30_000 });
    expect(error).toMatchObject({ status: 403 });
    expect(outcomes).toMatchObject([{ status: "unknown", sent: true, lookUp: expect.stringContaining(begun) }]);
  });

  it.each([301, 302, 307])("that was answered %i may have arrived", async (status) => {
    const api = new FakeCollection({ fault: onWrites({ kind: "status", status }) });
    const { outcomes, error } = await run(api, invoices(1));
    expect(error).toMatchObject({ status });
    expect(outcomes).toMatchObject([{ status: "unknown", sent: true }]);
  });

  it("may have arrived where something of the user's failed after it", async () => {
    const api = new FakeCollection();
    const amili = new Amili({ accessToken: "T", fetch: api.fetch });
    amili.debtCollection.http.use({
      onResponse() {
        throw new Error("mine");
      },
    });
    const outcomes: unknown[] = [];
    const reading = (async () => {
      for await (const one of amili.debtCollection.organization("org").invoices.submit(invoices(1))) outcomes.push(one);
    })();
    await expect(reading).rejects.toThrow("mine");
    expect(outcomes).toMatchObject([{ status: "unknown", sent: true }]);
  });

  it("whose answer names no batch is looked for", async () => {
    const api = new FakeCollection();
    const fetch: typeof api.fetch = async (url, init) => {
      const answer = await api.fetch(url, init);
      return init.method === "POST" ? Response.json({ data: {} }, { status: 202 }) : answer;
    };
    const { outcomes, error } = await run({ fetch }, invoices(1));
    expect(error).toBeUndefined();
    expectExactlyOnce(api, invoices(1), outcomes);
  });

  it("is given up where no token is taken any more", async () => {
    const api = new FakeCollection({ fault: () => ({ kind: "status", status: 401 }) });
    const { outcomes, error } = await run(api, invoices(1));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(outcomes).toMatchObject([{ status: "unknown", sent: false }]);
    expect(api.requests).toHaveLength(6);
  });

  it("whose batch took a part and does not say which is looked for once more after a while", async () => {
    const api = new FakeCollection({
      batchesNameItems: false,
      listDelay: 2_000,
      rejects: ({ uniqueSourceInvoiceId }) => (uniqueSourceInvoiceId === "source-1" ? "bad" : undefined),
    });
    const { outcomes } = await run(api, invoices(3), { visibilityDelay: 5_000 });
    expectExactlyOnce(api, invoices(3), outcomes);
    // What the batch says of others is not told.
    expect(outcomes.find(({ key }) => key === "source-1")).toMatchObject({ reason: { batchStatus: "PARTIAL" } });
    expect(outcomes.find(({ key }) => key === "source-1")).not.toHaveProperty("reason.failed");
  });

  it("whose batch is a success and names some of its items only is looked for", async () => {
    const api = new FakeCollection();
    const fetch: typeof api.fetch = async (url, init) => {
      const answer = await api.fetch(url, init);
      if (!/batches\/batch-1$/.test(url)) return answer;
      const { data } = await answer.json();
      return Response.json({ data: { ...data, succeeded: data.succeeded.slice(0, 1) } });
    };
    const { outcomes } = await run({ fetch }, invoices(2));
    expect(outcomes).toMatchObject([
      { status: "accepted", invoiceId: "invoice-1" },
      { status: "accepted", invoiceId: "invoice-2" },
    ]);

    const lying: typeof api.fetch = async (url, init) =>
      /\/invoices\?/.test(url) ? Response.json({ data: [] }) : fetch(url, init);
    api.batches.length = 0;
    const { outcomes: doubtful } = await run({ fetch: lying }, invoices(2), { visibilityDelay: 0 });
    expect(doubtful.map(({ status }) => status)).toEqual(["accepted", "unknown"]);
  });

  it("waits for a batch that does not show at once", async () => {
    const api = new FakeCollection({ batchDelay: 3_000 });
    const { outcomes, error } = await run(api, invoices(2));
    expect(error).toBeUndefined();
    expectExactlyOnce(api, invoices(2), outcomes);
  });

  it("is followed to its end when another one ends the run", async () => {
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

  it("is not sent when another one has ended the run while it waited", async () => {
    let posts = 0;
    const api = new FakeCollection({
      fault: ({ method }) => {
        if (method !== "POST") return undefined;
        return ++posts === 1 ? { kind: "status", status: 429, retryAfter: 50 } : { kind: "status", status: 403 };
      },
    });
    const begun = Date.now();
    const { outcomes, error } = await run(api, invoices(2), { chunkSize: 1, concurrency: 2 });
    expect(error).toMatchObject({ status: 403 });
    expect(Date.now() - begun).toBeLessThan(40_000);
    expect(outcomes).toMatchObject([
      { status: "unknown", sent: false },
      { status: "unknown", sent: false },
    ]);
    expect(posts).toBe(2);
  });

  it("bears other faults before a token that is refused", async () => {
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
    ["FAILED", () => "bad"],
  ])("whose batch is a %s and names nothing is not looked for", async (_, rejects) => {
    const api = new FakeCollection({ batchesNameItems: false, rejects });
    const { outcomes } = await run(api, invoices(2));
    expectExactlyOnce(api, invoices(2), outcomes);
    expect(api.requests.filter((request) => request === "GET /invoices")).toEqual([]);
  });

  it("has one request under way at a time, also when it is parted", async () => {
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

  it("that was parted follows one part to its end where another ends the run", async () => {
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

  it("keeps two of one number apart, which the batch could not tell", async () => {
    const input = invoices(2).map((invoice) => ({ ...invoice, invoiceNumber: "same" }));
    const api = new FakeCollection({
      rejects: ({ uniqueSourceInvoiceId }) => (uniqueSourceInvoiceId === "source-1" ? "bad" : undefined),
    });
    const { outcomes } = await run(api, input);
    expectExactlyOnce(api, input, outcomes);
    expect(api.batches).toHaveLength(2);
  });

  it("is parted where one spoils it, and the parts do not wait for each other's batches", async () => {
    const picky = new FakeCollection({ batchTime: 10_000 });
    const fetch: typeof picky.fetch = (url, init) =>
      init.method === "POST" && /source-\d*[05]"/.test(String(init.body))
        ? Promise.resolve(Response.json({}, { status: 400 }))
        : picky.fetch(url, init);
    const { outcomes, error } = await run({ fetch }, invoices(100), { maxWait: 30_000 });
    expect(error).toBeUndefined();
    expect(byStatus(outcomes, "rejected")).toHaveLength(20);
    expectExactlyOnce(picky, invoices(100), outcomes);
  });

  it("waits as long as it is told, also longer than a timer can", async () => {
    const api = new FakeCollection({ fault: () => ({ kind: "status", status: 429, retryAfter: 9_999_999 }) });
    const { error } = await run(api, invoices(1), { maxWait: 60_000 });
    expect(error).toMatchObject({ code: "submit_timeout" });
    expect(api.requests).toHaveLength(1);
  });

  it("leaves neither timers nor listeners, nor goes on, when the reader leaves", async () => {
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

  it.each([{ visibilityDelay: 2 ** 31 }, { maxRetries: -1 }, { timeout: 0 }, { signal: 5 }])(
    "cannot have %j",
    async (options) => {
      const api = new FakeCollection();
      const { outcomes, error } = await run(api, invoices(1), options as SubmitOptions);
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(outcomes).toEqual([]);
      expect(api.requests).toEqual([]);
    },
  );

  it("many at once make nobody warn of a leak", async () => {
    const warn = vi.spyOn(process, "emitWarning");
    const controller = new AbortController();
    const api = new FakeCollection({ batchTime: 5_000 });
    await run(api, invoices(40), { chunkSize: 1, concurrency: 40, signal: controller.signal });
    expect(warn).not.toHaveBeenCalled();
  });
});
