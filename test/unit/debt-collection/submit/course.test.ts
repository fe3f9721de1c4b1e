import { ApiError } from "amili-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeCollection, type Trouble } from "../../../support/fake-collection.js";
import { byStatus, expectTrue, invoices, run } from "../../../support/submitting.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const first =
  (trouble: Trouble) =>
  ({ count }: { count: number }) =>
    count === 1 ? trouble : undefined;

describe("a chunk", () => {
  it.each([408, 499, 500, 501, 502, 504, 505, 507, 520, 524])(
    "that was answered %i although it was taken is not sent again",
    async (status) => {
      const api = new FakeCollection({ trouble: first({ kind: "status", status, after: true }) });
      const { outcomes, error } = await run(api, invoices(2));
      expect(error).toBeUndefined();
      expectTrue(api, invoices(2), outcomes);
      expect(api.requests.filter((request) => request === "POST /invoices")).toHaveLength(1);
    },
  );

  it("that was sent again and is called a duplicate then is there", async () => {
    // Both arrive: the first when it was taken for lost.
    const api = new FakeCollection({ unique: true, batchTime: 60_000, trouble: first({ kind: "late", ms: 4_000 }) });
    const { outcomes } = await run(api, invoices(2), { settle: 0 }, 0);
    expect(byStatus(outcomes, "accepted")).toEqual(["source-0", "source-1"]);
    expectTrue(api, invoices(2), outcomes);
  });

  it("that meets a conflict is looked for once more after a while", async () => {
    let posts = 0;
    const api = new FakeCollection({
      lag: 1_000,
      trouble: ({ method }) => {
        if (method !== "POST") return undefined;
        return ++posts === 1 ? { kind: "close after" } : { kind: "status", status: 409 };
      },
    });
    const { outcomes } = await run(api, invoices(1), { settle: 1_500 });
    expect(posts).toBe(2);
    expectTrue(api, invoices(1), outcomes);
  });

  it("whose batch took a part and does not say which is looked for once more after a while", async () => {
    const api = new FakeCollection({
      tellsItems: false,
      lag: 2_000,
      rejects: ({ uniqueSourceInvoiceId }) => (uniqueSourceInvoiceId === "source-1" ? "bad" : undefined),
    });
    const { outcomes } = await run(api, invoices(3), { settle: 5_000 });
    expectTrue(api, invoices(3), outcomes);
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
    const { outcomes: doubtful } = await run({ fetch: lying }, invoices(2), { settle: 0 });
    expect(doubtful.map(({ status }) => status)).toEqual(["accepted", "unknown"]);
  });

  it("waits for a batch that does not show at once", async () => {
    const api = new FakeCollection({ batchLag: 3_000 });
    const { outcomes, error } = await run(api, invoices(2));
    expect(error).toBeUndefined();
    expectTrue(api, invoices(2), outcomes);
  });

  it("is followed to its end when another one ends the run", async () => {
    let posts = 0;
    const api = new FakeCollection({
      batchTime: 5_000,
      trouble: ({ method }) => (method === "POST" && ++posts === 3 ? { kind: "status", status: 403 } : undefined),
    });
    const { outcomes, error } = await run(api, invoices(10), { chunkSize: 2 });
    expect(error).toBeInstanceOf(ApiError);
    expect(byStatus(outcomes, "accepted").length).toBe(api.taken.length);
    expect(outcomes.filter(({ status }) => status === "unknown").every((one) => "sent" in one && !one.sent)).toBe(true);
  });

  it("is not sent when another one has ended the run while it waited", async () => {
    let posts = 0;
    const api = new FakeCollection({
      trouble: ({ method }) => {
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

  it("bears other troubles before a token that is refused", async () => {
    const api = new FakeCollection({
      trouble: ({ count }) =>
        count <= 6
          ? { kind: "status", status: 429, retryAfter: 0 }
          : count <= 8
            ? { kind: "status", status: 401 }
            : undefined,
    });
    const { outcomes, error } = await run(api, invoices(1));
    expect(error).toBeUndefined();
    expectTrue(api, invoices(1), outcomes);
  });

  it("is parted where one spoils it, and the parts do not wait for each other's batches", async () => {
    const picky = new FakeCollection({ batchTime: 10_000 });
    const fetch: typeof picky.fetch = (url, init) =>
      init.method === "POST" && /source-\d*[05]"/.test(String(init.body))
        ? Promise.resolve(Response.json({}, { status: 400 }))
        : picky.fetch(url, init);
    const { outcomes, error } = await run({ fetch }, invoices(100), { timeout: 30_000 });
    expect(error).toBeUndefined();
    expect(byStatus(outcomes, "rejected")).toHaveLength(20);
    expectTrue(picky, invoices(100), outcomes);
  });

  it("waits as long as it is told, also longer than a timer can", async () => {
    const api = new FakeCollection({ trouble: () => ({ kind: "status", status: 429, retryAfter: 9_999_999 }) });
    const { error } = await run(api, invoices(1), { timeout: 60_000 });
    expect(error).toMatchObject({ code: "submit_timeout" });
    expect(api.requests).toHaveLength(1);
  });

  it("many at once make nobody warn of a leak", async () => {
    const warn = vi.spyOn(process, "emitWarning");
    const controller = new AbortController();
    const api = new FakeCollection({ batchTime: 5_000 });
    await run(api, invoices(40), { chunkSize: 1, concurrency: 40, signal: controller.signal });
    expect(warn).not.toHaveBeenCalled();
  });
});
