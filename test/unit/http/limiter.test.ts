import { ApiError, ConfigurationError, type Limiter, type LimiterErrorEvent } from "amili-client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { useFakeTime } from "../../support/fake-time.js";
import { CREDENTIALS, clientWith, failure, identityAnd, json, settle, status, thrown } from "../../support/stub.js";

const never = () => new Promise<never>(() => {});

function limitedBy(limiter: Limiter, options = {}, ...script: Parameters<typeof clientWith>[1][]) {
  const errors: LimiterErrorEvent[] = [];
  const hooks = { onLimiterError: (event: LimiterErrorEvent) => errors.push(event) };
  return { errors, ...clientWith({ limiter, hooks, ...options }, ...script) };
}

beforeEach(() => useFakeTime());

describe("a limiter", () => {
  it("is asked before each attempt, of token requests too, by the name of the API", async () => {
    const acquire = vi.fn(async () => {});
    const { client, org, sent } = limitedBy(
      { acquire },
      CREDENTIALS,
      identityAnd(() => (sent.length === 2 ? status(503) : json({}))),
    );
    await settle(client.arItems.get("1"));
    await settle(org.batches.get("b"));
    expect(acquire.mock.calls.map(([api]: unknown[]) => api)).toEqual([
      "accountsReceivable",
      "identity",
      "accountsReceivable",
      "debtCollection",
    ]);
  });

  it("delays an attempt until it admits it", async () => {
    const { client, sent } = limitedBy(
      { acquire: () => new Promise((resolve) => setTimeout(resolve, 1_234)) },
      {},
      json({}),
    );
    const start = Date.now();
    await settle(client.arItems.get("1"));
    expect(sent[0]?.at).toBe(start + 1_234);
  });

  it.each([
    { what: "rejects", acquire: async () => Promise.reject(new TypeError("redis://user:secret@host")) },
    {
      what: "throws",
      acquire: () => {
        throw new TypeError("redis://user:secret@host");
      },
    },
  ])("that $what admits the request, and is reported without its message", async ({ acquire }) => {
    const { client, errors } = limitedBy({ acquire }, {}, json({}));
    await settle(client.arItems.get("1"));
    expect(errors).toEqual([
      { callId: expect.any(Number), api: "accountsReceivable", action: "acquire", error: "TypeError" },
    ]);
  });

  it("that hangs delays a call no longer than its attempts may take, and is told by its signal", async () => {
    const acquire = vi.fn((_api: string, _signal: AbortSignal) => never());
    const { client, sent, errors } = limitedBy({ acquire }, {}, json({}));
    const start = Date.now();
    await settle(client.arItems.get("1", {}, { timeout: 700, maxRetries: 0 }));
    expect(sent[0]?.at).toBe(start + 700);
    expect(acquire.mock.calls[0]?.[1].aborted).toBe(true);
    expect(errors).toMatchObject([{ action: "acquire", error: "TimeoutError" }]);
  });

  it("that hangs before a retry ends the call with its failure", async () => {
    const acquire = vi.fn(never).mockImplementationOnce(async () => undefined as never);
    const { client, sent } = limitedBy({ acquire }, { timeout: 100, maxRetries: 1 }, status(503));
    expect((await failure(client.arItems.get("1"), ApiError)).status).toBe(503);
    expect(sent).toHaveLength(1);
  });

  it("does not keep an abort waiting", async () => {
    const acquire = vi.fn((_api: string, _signal: AbortSignal) => never());
    const { client, sent, errors } = limitedBy({ acquire });
    const controller = new AbortController();
    const call = client.arItems.get("1", {}, { signal: controller.signal });
    await vi.advanceTimersByTimeAsync(1);
    const reason = new Error("gave up");
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(acquire.mock.calls[0]?.[1].reason).toBe(reason);
    expect(sent).toEqual([]);
    expect(errors).toEqual([]);
  });

  it("hears of a 429 and its delay, and not of one that no call waits for", async () => {
    const report = vi.fn(async () => {});
    const limiter = { acquire: async () => {}, throttled: report };
    const { client } = limitedBy(
      limiter,
      {},
      status(429, { "retry-after": "3" }),
      json({}),
      status(429, { "retry-after": "3600" }),
    );
    await settle(client.arItems.get("1"));
    expect(report.mock.calls).toEqual([["accountsReceivable", 3_250]]);
    await failure(client.arItems.get("1"), ApiError);
    expect(report).toHaveBeenCalledTimes(1);
  });

  it.each([
    { what: "rejects", throttled: async () => Promise.reject(new TypeError("down")) },
    {
      what: "throws",
      throttled: () => {
        throw new TypeError("down");
      },
    },
  ])("whose throttled() $what does not change a call", async ({ throttled }) => {
    const { client, errors } = limitedBy({ acquire: async () => {}, throttled }, {}, status(429), json({}));
    await settle(client.arItems.get("1"));
    expect(errors).toMatchObject([{ action: "throttled", error: "TypeError" }]);
  });

  it.each([{}, { acquire: 1 }, null])("must have acquire(): %j", (limiter) => {
    const { message } = thrown(() => clientWith({ limiter: limiter as never }), ConfigurationError);
    expect(message).toContain("limiter.acquire must be a function");
  });
});
