import { ConnectionError } from "amili-client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { isObject, readPages } from "../../../../../src/debt-collection/submit/reconcile/list-reader.js";
import { clientWith, failure, json, networkError, type Reply, settle, status } from "../../../../support/stub.js";

beforeEach(() => void vi.useFakeTimers());
const page = (nextPageToken: string | null, ...ids: unknown[]) =>
  json({ summary: { nextPageToken }, data: ids.map((id) => (typeof id === "string" ? { batchId: id } : id)) });

/** Reads a list of batches from a server that responds as scripted. */
function read(...script: Reply[]) {
  const { org, sent } = clientWith({ maxRetries: 0 }, ...script);
  const { signal } = new AbortController();
  const pages: string[][] = [];
  const reading = (async () => {
    for await (const entries of readPages((options) => org.batches.list({}, options), { signal })) {
      pages.push(entries.map(({ batchId }) => batchId));
    }
    return pages;
  })();
  return { reading, pages, tokens: () => sent.map(({ url }) => url.searchParams.get("PageToken")) };
}

describe("readPages", () => {
  it("gives the pages of a list", async () => {
    const { reading } = read(page("2", "a", "b"), page(null, "c"));
    expect(await settle(reading)).toEqual([["a", "b"], ["c"]]);
  });

  it.each<[string, Reply]>([
    ["fails", networkError("ECONNRESET", "read")],
    ["ends with 500", status(500)],
    ["ends with 429", status(429, { "retry-after": "20" })],
    ["ends with 404, as a gateway may respond", status(404)],
    ["has no list", json({})],
    ["has null in place of the list", json({ data: null })],
    ["has no body", status(200)],
    ["is no JSON", new Response('{"summary":{', { headers: { "content-type": "application/json" } })],
  ])("reads a page again that %s, and none before it", async (_, reply) => {
    const { reading, tokens } = read(page("2", "a"), reply, page("3", "b"), page(null, "c"));
    expect(await settle(reading)).toEqual([["a"], ["b"], ["c"]]);
    expect(tokens()).toEqual([null, "2", "2", "3"]);
  });

  it("throws an error that all further reads would meet, after the pages before it", async () => {
    const { reading, pages } = read(page("2", "a"), ...Array.from({ length: 8 }, () => status(403)));
    await expect(settle(reading)).rejects.toMatchObject({ status: 403 });
    expect(pages).toEqual([["a"]]);
  });

  it("counts failures in a row only", async () => {
    const forbidden = () => [status(403), status(403), status(403)];
    const { reading } = read(...forbidden(), page("2", "a"), ...forbidden(), page(null, "b"));
    expect(await settle(reading)).toEqual([["a"], ["b"]]);
  });

  it("leaves out entries that are no objects", async () => {
    const { reading } = read(page(null, null, 7, "a"));
    expect(await settle(reading)).toEqual([["a"]]);
  });

  it("ends with the reason when the signal aborts during a wait", async () => {
    const { org } = clientWith({ maxRetries: 0 }, () => status(500));
    const controller = new AbortController();
    const { signal } = controller;
    setTimeout(() => controller.abort(new Error("enough")), 60_000);
    const pages = readPages((options) => org.batches.list({}, options), { signal });
    await expect(failure(pages.next(), Error)).resolves.toMatchObject({ message: "enough" });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("stops a prefetch when the consumer leaves", async () => {
    const never = ({ signal }: { signal: AbortSignal }) =>
      new Promise<Response>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const { org, sent } = clientWith({}, page("2", "a"), never);
    const { signal } = new AbortController();
    for await (const _ of readPages((options) => org.batches.list({}, options), { signal })) break;
    expect(sent.at(1)?.signal.aborted ?? true).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it("isObject tells objects from everything else", () => {
  expect([{}, [], null, 7, "text", undefined, ConnectionError].map(isObject)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});
