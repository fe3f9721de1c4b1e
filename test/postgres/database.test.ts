import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { query, retryQuery, takeClient } from "../../src/postgres/database.js";

describe("takeClient", () => {
  it("gives a client whose connection can break at once without ending the process", async () => {
    const client = Object.assign(new EventEmitter(), { query: vi.fn(), release: vi.fn() });
    const pool = Object.assign(new EventEmitter(), {
      query: vi.fn(),
      connect(callback: (error: undefined, given: typeof client) => void) {
        callback(undefined, client);
        // Before a promise of the client would resolve.
        client.emit("error", new Error("terminating connection"));
      },
    });
    const onBroken = vi.fn();
    expect(await takeClient(pool, onBroken)).toBe(client);
    expect(onBroken).toHaveBeenCalledWith(client);
  });

  it("rejects when there is no connection", async () => {
    const pool = Object.assign(new EventEmitter(), {
      query: vi.fn(),
      connect: (callback: (error: Error, client: undefined) => void) => callback(new Error("refused"), undefined),
    });
    await expect(takeClient(pool)).rejects.toThrow("refused");
  });
});

describe("retryQuery", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each<{ code?: string; severity?: string }>([
    {},
    { code: "ECONNREFUSED" },
    { code: "EPIPE" },
    ...["57P01", "57P03", "08006", "53300", "40P01"].map((code) => ({ code, severity: "FATAL" })),
  ])("repeats a query after an error with %j", async (fields) => {
    const run = vi
      .fn()
      .mockRejectedValueOnce(Object.assign(new Error("failed"), fields))
      .mockResolvedValue("result");
    const result = retryQuery(run, []);
    await vi.runAllTimersAsync();
    expect(await result).toBe("result");
  });

  it.each(["42P01", "23505", "42501", "57014"])("throws an error with the code %s", async (code) => {
    const error = Object.assign(new Error("failed"), { code, severity: "ERROR" });
    await expect(retryQuery(() => Promise.reject(error), [])).rejects.toBe(error);
  });

  it("ends with the reason when a signal aborts", async () => {
    const controller = new AbortController();
    const result = retryQuery(() => Promise.reject(new Error("failed")), [controller.signal]);
    result.catch(() => {});
    await vi.advanceTimersByTimeAsync(60_000);
    controller.abort("over");
    await expect(result).rejects.toBe("over");
  });
});

it("a query gets text, whatever parsers the application has set", async () => {
  const client = { query: vi.fn().mockResolvedValue({ rows: [{ count: "1" }] }) };
  expect(await query(client, "SELECT 1", [2])).toEqual([{ count: "1" }]);
  const [{ text, values, types }] = client.query.mock.calls[0] ?? [];
  expect([text, values, types.getTypeParser(20)("9007199254740993")]).toEqual(["SELECT 1", [2], "9007199254740993"]);
});
