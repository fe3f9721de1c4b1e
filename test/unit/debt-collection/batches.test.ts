import { ApiError, BatchError, ConfigurationError, ConnectionError } from "amili-client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { clientWith, failure, hang, json, networkError, type Reply, settle, status } from "../../support/stub.js";

const batch = (state?: string, rest: object = {}) =>
  json({ summary: {}, data: { batchId: "b", status: state, ...rest } });

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
describe("waitFor polls until the status is final", () => {
  it.each(["SUCCESS", "PARTIAL", "FAILED"])(
    "%s is final, and the batch is returned as get returns it",
    async (state) => {
      const body = { succeeded: [{ invoiceId: "1" }], failed: [{ why: "x" }] };
      const { org, sent } = clientWith({}, batch("QUEUED"), batch(state, body));
      const finished = await settle(org.batches.waitFor("b"));
      expect(finished).toEqual({ summary: {}, data: { batchId: "b", status: state, ...body } });
      expect(sent.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual(
        Array(2).fill("GET /collection/v1/orgs/3fa85f64-5717-4562-b3fc-2c963f66afa6/batches/b"),
      );
    },
  );

  it.each(["QUEUED", "PROCESSING", "success", "NEW_ONE", "", undefined])("%s is not final", async (state) => {
    const { org, sent } = clientWith({}, batch(state), batch(state), batch("SUCCESS"));
    await settle(org.batches.waitFor("b"));
    expect(sent).toHaveLength(3);
  });

  it.each<[string, Reply]>([
    ["an empty response", status(200)],
    ["one without data", json({})],
    ["null", json(null)],
  ])("%s is not final", async (_, reply) => {
    const { org, sent } = clientWith({}, reply, batch("SUCCESS"));
    await settle(org.batches.waitFor("b"));
    expect(sent).toHaveLength(2);
  });

  it("with growing delays, up to ten seconds", async () => {
    const { org, sent } = clientWith({}, () => (sent.length < 12 ? batch("QUEUED") : batch("SUCCESS")));
    await settle(org.batches.waitFor("b"));
    const waits = sent.slice(1).map(({ at }, i) => at - (sent[i]?.at ?? 0));
    const expected = [500, 750, 1125, 1687, 2531, 3797, 5695, 8543, 10_000, 10_000, 10_000];
    for (const [i, wait] of waits.entries()) expect(Math.abs(wait - (expected[i] ?? 0))).toBeLessThanOrEqual(1);
    expect(waits).toHaveLength(11);
  });

  it("without a delay where the batch has finished", async () => {
    const start = Date.now();
    const { org } = clientWith({}, batch("SUCCESS"));
    await org.batches.waitFor("b");
    expect(Date.now()).toBe(start);
  });

  it("continues after a retryable failure", async () => {
    const { org, sent } = clientWith({}, batch("QUEUED"), status(503), networkError("ECONNRESET"), batch("SUCCESS"));
    await settle(org.batches.waitFor("b"));
    expect(sent).toHaveLength(4);
  });

  it("fails with any other failure", async () => {
    const { org, sent } = clientWith({}, batch("QUEUED"), status(403));
    expect(await failure(org.batches.waitFor("b"), ApiError)).toMatchObject({ status: 403 });
    expect(sent).toHaveLength(2);
    const other = clientWith({}, batch("QUEUED"), networkError("ECONNRESET"));
    await failure(other.org.batches.waitFor("b", { maxRetries: 0 }), ConnectionError);
    expect(other.sent).toHaveLength(2);
  });
});

describe("a batch that is not found", () => {
  it("is looked for again", async () => {
    const { org, sent } = clientWith({}, status(404), status(404), batch("QUEUED"), batch("SUCCESS"));
    expect((await settle(org.batches.waitFor("b"))).data.status).toBe("SUCCESS");
    expect(sent).toHaveLength(4);
  });

  it("for 30 seconds", async () => {
    const start = Date.now();
    const { org, sent } = clientWith({}, () => status(404));
    expect(await failure(org.batches.waitFor("b", { pollInterval: 1000 }), ApiError)).toMatchObject({ status: 404 });
    expect(Date.now() - start).toBe(30_000);
    expect(sent).toHaveLength(31);
  });

  it("but not after it was seen", async () => {
    const { org, sent } = clientWith({}, status(404), batch("QUEUED"), status(404));
    expect(await failure(org.batches.waitFor("b"), ApiError)).toMatchObject({ status: 404 });
    expect(sent).toHaveLength(3);
  });

  it("nor longer than maxWait", async () => {
    const { org } = clientWith({}, () => status(404));
    const error = await failure(org.batches.waitFor("b", { maxWait: 2000 }), BatchError);
    expect(error).toMatchObject({ code: "batch_timeout", status: undefined });
  });
});

it("pollInterval is a fixed delay", async () => {
  const { org, sent } = clientWith({}, () => (sent.length < 5 ? batch("QUEUED") : batch("SUCCESS")));
  await settle(org.batches.waitFor("b", { pollInterval: 70 }));
  expect(sent.map(({ at }) => at - (sent[0]?.at ?? 0))).toEqual([0, 70, 140, 210, 280]);
});

it("waitFor takes the batch id of a write", async () => {
  const { org } = clientWith({}, json({ data: { batchId: "b" } }, { status: 202 }), batch("QUEUED"), batch("PARTIAL"));
  const { data } = await org.invoices.create([]);
  expect((await settle(org.batches.waitFor(data.batchId))).data.status).toBe("PARTIAL");
});

describe("maxWait", () => {
  it.each([
    { options: { maxWait: 400 }, limit: 400 },
    { options: { maxWait: 1300 }, limit: 1300 },
    { options: {}, limit: 300_000 },
  ])("$options: a BatchError after $limit ms, with the last status", async ({ options, limit }) => {
    const start = Date.now();
    const { org, sent } = clientWith({}, () => batch("PROCESSING"));
    const error = await failure(org.batches.waitFor("b", options), BatchError);
    expect(error).toMatchObject({ code: "batch_timeout", batchId: "b", status: "PROCESSING" });
    expect(error.message).toContain("wait for it again");
    expect(Date.now() - start).toBe(limit);
    const requests = sent.length;
    await vi.advanceTimersByTimeAsync(100_000);
    expect(sent).toHaveLength(requests);
  });

  it("without any status", async () => {
    const { org } = clientWith({}, hang);
    const error = await failure(org.batches.waitFor("b", { maxWait: 3000 }), BatchError);
    expect(error.message).toMatch(/^Batch b had no status yet after 3000 ms/);
  });

  it("an invalid signal is refused before a request", async () => {
    const { org, sent } = clientWith({}, batch("QUEUED"));
    await failure(org.batches.waitFor("b", { signal: 5 as never }), ConfigurationError);
    expect(sent).toHaveLength(0);
  });

  it("keeps the last status over an empty response", async () => {
    const { org } = clientWith({}, batch("PROCESSING"), () => status(204));
    const error = await failure(org.batches.waitFor("b", { maxWait: 3000 }), BatchError);
    expect(error.status).toBe("PROCESSING");
  });

  it.each<[string, Reply]>([
    ["a server that does not respond", hang],
    ["a server that asks to wait", () => status(503, { "retry-after": "50" })],
    ["a server that keeps failing", () => status(500)],
  ])("holds with %s", async (_, reply) => {
    const start = Date.now();
    const { org, sent } = clientWith({ maxRetries: 9 }, batch("QUEUED"), reply);
    const error = await failure(org.batches.waitFor("b", { maxWait: 2000 }), BatchError);
    expect(error).toMatchObject({ code: "batch_timeout", batchId: "b", status: "QUEUED" });
    expect(Date.now() - start).toBeLessThanOrEqual(2000);
    expect(vi.getTimerCount()).toBe(0);
    const count = sent.length;
    await vi.advanceTimersByTimeAsync(100_000);
    expect(sent).toHaveLength(count);
  });

  it("is not the limit of one attempt", async () => {
    const { org, sent } = clientWith({ timeout: 50, maxRetries: 1 }, hang, batch("SUCCESS"));
    await settle(org.batches.waitFor("b", { maxWait: 100_000 }));
    expect(sent.map(({ at }) => at - (sent[0]?.at ?? 0))).toEqual([0, 300]);
  });
});

describe("an abort ends waitFor", () => {
  it.each([
    { what: "between two requests", reply: () => batch("QUEUED") },
    { what: "during a request", reply: hang },
  ])("$what", async ({ reply }) => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const { org, sent } = clientWith({}, reply);
    const settled = Promise.allSettled([org.batches.waitFor("b", { signal: controller.signal })]);
    await vi.advanceTimersByTimeAsync(100);
    controller.abort(reason);
    expect(await settled).toEqual([{ status: "rejected", reason }]);
    expect(sent).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it.each(["", "..", " "])("an invalid batch id (%j) is refused", async (id) => {
  const { org, sent } = clientWith({});
  await failure(org.batches.waitFor(id), ConfigurationError);
  expect(sent).toHaveLength(0);
});
