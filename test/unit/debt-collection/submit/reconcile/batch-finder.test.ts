import { describe, expect, it } from "vitest";
import { BatchFinder } from "../../../../../src/debt-collection/submit/reconcile/batch-finder.js";
import { ServerClock } from "../../../../../src/debt-collection/submit/reconcile/server-clock.js";
import { clientWith, json, type Sent } from "../../../../support/stub.js";
import { inFlightItem } from "../../../../support/submitting.js";

const SINCE = new Date("2026-01-01T12:00:00Z");
const NEW = "2026-01-01T12:00:01Z";
const OLD = "2026-01-01T11:59:00Z";

/** Looks for the batch of the key "mine" on a server that lists batches as given. */
function finderOn(batchesOf: (key: string | null) => { batchId: string; createdAt?: string }[]) {
  const list = ({ url }: Sent) => json({ data: batchesOf(url.searchParams.get("IdempotencyKey")) });
  const { org, sent } = clientWith({}, list);
  const clock = new ServerClock();
  clock.set(new Response(null, { headers: { date: SINCE.toUTCString() } }));
  const finder = new BatchFinder(org.batches, clock);
  const { signal } = new AbortController();
  const find = (idempotencyKey: string | undefined = "mine") =>
    finder.find([inFlightItem({ since: SINCE, idempotencyKey })], { signal });
  return { finder, find, sent };
}

const onlyMine =
  (...batches: { batchId: string; createdAt?: string }[]) =>
  (key: string | null) =>
    key === "mine" ? batches : [];

describe("BatchFinder", () => {
  it("finds the batch of an idempotency key, after a probe whether the server applies the filter", async () => {
    const { find, sent } = finderOn(onlyMine({ batchId: "batch-1", createdAt: NEW }));
    expect(await find()).toBe("batch-1");
    expect(await find()).toBe("batch-1");
    const keys = sent.map(({ url }) => url.searchParams.get("IdempotencyKey"));
    expect(keys).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), "mine", "mine"]);
  });

  it.each<[string, Parameters<typeof finderOn>[0]]>([
    ["no batch has the key", () => []],
    ["the server ignores the filter", () => [{ batchId: "other", createdAt: NEW }]],
    [
      "several batches have the key",
      onlyMine({ batchId: "batch-1", createdAt: NEW }, { batchId: "batch-2", createdAt: NEW }),
    ],
    ["the batch is older than the request", onlyMine({ batchId: "batch-1", createdAt: OLD })],
  ])("finds none if %s", async (_, batchesOf) => {
    expect(await finderOn(batchesOf).find()).toBeUndefined();
  });

  it("reads nothing for items without a key, or without items", async () => {
    const { find, finder, sent } = finderOn(() => []);
    expect(await finder.find([inFlightItem()], { signal: new AbortController().signal })).toBeUndefined();
    expect(await finder.find([], { signal: new AbortController().signal })).toBeUndefined();
    expect(sent).toEqual([]);
    expect(await find()).toBeUndefined();
    expect(sent).not.toEqual([]);
  });
});
