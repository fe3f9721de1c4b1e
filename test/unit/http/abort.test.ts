import { getEventListeners } from "node:events";
import { Amili, AmiliError, type AuthenticationError, BatchError } from "amili-client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { useFakeTime } from "../../support/fake-time.js";
import { serveRaw } from "../../support/server.js";
import {
  CREDENTIALS,
  clientWith,
  failure,
  hang,
  identityAnd,
  json,
  networkError,
  settle,
  status,
} from "../../support/stub.js";
import { reaching } from "../../support/transport.js";

beforeEach(() => useFakeTime());

const listeners = (signal: AbortSignal) => getEventListeners(signal, "abort").length;

describe("no listener stays on the caller's signal", () => {
  const { signal } = new AbortController();
  const options = { signal };

  it.each<{ what: string; call: () => Promise<unknown>; type?: typeof AmiliError | typeof AuthenticationError }>([
    { what: "a success", call: () => clientWith({}, json({})).client.arItems.get("1", {}, options) },
    { what: "an error", call: () => clientWith({}, status(404)).client.arItems.get("1", {}, options) },
    {
      what: "retries and a timeout",
      call: () =>
        clientWith({ timeout: 10 }, status(503), networkError("ECONNRESET"), hang).client.arItems.get("1", {}, options),
    },
    {
      what: "a token",
      call: () =>
        clientWith(
          CREDENTIALS,
          identityAnd(() => json({})),
        ).client.arItems.get("1", {}, options),
    },
    {
      what: "two refused tokens",
      call: () =>
        clientWith(
          CREDENTIALS,
          identityAnd(() => status(401)),
        ).client.arItems.get("1", {}, options),
    },
    {
      what: "a token that could not be obtained",
      call: () =>
        clientWith({ accessToken: () => Promise.reject(new Error("no")) }).client.arItems.get("1", {}, options),
    },
    {
      what: "a list left early",
      call: async () => {
        const { org } = clientWith({}, json({ data: [1], summary: { nextPageToken: "t" } }), hang);
        for await (const _ of org.settlements.list({}, options)) break;
      },
    },
    {
      what: "a list read to its end",
      call: () =>
        clientWith({}, json({ data: [1], summary: { nextPageToken: "t" } }), json({ data: [2] }))
          .org.settlements.list({}, options)
          .toArray(),
    },
    {
      what: "a batch that does not finish",
      call: () =>
        clientWith({}, () => json({ data: { status: "QUEUED" } })).org.batches.waitFor("b", { signal, maxWait: 3000 }),
    },
  ])("after $what", async ({ call }) => {
    for (let i = 0; i < 5; i++) {
      const [result] = await Promise.allSettled([settle(call())]);
      if (result.status === "rejected") expect(result.reason).toBeInstanceOf(AmiliError);
    }
    expect(listeners(signal)).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("after many calls that waited for one token were aborted", async () => {
    const { client } = clientWith(CREDENTIALS, hang);
    const controllers = Array.from({ length: 5 }, () => new AbortController());
    const calls = controllers.map((c, i) => client.arItems.get(String(i), {}, { signal: c.signal }));
    const settled = Promise.allSettled(calls);
    await vi.advanceTimersByTimeAsync(1);
    for (const controller of controllers) controller.abort();
    await settled;
    expect(controllers.map(({ signal }) => listeners(signal))).toEqual([0, 0, 0, 0, 0]);
    await vi.runAllTimersAsync();
  });
});

describe("an abort rejects with the signal's reason", () => {
  const reasons = [new Error("enough"), "a string", 7, undefined];

  it.each([...reasons, null])("before a request: %s", async (reason) => {
    const { client, sent } = clientWith(CREDENTIALS);
    const signal = AbortSignal.abort(reason);
    await expect(client.arItems.get("1", {}, { signal })).rejects.toBe(signal.reason);
    expect(sent).toHaveLength(0);
  });

  it.each(reasons)("while the request is in flight: %s", async (reason) => {
    const controller = new AbortController();
    const { client, sent } = clientWith({}, hang);
    const call = client.arItems.get("1", {}, { signal: controller.signal });
    const settled = expect(call).rejects.toSatisfy((error) => error === controller.signal.reason);
    await vi.advanceTimersByTimeAsync(5);
    controller.abort(reason);
    await settled;
    expect(sent).toHaveLength(1);
    expect(sent[0]?.signal.aborted).toBe(true);
    expect([listeners(controller.signal), vi.getTimerCount()]).toEqual([0, 0]);
  });

  it("while the body is read", async () => {
    vi.useRealTimers();
    for (const head of ["200 OK", "400 Refused", "500 Broken"]) {
      const controller = new AbortController();
      const reason = new Error("enough");
      const { url, requests } = await serveRaw((_, socket) => {
        socket.write(`HTTP/1.1 ${head}\r\ncontent-length: 100\r\n\r\n{`);
        setTimeout(() => controller.abort(reason), 20);
      });
      const { accountsReceivable } = new Amili({ accessToken: "T", ...reaching(url) });
      await expect(accountsReceivable.client(1).arItems.get("1", {}, { signal: controller.signal })).rejects.toBe(
        reason,
      );
      expect(requests).toHaveLength(1);
      expect(listeners(controller.signal)).toBe(0);
    }
  });

  it("by a hook sends nothing", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const { client, sent } = clientWith({ hooks: { onRequest: () => controller.abort(reason) } }, hang);
    await expect(client.arItems.get("1", {}, { signal: controller.signal })).rejects.toBe(reason);
    expect([sent.length, listeners(controller.signal), vi.getTimerCount()]).toEqual([0, 0, 0]);
  });

  it("as soon as fetch is called ends the request", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const { client, sent } = clientWith({}, (request) => {
      controller.abort(reason);
      return hang(request);
    });
    await expect(client.arItems.get("1", {}, { signal: controller.signal })).rejects.toBe(reason);
    expect(sent[0]?.signal.aborted).toBe(true);
    expect([listeners(controller.signal), vi.getTimerCount()]).toEqual([0, 0]);
  });

  it("of a non-idempotent request", async () => {
    for (const options of [{}, { maxRetries: 0 }]) {
      const controller = new AbortController();
      const reason = new Error("enough");
      const { org } = clientWith(options, hang);
      const settled = Promise.allSettled([org.invoices.create([], { signal: controller.signal })]);
      await vi.advanceTimersByTimeAsync(5);
      controller.abort(reason);
      expect(await settled).toEqual([{ status: "rejected", reason }]);
    }
  });

  it("soon after a timeout", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const { client } = clientWith({ timeout: 100 }, ({ signal }) => {
      const slowly = (reject: (reason: unknown) => void) => setTimeout(() => reject(signal.reason), 20);
      return new Promise((_, reject) => signal.addEventListener("abort", () => slowly(reject)));
    });
    const settled = Promise.allSettled([client.arItems.get("1", {}, { signal: controller.signal })]);
    await vi.advanceTimersByTimeAsync(110);
    controller.abort(reason);
    await vi.runAllTimersAsync();
    expect(await settled).toEqual([{ status: "rejected", reason }]);
  });

  it("between a 401 and the new token", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const { client, sent } = clientWith(
      CREDENTIALS,
      identityAnd(() => {
        controller.abort(reason);
        return status(401);
      }),
    );
    await expect(client.arItems.get("1", {}, { signal: controller.signal })).rejects.toBe(reason);
    expect(sent).toHaveLength(2);
  });

  it("of AbortSignal.timeout, which limits the whole call", async () => {
    vi.useRealTimers();
    const { client } = clientWith({}, hang);
    const signal = AbortSignal.timeout(30);
    const error = await failure(client.arItems.get("1", {}, { signal }), DOMException);
    expect(error).toBe(signal.reason);
    expect(error.name).toBe("TimeoutError");
  });

  it("of a list, and of waitFor", async () => {
    const reason = new Error("enough");
    const reading = new AbortController();
    const { org } = clientWith({}, hang);
    const items = org.settlements.list({}, { signal: reading.signal }).toArray();
    const waiting = new AbortController();
    const other = clientWith({}, () => json({ data: { status: "QUEUED" } }));
    const batch = other.org.batches.waitFor("b", { signal: waiting.signal });
    const settled = Promise.allSettled([items, batch]);
    await vi.advanceTimersByTimeAsync(700);
    reading.abort(reason);
    waiting.abort(reason);
    expect(await settled).toEqual([
      { status: "rejected", reason },
      { status: "rejected", reason },
    ]);
    expect([listeners(reading.signal), listeners(waiting.signal)]).toEqual([0, 0]);
  });

  it("not after the call has finished", async () => {
    const controller = new AbortController();
    const { client } = clientWith({}, json({ ok: true }));
    const item = await client.arItems.get("1", {}, { signal: controller.signal });
    controller.abort();
    expect(item).toEqual({ ok: true });
  });
});

it("an abort of one waitFor does not affect another", async () => {
  const { org } = clientWith({}, () => json({ data: { status: "QUEUED" } }));
  const controller = new AbortController();
  const one = org.batches.waitFor("b", { signal: controller.signal });
  const two = failure(org.batches.waitFor("b", { maxWait: 5000 }), BatchError);
  controller.abort();
  await expect(one).rejects.toBe(controller.signal.reason);
  expect((await two).status).toBe("QUEUED");
});
