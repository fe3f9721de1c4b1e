import { ApiError } from "amili-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clientWith, failure, json, status } from "../support/stub.js";

const unhandled = vi.fn();
beforeEach(() => {
  process.on("unhandledRejection", unhandled);
});
afterEach(() => {
  process.off("unhandledRejection", unhandled);
  unhandled.mockReset();
});

/** Long enough for the process to report unhandled rejections. */
const nextTurns = async () => {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
};

const succeeding = () => clientWith({}, json({ arItemId: "1" })).client.arItems.get("1");
const failing = () => clientWith({}, status(404)).client.arItems.get("1");

describe("withResponse", () => {
  it.each([200, 202, 206])("gives the status of a batch: %s", async (code) => {
    const reply = json({ status: "x" }, { status: code, headers: { "x-request-id": "r-1", "x-a": "1" } });
    const { client } = clientWith({}, reply);
    const { data, response, requestId } = await client.batches.get("b").withResponse();
    expect(data).toEqual({ status: "x" });
    expect([response.status, response.headers.get("x-a"), requestId]).toEqual([code, "1", "r-1"]);
  });

  it("gives an empty body, and no request id where there is none", async () => {
    const { client } = clientWith({}, status(204));
    expect(await client.arItems.get("1").withResponse()).toMatchObject({ data: undefined, requestId: undefined });
  });

  it("makes one request with an await of the same call", async () => {
    const { client, sent } = clientWith({}, json({ arItemId: "1" }));
    const call = client.arItems.get("1");
    const { data } = await call.withResponse();
    expect(await call).toBe(data);
    expect(sent).toHaveLength(1);
  });

  it("rejects as the call does", async () => {
    expect((await failure(failing().withResponse(), ApiError)).status).toBe(404);
  });
});

describe("an unhandled rejection", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["awaiting", async () => failing()],
    ["withResponse", () => failing().withResponse()],
    ["catch", () => failing().catch((error) => Promise.reject(error))],
  ])("is none where only %s is used", async (_, use) => {
    await failure(use(), ApiError);
    await nextTurns();
    expect(unhandled).not.toHaveBeenCalled();
  });

  it("is one where the result is not used", async () => {
    failing();
    await nextTurns();
    expect(unhandled).toHaveBeenCalledExactlyOnceWith(expect.any(ApiError), expect.anything());
  });
});

describe("a call is a promise", () => {
  const item = { arItemId: "1" };
  const statusOf = (error: unknown) => error instanceof ApiError && error.status;
  const notFound = expect.objectContaining({ status: 404 });

  it("with its class", async () => {
    const call = succeeding();
    expect(call).toBeInstanceOf(Promise);
    await expect(call).resolves.toEqual(item);
    await expect(failing()).rejects.toEqual(notFound);
  });

  it("for the combinators", async () => {
    expect(await Promise.all([succeeding(), 2])).toEqual([item, 2]);
    await expect(Promise.all([succeeding(), failing()])).rejects.toEqual(notFound);
    expect(await Promise.race([succeeding(), new Promise(() => {})])).toEqual(item);
    expect(await Promise.any([failing(), succeeding()])).toEqual(item);
    expect(await Promise.allSettled([succeeding(), failing()])).toEqual([
      { status: "fulfilled", value: item },
      { status: "rejected", reason: notFound },
    ]);
  });

  it("for then, catch and finally", async () => {
    const done = vi.fn(() => "ignored");
    expect(await succeeding().then(({ arItemId }) => arItemId)).toBe("1");
    expect(await succeeding().then(null)).toEqual(item);
    expect(await failing().then(undefined, statusOf)).toBe(404);
    expect(await failing().catch(statusOf)).toBe(404);
    expect(await succeeding().finally(done)).toEqual(item);
    await expect(failing().finally(done)).rejects.toEqual(notFound);
    expect(done.mock.calls).toEqual([[], []]);
    await expect(succeeding().finally(() => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
  });

  it("for an async function that returns it, and Promise.resolve", async () => {
    const returning = async () => succeeding();
    expect(await returning()).toEqual(item);
    expect(await Promise.resolve(succeeding())).toEqual(item);
    expect(await new Promise((resolve) => resolve(succeeding()))).toEqual(item);
  });
});
