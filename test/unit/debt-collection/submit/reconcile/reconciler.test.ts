import type { JournalRecord } from "amili-client";
import type { InvoiceInput } from "amili-client/debt-collection";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeCollection, type FakeOptions } from "../../../../support/fake-collection.js";
import {
  byStatus,
  expectExactlyOnce,
  expectNoContradiction,
  invoices,
  memoryJournal,
  onWrites,
  run,
} from "../../../../support/submitting.js";

beforeEach(() => {
  vi.useFakeTimers();
});
/** The first request is processed without a response. */
const lost = (): FakeOptions => ({ fault: onWrites({ kind: "close after processing" }) });
/** The first request is not processed. */
const unprocessed = (): FakeOptions => ({ fault: onWrites({ kind: "close before processing" }) });

const HOUR = 60 * 60_000;

/** The same server; the first write does not arrive. */
function losingFirst(api: FakeCollection): Pick<FakeCollection, "fetch"> {
  let isFirst = true;
  return {
    fetch(url, init) {
      if (!isFirst || init.method !== "POST") return api.fetch(url, init);
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
  ])("without a source's id is identified by its number, if the list has %s", async (_, options) => {
    for (const first of [lost, unprocessed]) {
      const api = new FakeCollection({ ...options, ...first(), batchesNameItems: false });
      const { outcomes } = await run(api, invoices(2), { visibilityDelay: 1_000 });
      expectExactlyOnce(api, invoices(2), outcomes);
    }
  });

  it("with neither a source's id nor a number makes the outcome unknown", async () => {
    const api = new FakeCollection({ ...lost(), listsSourceIds: false });
    const { outcomes } = await run(api, unnumbered(2), { visibilityDelay: 1_000 });
    expect(outcomes.map(({ status }) => status)).toEqual(["unknown", "unknown"]);
    expect(api.accepted).toHaveLength(2);
  });

  describe("whose list has no source's ids", () => {
    const options = (): FakeOptions => ({ ...lost(), listsSourceIds: false, batchesNameItems: false });
    const SAME = invoices(2).map((invoice) => ({ ...invoice, invoiceNumber: "same" }));

    it("makes the outcome unknown if two items that were read have its number", async () => {
      const api = new FakeCollection(options());
      const { outcomes } = await run(api, SAME, { visibilityDelay: 1_000 });
      expect(outcomes.find(({ key }) => key === "source-0")).toMatchObject({ status: "unknown", sent: true });
      expect(api.accepted).toHaveLength(2);
    });

    it("makes the outcome unknown if two listed invoices have its number", async () => {
      const api = new FakeCollection({ ...options(), filters: false });
      const other = async (url: string) =>
        api.fetch(url, { method: "POST", body: JSON.stringify({ invoices: [{ ...SAME[1] }] }) });
      let isFirst = true;
      const fetch: typeof api.fetch = async (url, init) => {
        const response = api.fetch(url, init);
        if (init.method === "POST" && isFirst) {
          isFirst = false;
          await other(url);
        }
        return response;
      };
      const { outcomes } = await run({ fetch }, SAME.slice(0, 1), { visibilityDelay: 1_000 });
      expect(outcomes).toMatchObject([{ status: "unknown", sent: true }]);
    });

    it("sends no invoice twice if its number is stored in another case", async () => {
      const api = new FakeCollection(options());
      const fetch: typeof api.fetch = async (url, init) => {
        const response = await api.fetch(url, init);
        if (!url.includes("/invoices?")) return response;
        return new Response((await response.text()).replaceAll("number-", "NUMBER-"), response);
      };
      const { outcomes } = await run({ fetch }, invoices(3), { visibilityDelay: 1_000 });
      expectNoContradiction(api, invoices(3), outcomes);
    });

    it("sends no invoice twice if the filter also finds longer ids", async () => {
      const api = new FakeCollection({
        listsSourceIds: false,
        batchesNameItems: false,
        filters: "by prefix",
        rejects: ({ uniqueSourceInvoiceId }) => (uniqueSourceInvoiceId === "source-0" ? "no debtor" : undefined),
      });
      await run(api, [{ uniqueSourceInvoiceId: "source-00", invoiceNumber: "other" }]);
      await vi.advanceTimersByTimeAsync(HOUR);
      let isFirst = true;
      const fetch: typeof api.fetch = async (url, init) => {
        const response = await api.fetch(url, init);
        if (init.method !== "POST" || !isFirst) return response;
        isFirst = false;
        throw new TypeError("fetch failed");
      };
      await run({ fetch }, invoices(3), { visibilityDelay: 1_000 });
      expect(api.accepted).toHaveLength(3);
    });

    it("identifies a resumed item, if the filter takes whole ids", async () => {
      const api = new FakeCollection(options());
      const record: JournalRecord = { key: "source-0", state: "sending", since: new Date().toISOString() };
      await run(api, invoices(1));
      const { outcomes } = await run(api, invoices(1), { journal: memoryJournal(record), visibilityDelay: 1_000 });
      expect(outcomes).toMatchObject([{ status: "exists" }]);
      expect(api.accepted).toHaveLength(1);
    });
  });

  it.each<[string, string]>([
    ["INV-1", "inv-1"],
    ["Ægir", "ægir"],
  ])("whose id differs in case only makes the outcome unknown: %s, %s", async (listed, own) => {
    const api = new FakeCollection({ filters: false });
    await run(api, [{ uniqueSourceInvoiceId: listed }]);
    await vi.advanceTimersByTimeAsync(HOUR);
    const { outcomes } = await run(losingFirst(api), [{ uniqueSourceInvoiceId: own }], { visibilityDelay: 1_000 });
    expect(outcomes).toMatchObject([{ status: "unknown", sent: true }]);
    expect(api.accepted).toHaveLength(1);
  });

  it("whose id differs in case only may have been sent, also if it is looked up first", async () => {
    const api = new FakeCollection({ filters: false });
    await run(api, [{ uniqueSourceInvoiceId: "INV-1" }]);
    await vi.advanceTimersByTimeAsync(HOUR);
    const { outcomes } = await run(api, [{ uniqueSourceInvoiceId: "inv-1" }], { existing: "lookup" });
    expect(outcomes).toMatchObject([{ status: "unknown", sent: true, lookUp: expect.not.stringContaining("Nothing") }]);
  });

  it.each<[string, string]>([
    ["trimmed", " source-0 "],
    ["in another normal form", "cafe\u0301"],
  ])("is found if the API stores its id %s", async (_, id) => {
    const api = new FakeCollection({ ...lost(), filters: false, batchesNameItems: false });
    const fetch: typeof api.fetch = (url, init) =>
      api.fetch(
        url,
        init.body ? { ...init, body: String(init.body).normalize("NFC").replaceAll(/" | "/g, '"') } : init,
      );
    const input: InvoiceInput[] = [{ uniqueSourceInvoiceId: id }];
    const { outcomes } = await run({ fetch }, input, { visibilityDelay: 1_000 });
    expect(outcomes).toMatchObject([{ status: "exists", key: id.normalize("NFC").trim() }]);
    expect(api.accepted).toHaveLength(1);
  });

  it.each([{ filters: false }, { filters: true }])("with another number is another invoice: %j", async (options) => {
    const api = new FakeCollection({ ...unprocessed(), ...options, listsSourceIds: false });
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

  it("that is slightly older and has the same number is another invoice by the server's clock only", async () => {
    for (const sendsDate of [true, false]) {
      const api = new FakeCollection({ filters: false, listsSourceIds: false, batchesNameItems: false, sendsDate });
      await run(api, [{ uniqueSourceInvoiceId: "reminder", invoiceNumber: "number-0" }]);
      await vi.advanceTimersByTimeAsync(HOUR);
      const { outcomes } = await run(losingFirst(api), invoices(1), { visibilityDelay: 1_000 });
      expect(outcomes).toMatchObject([{ status: sendsDate ? "accepted" : "unknown" }]);
      expect(api.accepted).toHaveLength(sendsDate ? 2 : 1);
    }
  });

  it("that is slightly older is no proof if our clock is behind the server's, which sends no Date", async () => {
    const api = new FakeCollection({
      filters: false,
      listsSourceIds: false,
      batchesNameItems: false,
      sendsDate: false,
      clockLag: -2 * HOUR,
    });
    await run(api, [{ uniqueSourceInvoiceId: "reminder", invoiceNumber: "number-0" }]);
    await vi.advanceTimersByTimeAsync(HOUR);
    const { outcomes } = await run(losingFirst(api), invoices(1), { visibilityDelay: 1_000 });
    expect(outcomes).toMatchObject([{ status: "unknown", sent: true }]);
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
    const api = new FakeCollection({ ...lost(), filters: false, batchesNameItems: false });
    const { outcomes } = await run(api, invoices(5), { visibilityDelay: 8_000 });
    expectExactlyOnce(api, invoices(5), outcomes);
    const lists = api.requests.filter((request) => request === "GET /invoices").length;
    expect(lists).toBeGreaterThan(0);
    expect(lists).toBeLessThan(5);
  });

  it("is not considered missing because a response had no list", async () => {
    const api = new FakeCollection({ ...lost(), batchTime: 10_000 });
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

  it("that cannot be identified and may be newer makes the outcome unknown", async () => {
    const api = new FakeCollection({ filters: false, listsSourceIds: false, sendsDate: false });
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
    for (const sendsDate of [true, false]) {
      for (const clockLag of [20 * 60_000, -20 * 60_000, 12 * HOUR]) {
        const api = new FakeCollection({ ...lost(), clockLag, sendsDate, batchTime: 5_000 });
        const { outcomes } = await run(api, invoices(2), { visibilityDelay: 0 });
        expectExactlyOnce(api, invoices(2), outcomes);
      }
    }
  });

  it("accept an item by the number that they name, with the batch", async () => {
    const api = new FakeCollection(lost());
    const { outcomes } = await run(api, invoices(2));
    expect(outcomes).toMatchObject([
      { status: "accepted", batchId: "batch-1", invoiceId: "invoice-1" },
      { status: "accepted", batchId: "batch-1", invoiceId: "invoice-2" },
    ]);
    expect(api.requests).not.toContain("GET /batches/batch-1");
  });

  it("accept no item by a number that two items have", async () => {
    const api = new FakeCollection(lost());
    const same = invoices(2).map((invoice) => ({ ...invoice, invoiceNumber: "same" }));
    const { outcomes } = await run(api, same);
    expectExactlyOnce(api, same, outcomes);
    expect(outcomes.find(({ key }) => key === "source-0")).toMatchObject({ status: "exists" });
  });

  it.each<[string, FakeOptions, number]>([
    ["seconds", {}, 3_000],
    ["an hour, while the server's time is unknown", { sendsDate: false }, HOUR],
  ])("accept no item by its number that are older by %s", async (_, options, age) => {
    const api = new FakeCollection({ ...options, batchTime: 0 });
    await run(api, [{ uniqueSourceInvoiceId: "reminder", invoiceNumber: "number-0" }]);
    await vi.advanceTimersByTimeAsync(age - (Date.now() - Date.parse(api.batches[0]?.createdAt ?? "")));
    const { outcomes } = await run(losingFirst(api), invoices(1), { visibilityDelay: 1_000 });
    const accepted = api.accepted.map(({ uniqueSourceInvoiceId }) => uniqueSourceInvoiceId);
    expect(accepted).toEqual(expect.arrayContaining(byStatus(outcomes, "accepted")));
  });

  it("are read without a page size if the API refuses it", async () => {
    const api = new FakeCollection(lost());
    const fetch: typeof api.fetch = async (url, init) =>
      url.includes("PageSize") ? Response.json({}, { status: 400 }) : api.fetch(url, init);
    const { outcomes, error } = await run({ fetch }, invoices(1));
    expect(error).toBeUndefined();
    expectExactlyOnce(api, invoices(1), outcomes);
  });

  it("that stay open for ten minutes leave the item unknown", async () => {
    const api = new FakeCollection({ ...lost(), batchTime: 24 * HOUR });
    const start = Date.now();
    const { outcomes } = await run(api, invoices(1), { visibilityDelay: 30_000 });
    expect(outcomes).toMatchObject([{ status: "unknown", sent: true }]);
    expect(Date.now() - start).toBeGreaterThan(600_000);
    expect(Date.now() - start).toBeLessThan(900_000);
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
    [true, ["5", "10"]],
    [false, ["5", "10", "15", "20", "25", "30"]],
  ])("are read up to the first older one if they are newest first: %s", async (newestFirst, atMost) => {
    const api = new FakeCollection({ newestFirst, pageSize: 5, batchesNameItems: false });
    for (const invoice of invoices(30)) {
      await run(api, [invoice]);
      await vi.advanceTimersByTimeAsync(HOUR);
    }
    const tokens = new Set<string>();
    let isFirst = true;
    const fetch: typeof api.fetch = async (url, init) => {
      const response = await api.fetch(url, init);
      const token = new URL(url).searchParams.get("PageToken");
      if (token !== null) tokens.add(token);
      if (init.method !== "POST" || !isFirst) return response;
      isFirst = false;
      throw new TypeError("fetch failed");
    };
    const { outcomes } = await run({ fetch }, [{ uniqueSourceInvoiceId: "last" }], { visibilityDelay: 0 });
    expect(byStatus(outcomes, "exists")).toEqual(["last"]);
    // One page is prefetched.
    expect(atMost).toEqual(expect.arrayContaining([...tokens]));
    expect(tokens.has("30")).toBe(!newestFirst);
  });
});

describe("the delay", () => {
  /** Loses two requests of two chunks in turn; the first one shows late. Gives the times of the writes. */
  async function timesOfWrites(listDelay: number, visibilityDelay: number) {
    const times: number[] = [];
    const api = new FakeCollection({
      listDelay,
      batchesNameItems: false,
      fault: onWrites({ kind: "close after processing" }, { kind: "close before processing" }),
    });
    const fetch: typeof api.fetch = (url, init) => {
      if (init.method === "POST") times.push(Date.now());
      return api.fetch(url, init);
    };
    const { outcomes } = await run({ fetch }, invoices(2), { chunkSize: 1, concurrency: 1, visibilityDelay });
    expectExactlyOnce(api, invoices(2), outcomes);
    return times;
  }

  it("is never less than three times the longest one after which an item was seen", async () => {
    const [, lost = 0, resent = 0] = await timesOfWrites(50_000, 60_000);
    expect(resent - lost).toBeGreaterThan(3 * 45_000);
    const [, again = 0, soon = 0] = await timesOfWrites(0, 60_000);
    expect(soon - again).toBeLessThan(70_000);
  });

  it("starts again when a batch that may have the item has ended", async () => {
    const api = new FakeCollection({ ...lost(), batchTime: 90_000, listDelay: 50_000, batchesNameItems: false });
    const { outcomes } = await run(api, invoices(1), { visibilityDelay: 60_000 });
    expect(outcomes).toMatchObject([{ status: "exists" }]);
    expect(api.accepted).toHaveLength(1);
  });

  it("is waited out by all items of a submit together", async () => {
    // Eight chunks wait at most for each one in flight.
    const faults = Array.from({ length: 8 }, () => ({ kind: "close before processing" }) as const);
    const api = new FakeCollection({ fault: onWrites(undefined, ...faults) });
    const start = Date.now();
    const { outcomes } = await run(api, invoices(9), { chunkSize: 1, concurrency: 1 });
    expectExactlyOnce(api, invoices(9), outcomes);
    expect(Date.now() - start).toBeLessThan(180_000);
    expect(api.requests.filter((request) => request === "GET /batches").length).toBeLessThan(60);
  });
});
