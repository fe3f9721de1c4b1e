import { ApiError, AuthenticationError, ConnectionError, PaginationError, TimeoutError } from "amili-client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  classifyFailure,
  isUnauthorized,
  ReadRetry,
  RefusalLimit,
  retryDelay,
  retryRead,
} from "../../../../src/debt-collection/submit/failure.js";
import { networkError, settle } from "../../../support/stub.js";

beforeEach(() => void vi.useFakeTimers());
const CALL = { method: "POST", path: "/orgs/{organizationId}/invoices", attempts: 1 };
const api = (status: number, retryAfter?: number) =>
  new ApiError(CALL, new Response(null, { status }), { body: {}, retryAfter });
const connection = (code: string, syscall: string, attempts = 1) =>
  new ConnectionError("connection_failed", "failed", { ...CALL, attempts }, { cause: networkError(code, syscall) });
const authentication = new AuthenticationError("token_refused", "refused");

describe("classifyFailure", () => {
  it.each<[string, unknown, ReturnType<typeof classifyFailure>]>([
    ["a response without a batch", undefined, "ambiguous"],
    ["a refused connection", connection("ECONNREFUSED", "connect"), "notSent"],
    ["a request that was not attempted", connection("ECONNRESET", "read", 0), "notSent"],
    ["a lost connection", connection("ECONNRESET", "read"), "ambiguous"],
    ["a timeout", new TimeoutError(CALL, 1_000), "ambiguous"],
    ["a timeout of the wait for a token", new TimeoutError({ ...CALL, attempts: 0 }, 1_000), "notSent"],
    ["an error of the caller's", new Error("mine"), "fatal"],
    ...[400, 409, 413, 422].map((s): [string, unknown, "refused"] => [String(s), api(s), "refused"]),
    // A gateway can respond after it forwarded the request.
    ...[408, 429, 499, 500, 502, 503, 504, 524].map((s): [string, unknown, "ambiguous"] => [
      String(s),
      api(s, 1_000),
      "ambiguous",
    ]),
    ...[301, 302, 307, 402, 403, 404, 405, 415].map((s): [string, unknown, "fatal"] => [String(s), api(s), "fatal"]),
  ])("%s", (_, error, expected) => {
    expect(classifyFailure(error, 0)).toBe(expected);
  });

  it("takes a token to be wrong after five failures in a row, one that requests were sent with after three", () => {
    expect([1, 5, 6].map((refusals) => classifyFailure(authentication, refusals))).toEqual([
      "notSent",
      "notSent",
      "fatal",
    ]);
    expect([1, 2, 3].map((refusals) => classifyFailure(api(401), refusals))).toEqual([
      "ambiguous",
      "ambiguous",
      "fatal",
    ]);
  });
});

it("isUnauthorized is true of 401 and of errors of the token", () => {
  expect([authentication, api(401), api(403), new Error("mine")].map(isUnauthorized)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it("retryDelay grows with jitter, and is never shorter than Retry-After", () => {
  vi.spyOn(Math, "random").mockReturnValue(1);
  expect([0, 1, 2, 10].map((tries) => retryDelay(api(500), tries))).toEqual([500, 1_000, 2_000, 8_000]);
  expect(retryDelay(api(503, 30_000), 0)).toBe(30_000);
  expect(retryDelay(api(503, 0), 0)).toBe(500);
});

describe("ReadRetry", () => {
  it("waits before the next read, and throws at the eighth fatal error in a row", async () => {
    const retry = new ReadRetry(new AbortController().signal);
    for (let i = 0; i < 7; i++) await settle(retry.failed(api(404)));
    retry.succeeded();
    for (let i = 0; i < 7; i++) await settle(retry.failed(api(404)));
    await expect(retry.failed(api(404))).rejects.toMatchObject({ status: 404 });
  });

  it("throws an error that is not the API's at once", async () => {
    await expect(new ReadRetry(new AbortController().signal).failed(new Error("mine"))).rejects.toThrow("mine");
  });

  it("continues after a list that is none, but not for ever", async () => {
    const retry = new ReadRetry(new AbortController().signal);
    const error = new PaginationError("missing_list", "no list");
    for (let i = 0; i < 7; i++) await settle(retry.failed(error));
    await expect(retry.failed(error)).rejects.toBe(error);
  });

  it("throws the signal's reason", async () => {
    const aborted = new ReadRetry(AbortSignal.abort(new Error("enough")));
    await expect(aborted.failed(api(500))).rejects.toThrow("enough");
  });
});

it("retryRead reads until a read succeeds", async () => {
  const read = vi.fn<() => Promise<string>>().mockRejectedValueOnce(api(500)).mockRejectedValueOnce(api(404));
  read.mockResolvedValueOnce("read");
  expect(await settle(retryRead(read, new AbortController().signal))).toBe("read");
  expect(read).toHaveBeenCalledTimes(3);
});

describe("RefusalLimit", () => {
  it("is exceeded by ten refusals while nothing is accepted", () => {
    const limit = new RefusalLimit();
    for (let i = 0; i < 9; i++) limit.refused();
    expect(limit.isExceeded).toBe(false);
    limit.refused();
    expect(limit.isExceeded).toBe(true);
  });

  it("is not exceeded once something was accepted", () => {
    const limit = new RefusalLimit();
    limit.accepted();
    for (let i = 0; i < 100; i++) limit.refused();
    expect(limit.isExceeded).toBe(false);
  });
});
