import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeCollection, type FakeOptions } from "../../../support/fake-collection.js";
import { byStatus, expectExactlyOnce, invoices, onWrites, run } from "../../../support/submitting.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The first request is processed without a response. */
const lost: FakeOptions = { fault: ({ count }) => (count === 1 ? { kind: "close after processing" } : undefined) };
/** The first request is not processed. */
const unprocessed: FakeOptions = {
  fault: ({ count }) => (count === 1 ? { kind: "close before processing" } : undefined),
};

const HOUR = 60 * 60_000;

/** The same server; the first request does not arrive. */
function losingFirst(api: FakeCollection): Pick<FakeCollection, "fetch"> {
  let isFirst = true;
  return {
    fetch(url, init) {
      if (!isFirst) return api.fetch(url, init);
      isFirst = false;
      return Promise.reject(new TypeError("fetch failed"));
    },
  };
}

const unnumbered = (count: number) => invoices(count).map(({ invoiceNumber: _, ...invoice }) => invoice);

describe("a listed invoice", () => {
  it.each<[string, FakeOptions]>([
    ["no uniqueSourceInvoiceId", { listsSourceIds: false }],
    ["null for it", { listsSourceIds: "null" }],
  ])(
    "is identified by the filter, after a probe that the server applies it, if the list has %s",
    async (_, options) => {
      for (const first of [lost, unprocessed]) {
        const api = new FakeCollection({ ...options, ...first });
        const { outcomes } = await run(api, unnumbered(2), { visibilityDelay: 1_000 });
        expectExactlyOnce(api, unnumbered(2), outcomes);
      }
    },
  );

  it("causes one probe per run", async () => {
    const asked: string[] = [];
    const api = new FakeCollection({ ...lost, listsSourceIds: false });
    const fetch: typeof api.fetch = (url, init) => {
      asked.push(new URL(url).searchParams.get("UniqueSourceInvoiceId") ?? "");
      return api.fetch(url, init);
    };
    await run({ fetch }, unnumbered(3));
    expect(asked.filter((id) => /^[\da-f-]{36}$/.test(id))).toHaveLength(1);
  });

  it.each([{ filters: false }, { filters: true }])("with another number is another invoice: %j", async (options) => {
    const api = new FakeCollection({ ...unprocessed, ...options, listsSourceIds: false });
    const { outcomes } = await run(api, invoices(2), { visibilityDelay: 1_000 });
    expectExactlyOnce(api, invoices(2), outcomes);
  });

  it("that is older and has the same number is another invoice", async () => {
    const api = new FakeCollection({ filters: false, listsSourceIds: false });
    await run(api, [{ uniqueSourceInvoiceId: "reminder", invoiceNumber: "number-0" }]);
    await vi.advanceTimersByTimeAsync(25 * HOUR);
    const { outcomes } = await run(losingFirst(api), invoices(1), { visibilityDelay: 1_000 });
    expect(byStatus(outcomes, "accepted")).toEqual(["source-0"]);
    expect(api.accepted.map(({ uniqueSourceInvoiceId }) => uniqueSourceInvoiceId)).toEqual(["reminder", "source-0"]);
  });

  it("that is slightly older and has the same number makes the outcome unknown", async () => {
    const api = new FakeCollection({ filters: false, listsSourceIds: false });
    await run(api, [{ uniqueSourceInvoiceId: "reminder", invoiceNumber: "number-0" }]);
    await vi.advanceTimersByTimeAsync(HOUR);
    const { outcomes } = await run(losingFirst(api), invoices(1), { visibilityDelay: 1_000 });
    expect(outcomes).toMatchObject([{ status: "unknown", sent: true }]);
    expect(api.accepted).toHaveLength(1);
  });

  it("that matches the filter by prefix only is another invoice by its number", async () => {
    const api = new FakeCollection({ listsSourceIds: false, filters: "by prefix" });
    const input = [0, 1].map((n) => ({ uniqueSourceInvoiceId: n ? "a-1" : "a-10", invoiceNumber: `number-${n}` }));
    await run(api, input.slice(0, 1));
    const { outcomes } = await run(losingFirst(api), input.slice(1), { visibilityDelay: 1_000 });
    expect(byStatus(outcomes, "accepted")).toEqual(["a-1"]);
    expect(api.accepted).toHaveLength(2);
  });

  it("is found in the list of another one if the server ignores the filter", async () => {
    const api = new FakeCollection({ ...lost, filters: false });
    const { outcomes } = await run(api, invoices(5));
    expectExactlyOnce(api, invoices(5), outcomes);
    expect(api.requests.filter((request) => request === "GET /invoices")).toHaveLength(1);
  });

  it("is not considered missing because a response had no list", async () => {
    const api = new FakeCollection({ ...lost, batchTime: 10_000 });
    const unlisted = ["batches", "invoices", "batches", "invoices"];
    const fetch: typeof api.fetch = async (url, init) => {
      const response = await api.fetch(url, init);
      const [, list = ""] = /\/(batches|invoices)(?:\?.*)?$/.exec(url) ?? [];
      const at = init.method === "POST" ? -1 : unlisted.indexOf(list);
      return at !== -1 && unlisted.splice(at, 1) ? Response.json({}) : response;
    };
    const { outcomes } = await run({ fetch }, invoices(2), { visibilityDelay: 0 });
    expectExactlyOnce(api, invoices(2), outcomes);
  });

  it("that cannot be identified and is of the same hour makes the outcome unknown", async () => {
    const api = new FakeCollection({ filters: false, listsSourceIds: false });
    await run(api, [{ uniqueSourceInvoiceId: "theirs" }]);
    await vi.advanceTimersByTimeAsync(HOUR);
    const { outcomes, error } = await run(losingFirst(api), unnumbered(1), { visibilityDelay: 1_000 });
    expect(error).toBeUndefined();
    expect(outcomes).toMatchObject([
      { status: "unknown", sent: true, reason: { message: expect.stringContaining("do not show") } },
    ]);
    expect(api.accepted).toHaveLength(1);
  });
});

describe("the batches since a time", () => {
  it("are found although the clocks differ by hours", async () => {
    for (const clockLag of [20 * 60_000, -20 * 60_000, 12 * HOUR]) {
      const api = new FakeCollection({ ...lost, clockLag, batchTime: 5_000 });
      const { outcomes } = await run(api, invoices(2), { visibilityDelay: 0 });
      expectExactlyOnce(api, invoices(2), outcomes);
    }
  });

  it("that have ended are not requested", async () => {
    const api = new FakeCollection({ fault: onWrites(undefined, { kind: "close after processing" }) });
    await run(api, [{ uniqueSourceInvoiceId: "before" }]);
    api.requests.length = 0;
    const { outcomes } = await run(api, invoices(1));
    expect(byStatus(outcomes, "accepted")).toEqual(["source-0"]);
    expect(api.requests).toContain("GET /batches/batch-2");
    expect(api.requests).not.toContain("GET /batches/batch-1");
  });

  it("are waited for also on a page after older ones", async () => {
    const api = new FakeCollection({ pageSize: 1, batchTime: 60_000 });
    await run(api, [{ uniqueSourceInvoiceId: "old" }]);
    await vi.advanceTimersByTimeAsync(48 * HOUR);
    api.requests.length = 0;
    let posts = 0;
    const fetch: typeof api.fetch = async (url, init) => {
      const response = await api.fetch(url, init);
      if (init.method === "POST" && ++posts === 1) throw new TypeError("fetch failed");
      return response;
    };
    const { outcomes } = await run({ fetch }, invoices(1), { visibilityDelay: 0 });
    expect(byStatus(outcomes, "accepted")).toEqual(["source-0"]);
    expect(api.accepted).toHaveLength(2);
  });

  it.each([
    [true, 2],
    [false, 6],
  ])("are read up to the first older one if they are newest first: %s", async (newestFirst, pages) => {
    let posts = 0;
    const api = new FakeCollection({
      newestFirst,
      pageSize: 5,
      fault: ({ method }) => (method === "POST" && ++posts === 31 ? { kind: "close after processing" } : undefined),
    });
    for (const invoice of invoices(30)) {
      await run(api, [invoice]);
      await vi.advanceTimersByTimeAsync(HOUR);
    }
    await vi.advanceTimersByTimeAsync(48 * HOUR);
    api.requests.length = 0;
    const { outcomes } = await run(api, [{ uniqueSourceInvoiceId: "last" }], { visibilityDelay: 0 });
    expect(byStatus(outcomes, "accepted")).toEqual(["last"]);
    // One page is prefetched.
    expect(api.requests.filter((request) => request === "GET /batches").length).toBeLessThanOrEqual(pages + 1);
    expect(api.requests.filter((request) => request === "GET /batches").length).toBeGreaterThanOrEqual(pages);
  });
});
