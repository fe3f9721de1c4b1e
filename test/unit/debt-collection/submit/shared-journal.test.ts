import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FakeCollection, type FakeOptions } from "../../../support/fake-collection.js";
import { expectExactlyOnce, invoices, memoryJournal, onWrites, run } from "../../../support/submitting.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A journal that other submits write to at the same time. */
const sharedJournal = ({ isAccepting = false } = {}, ...records: unknown[]) =>
  Object.assign(memoryJournal(...records), {
    shared: { recordedBatches: async () => [], isAccepting: () => isAccepting },
  });

it("waits the whole delay for an item that another submit sent after this one started", async () => {
  const [first, second] = invoices(2);
  const journal = sharedJournal();
  const api = new FakeCollection();
  async function* claimLate() {
    if (first) yield first;
    await sleep(100_000);
    // Another submit sent it now, and its request is processed in a minute.
    await journal.write([
      { key: second?.uniqueSourceInvoiceId ?? "", state: "sending", since: new Date().toISOString() },
    ]);
    void sleep(60_000).then(() =>
      api.fetch("https://x/orgs/org/invoices", { method: "POST", body: JSON.stringify({ invoices: [second] }) }),
    );
    if (second) yield second;
  }
  const { outcomes, error } = await run(api, claimLate(), { journal, chunkSize: 1, visibilityDelay: 120_000 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(error).toBeUndefined();
  expectExactlyOnce(api, invoices(2), outcomes);
});

it.each<[string, boolean, string[]]>([
  ["is not", false, ["accepted", "accepted"]],
  ["is", true, ["unknown", "unknown"]],
])("proves nothing by numbers if the journal %s shared", async (_, isShared, statuses) => {
  const options: FakeOptions = { fault: onWrites({ kind: "close after processing" }), listsSourceIds: false };
  const journal = isShared ? sharedJournal() : memoryJournal();
  const { outcomes } = await run(new FakeCollection(options), invoices(2), { journal, visibilityDelay: 1_000 });
  expect(outcomes.map(({ status }) => status)).toEqual(statuses);
});

it.each<[string, boolean, string[]]>([
  ["has not accepted items lately", false, ["unknown"]],
  ["has", true, ["rejected"]],
])("takes refusals for errors of the items if the API %s", async (_, isAccepting, statuses) => {
  const api = new FakeCollection({
    fault: ({ method }) => (method === "POST" ? { kind: "status", status: 422 } : undefined),
  });
  const journal = sharedJournal({ isAccepting });
  const { outcomes } = await run(api, invoices(12), { journal, visibilityDelay: 1_000 });
  expect([...new Set(outcomes.map(({ status }) => status))]).toEqual(statuses);
});
