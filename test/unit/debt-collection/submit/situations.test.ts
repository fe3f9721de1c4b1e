import { Amili, type Fetch, type Outcome } from "amili-client";
import type { InvoiceInput } from "amili-client/debt-collection";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeCollection, type Fault } from "../../../support/fake-collection.js";
import { status, stubFetch } from "../../../support/stub.js";
import { collect, invoices, memoryJournal, orgOn, run } from "../../../support/submitting.js";

/** Situations that users get into, each across several parts of submit. */

beforeEach(() => {
  vi.useFakeTimers();
});
const HOUR = 3_600_000;

/** The responses of lists, with each entry changed. */
function withEntries(api: FakeCollection, path: RegExp, change: (entry: Record<string, unknown>) => object) {
  const fetch: Fetch = async (url, init) => {
    const response = await api.fetch(url, init);
    if (init.method !== "GET" || !response.ok || !path.test(new URL(url).pathname)) return response;
    const body = (await response.json()) as { data: Record<string, unknown> | Record<string, unknown>[] };
    const data = Array.isArray(body.data) ? body.data.map(change) : change(body.data);
    return Response.json({ ...body, data }, { headers: response.headers });
  };
  return { fetch };
}

/** The response to the first POST is lost after the request was processed. */
const losesFirstResponse = () => {
  let posts = 0;
  return ({ method }: { method: string }): Fault | undefined =>
    method === "POST" && ++posts === 1 ? { kind: "close after processing" } : undefined;
};

const countsOf = (outcomes: Outcome<unknown>[]) => {
  const counts: Record<string, number> = {};
  for (const { status } of outcomes) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

const idsSent = (api: FakeCollection) => api.accepted.map(({ uniqueSourceInvoiceId }) => uniqueSourceInvoiceId);

describe("sends nothing twice, and everything once", () => {
  it("existing: lookup does not send an invoice that the filtered list shows, however old it is", async () => {
    const api = new FakeCollection({ listsSourceIds: false });
    await run(api, invoices(2));
    await vi.advanceTimersByTimeAsync(25 * HOUR);
    await run(api, invoices(2), { existing: "lookup" });
    expect(idsSent(api)).toEqual(["source-0", "source-1"]);
  });

  it("an invoice that the filtered list shows with its number in another form is not sent again", async () => {
    const api = new FakeCollection({ listsSourceIds: false, batchesNameItems: false, fault: losesFirstResponse() });
    const other = withEntries(api, /invoices$/, ({ invoiceNumber, ...entry }) => ({
      ...entry,
      invoiceNumber: String(invoiceNumber).replace("number-", ""),
    }));
    await run(other, invoices(2));
    expect(idsSent(api)).toEqual(["source-0", "source-1"]);
  });

  it.each([-HOUR, HOUR])(
    "an open batch is waited for if createdAt differs by %i ms from the Date of responses, as local time does",
    async (offset) => {
      const api = new FakeCollection({ batchTime: 300_000, fault: losesFirstResponse() });
      const shifted = withEntries(api, /batches(\/.*)?$/, ({ createdAt, ...entry }) => ({
        ...entry,
        createdAt: new Date(Date.parse(String(createdAt)) + offset).toISOString(),
      }));
      await run(shifted, invoices(2));
      expect(idsSent(api)).toEqual(["source-0", "source-1"]);
    },
  );

  it("an open batch is waited for if the host was suspended after the first response", async () => {
    const suspended = 600_000;
    let offset = 0;
    const api = new FakeCollection({
      batchTime: 300_000,
      fault({ method }) {
        if (method !== "POST" || offset > 0) return undefined;
        offset = suspended;
        return { kind: "close after processing" };
      },
    });
    const shift = (time: unknown) => new Date(Date.parse(String(time)) + offset);
    const shifted = withEntries(api, /batches(\/.*)?$/, ({ createdAt, ...entry }) => ({
      ...entry,
      createdAt: shift(createdAt).toISOString(),
    }));
    const fetch: Fetch = async (url, init) => {
      const response = await shifted.fetch(url, init);
      const headers = new Headers(response.headers);
      headers.set("date", shift(headers.get("date")).toUTCString());
      return new Response(response.body, { status: response.status, headers });
    };
    await run({ fetch }, invoices(2));
    expect(idsSent(api)).toEqual(["source-0", "source-1"]);
  });

  it("a source that reuses one object sends each invoice once", async () => {
    const api = new FakeCollection();
    const row: InvoiceInput = {};
    await run(
      api,
      (function* () {
        for (const invoice of invoices(3)) yield Object.assign(row, invoice);
      })(),
    );
    expect(idsSent(api)).toEqual(["source-0", "source-1", "source-2"]);
  });

  it("a source that reuses one object sends each payment once", async () => {
    const api = new FakeCollection();
    const row = { invoiceId: "", amount: 0 };
    const payments = (function* () {
      for (const amount of [1, 2, 3]) yield Object.assign(row, { invoiceId: `invoice-${amount}`, amount });
    })();
    await collect(orgOn(api).payments.submit(payments));
    expect(api.payments.map(({ amount }) => amount)).toEqual([1, 2, 3]);
  });

  it("an invoice is sent as it was when its key was read", async () => {
    let reads = 0;
    const api = new FakeCollection();
    const invoice = {
      get uniqueSourceInvoiceId() {
        return `source-${++reads}`;
      },
    };
    const { outcomes } = await run(api, [invoice]);
    expect(idsSent(api)).toEqual(outcomes.map(({ key }) => key));
  });
});

describe("ends, and not without need", () => {
  it("ends within an hour if the token service is down from the start", async () => {
    const { fetch } = stubFetch(() => status(503));
    const amili = new Amili({ clientId: "id", clientSecret: "secret", fetch });
    const start = Date.now();
    const { error } = await collect(
      amili.debtCollection.organization("org").invoices.submit(invoices(1)),
      () => Date.now() - start > 3 * HOUR,
    );
    expect(error).toBeInstanceOf(Error);
  });

  it("an id that cannot be looked up is rejected alone, before anything is sent", async () => {
    const api = new FakeCollection({ batchesNameItems: false, fault: losesFirstResponse() });
    const input = [...invoices(3), { uniqueSourceInvoiceId: "\ud800", invoiceNumber: "number-x" }];
    const { outcomes, error } = await run(api, input, { journal: memoryJournal() });
    expect(error).toBeUndefined();
    expect(countsOf(outcomes)).toEqual({ exists: 3, rejected: 1 });
  });

  it("a list that is filtered but has no source ids settles what a killed process sent", async () => {
    const api = new FakeCollection({ listsSourceIds: false });
    await run(api, invoices(1));
    const journal = memoryJournal({
      key: "source-0",
      state: "sending",
      since: new Date(Date.now() - 1_000).toISOString(),
    });
    const { outcomes } = await run(api, invoices(1), { journal });
    expect(countsOf(outcomes)).not.toHaveProperty("unknown");
  });

  it("a repeated page token ends the reading after a few tries", async () => {
    const api = new FakeCollection({ fault: losesFirstResponse() });
    let reads = 0;
    const fetch: Fetch = async (url, init) => {
      const { pathname } = new URL(url);
      if (init.method !== "GET" || !pathname.endsWith("/batches")) return api.fetch(url, init);
      reads++;
      return Response.json({ summary: { status: "SUCCESS", nextPageToken: "same" }, data: [] });
    };
    await run({ fetch }, invoices(1));
    expect(reads).toBeLessThan(100);
  });

  it("a rate limit of one request a second leaves no invoice unknown", async () => {
    let second = 0;
    let requests = 0;
    const api = new FakeCollection({
      batchTime: 1_000,
      fault() {
        const now = Math.floor(Date.now() / 1_000);
        requests = now === second ? requests + 1 : 1;
        second = now;
        return requests > 1 ? { kind: "status", status: 429, retryAfter: 1 } : undefined;
      },
    });
    const { outcomes } = await run(api, invoices(200), { chunkSize: 10 });
    expect(countsOf(outcomes)).toEqual({ accepted: 200 });
  });
});
