import { ApiError } from "amili-client";
import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { clientWith, failure, json, type Sent, settle, status } from "../../support/stub.js";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
const throttled = () => status(429, { "retry-after": "1" });

/** A service that takes 20 ms and serves so many requests a second. */
function limitedTo(perSecond: number) {
  const served = new Map<number, number>();
  return async ({ at }: Sent) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const second = Math.floor(at / 1000);
    const count = served.get(second) ?? 0;
    if (count >= perSecond) return throttled();
    served.set(second, count + 1);
    return json({});
  };
}

type Client = ReturnType<typeof clientWith>["client"];

async function callAtOnce(client: Client, count: number) {
  const calls = Promise.allSettled(Array.from({ length: count }, () => client.arItems.get("1")));
  await vi.runAllTimersAsync();
  return (await calls).map(({ status }) => status);
}

const sentBetween = (sent: Sent[], from: number, to: number) => sent.filter(({ at }) => at >= from && at < to).length;

describe("200 concurrent calls", () => {
  it("all succeed at a service that serves 50 a second, with few requests more than that takes", async () => {
    const { client, sent } = clientWith({}, limitedTo(50));
    expect(new Set(await callAtOnce(client, 200))).toEqual(new Set(["fulfilled"]));
    expect(sent.length).toBeLessThan(400);
  });

  it("end soon at a service that throttles everything: those who wait learn from those who try", async () => {
    const start = Date.now();
    const { client, sent } = clientWith({}, throttled);
    const calls = Promise.allSettled(Array.from({ length: 200 }, () => client.arItems.get("1")));
    await vi.runAllTimersAsync();
    const reasons = (await calls).map((result) => (result as PromiseRejectedResult).reason);
    expect(reasons.every((reason) => reason instanceof ApiError && reason.status === 429)).toBe(true);
    expect(sent).toHaveLength(202);
    expect(Date.now() - start).toBeLessThan(5_000);
  });
});

describe("after a 429", () => {
  it("the first request goes alone, and each success admits one more", async () => {
    const start = Date.now();
    let refuse = true;
    const { client, sent } = clientWith({}, async () => {
      const reply = refuse ? throttled() : json({});
      await new Promise((resolve) => setTimeout(resolve, 20));
      return reply;
    });
    const calls = Array.from({ length: 16 }, () => client.arItems.get("1"));
    await vi.advanceTimersByTimeAsync(100);
    refuse = false;
    await vi.runAllTimersAsync();
    await Promise.all(calls);
    const opened = start + 20 + 1250;
    expect([0, 20, 40, 60, 80].map((from) => sentBetween(sent, opened + from, opened + from + 20))).toEqual([
      1, 2, 4, 8, 1,
    ]);
  });

  it("new calls wait, but not those without retries", async () => {
    let first = true;
    const { client, sent } = clientWith({}, () => {
      if (!first) return json({});
      first = false;
      return throttled();
    });
    const start = Date.now();
    const calls = [client.arItems.get("1")];
    await vi.advanceTimersByTimeAsync(100);
    calls.push(client.arItems.get("2"), client.arItems.get("3", {}, { maxRetries: 0 }));
    await vi.runAllTimersAsync();
    await Promise.all(calls);
    expect(sent.map(({ at, url }) => [url.pathname.at(-1), at - start])).toEqual([
      ["1", 0],
      ["3", 100],
      ["1", 1250],
      ["2", 1250],
    ]);
  });

  it("other APIs do not wait", async () => {
    const { client, org, sent } = clientWith({}, ({ url }) => (url.href.includes("/arm/") ? throttled() : json({})));
    const call = failure(client.arItems.get("1"), ApiError);
    const start = Date.now();
    await org.batches.get("b");
    expect(sent.at(-1)?.at).toBe(start);
    await call;
  });

  it("a call waits no longer than maxRetryAfter before it is sent", async () => {
    let first = true;
    const { client, sent } = clientWith({ maxRetryAfter: 3_000 }, async () => {
      if (first) {
        first = false;
        return status(429, { "retry-after": "1" });
      }
      await new Promise((resolve) => setTimeout(resolve, 20_000));
      return json({});
    });
    const start = Date.now();
    const one = client.arItems.get("1");
    await vi.advanceTimersByTimeAsync(1);
    const two = client.arItems.get("2");
    await vi.runAllTimersAsync();
    await Promise.all([one, two]);
    // The second request waits for the first to succeed, and is sent after 3 s all the same.
    expect(sent.map(({ at }) => at - start)).toEqual([0, 1250, 3001]);
  });

  it("an abort ends the wait and leaves the place to the next", async () => {
    const { client, sent } = clientWith({}, throttled, () => json({}));
    const first = client.arItems.get("1");
    await vi.advanceTimersByTimeAsync(1);
    const controller = new AbortController();
    const second = expect(client.arItems.get("2", {}, { signal: controller.signal })).rejects.toThrow("enough");
    const third = client.arItems.get("3");
    await vi.advanceTimersByTimeAsync(1);
    controller.abort(new Error("enough"));
    await second;
    await settle(Promise.all([first, third]));
    expect(sent.map(({ url }) => url.pathname.at(-1))).toEqual(["1", "1", "3"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("a failure of the first request lets the next one go", async () => {
    const { client, sent } = clientWith({ maxRetries: 1 }, throttled, () => status(404));
    const calls = [client.arItems.get("1"), client.arItems.get("2"), client.arItems.get("3")];
    const settled = Promise.allSettled(calls);
    await vi.runAllTimersAsync();
    expect((await settled).map((result) => (result as PromiseRejectedResult).reason.status)).toEqual([404, 404, 404]);
    expect(sent).toHaveLength(4);
  });

  it.each([
    { code: 404, together: true },
    // It may be overloaded still.
    { code: 500, together: false },
  ])("a $code opens the gate: $together", async ({ code, together }) => {
    const { client, sent } = clientWith({ maxRetries: 1 }, throttled, async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return status(code);
    });
    const call = () => client.arItems.get("1").catch(() => {});
    await settle(call());
    const start = Date.now();
    await settle(Promise.all([call(), call(), call()]));
    expect(sent.slice(2, 5).map(({ at }) => at - start)).toEqual(together ? [0, 0, 0] : [0, 20, 40]);
  });

  it("a Retry-After that ends the call does not hold back others", async () => {
    const { client, sent } = clientWith({}, status(429, { "retry-after": "3600" }), () => json({}));
    await failure(client.arItems.get("1"), ApiError);
    const start = Date.now();
    await client.arItems.get("2");
    expect(sent[1]?.at).toBe(start);
  });
});

it("every call ends, whatever the responses and aborts, and no timer is left", async () => {
  const step = fc.record({
    code: fc.constantFrom(200, 200, 404, 429, 429, 500, 503),
    retryAfter: fc.constantFrom("0", "1", "5", "30", "3600"),
    took: fc.nat({ max: 3_000 }),
  });
  const caller = fc.record({
    start: fc.nat({ max: 5_000 }),
    maxRetries: fc.nat({ max: 3 }),
    abortAfter: fc.option(fc.nat({ max: 20_000 }), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 20 }),
      fc.array(caller, { minLength: 1, maxLength: 20 }),
      async (steps, callers) => {
        let n = 0;
        const { client, sent } = clientWith({ timeout: 2_000 }, async ({ signal }) => {
          const { code, retryAfter, took } = steps[n++ % steps.length] as (typeof steps)[number];
          await new Promise((resolve, reject) => {
            setTimeout(resolve, took);
            signal.addEventListener("abort", () => reject(signal.reason));
          });
          return code === 200 ? json({}) : status(code, code === 429 ? { "retry-after": retryAfter } : {});
        });
        const calls = callers.map(async ({ start, maxRetries, abortAfter }) => {
          await new Promise((resolve) => setTimeout(resolve, start));
          const controller = new AbortController();
          if (abortAfter !== undefined) setTimeout(() => controller.abort(), abortAfter);
          return client.arItems.get("1", {}, { maxRetries, signal: controller.signal });
        });
        let ended = 0;
        const end = () => void ended++;
        for (const call of calls) call.then(end, end);
        await vi.runAllTimersAsync();
        expect(ended).toBe(callers.length);
        expect(vi.getTimerCount()).toBe(0);
        expect(sent.length).toBeLessThanOrEqual(callers.reduce((sum, { maxRetries }) => sum + maxRetries + 1, 0));
        // The gate is not stuck: another call is sent.
        const before = sent.length;
        await Promise.allSettled([settle(client.arItems.get("1"))]);
        expect(sent.length).toBeGreaterThan(before);
      },
    ),
    { numRuns: 100 },
  );
});
