import { ConfigurationError, type SubmitOptions } from "amili-client";
import { expect, it } from "vitest";
import { readOptions } from "../../../../src/debt-collection/submit/options.js";
import { thrown } from "../../../support/stub.js";
import { memoryJournal } from "../../../support/submitting.js";

it("the options of submit have defaults", () => {
  expect(readOptions({})).toMatchObject({
    chunkSize: 100,
    concurrency: 4,
    visibilityDelay: 120_000,
    afterDelay: "resend",
    existing: "send",
    maxWait: undefined,
    requestOptions: {},
  });
});

it("the options of submit are passed on, those of a call to each request", () => {
  const journal = memoryJournal();
  const { signal } = new AbortController();
  const own = { chunkSize: 1, concurrency: 1_000, maxWait: 5, visibilityDelay: 0, journal, signal } as const;
  const requestOptions = { timeout: 5, maxRetries: 1, headers: { a: "b" } };
  const checked = readOptions({ ...own, ...requestOptions, idempotencyKey: { header: "Idempotency-Key" } });
  expect(checked).toMatchObject({ ...own, requestOptions, idempotencyHeader: "Idempotency-Key" });
  expect(checked.requestOptions).toEqual(requestOptions);
});

it.each<[object | null, string]>([
  [{ chunkSize: 0 }, "chunkSize"],
  [{ concurrency: 0 }, "concurrency"],
  [{ concurrency: 1_001 }, "concurrency"],
  [{ visibilityDelay: -1 }, "visibilityDelay"],
  [{ visibilityDelay: 2 ** 31 }, "visibilityDelay"],
  [{ maxWait: 0 }, "maxWait"],
  [{ afterDelay: "send" }, 'afterDelay must be "resend" or "unknown"'],
  [{ existing: true }, 'existing must be "send" or "lookup"'],
  [{ resubmit: true }, "resubmit must be a function"],
  [{ onProgress: {} }, "onProgress must be a function"],
  [{ journal: null }, "journal must have the methods"],
  [{ journal: { load() {}, save() {} } }, "journal must have the methods open, read, write and close"],
  [{ idempotencyKey: { header: "no header" } }, "idempotencyKey"],
  [{ idempotencyKey: { name: "x" } }, "idempotencyKey"],
  [{ idempotencyKey: "Idempotency-Key" }, "idempotencyKey"],
  [{ maxRetries: -1 }, "maxRetries"],
  [{ timeout: 0 }, "timeout"],
  [{ signal: 5 }, "signal"],
  [{ settle: 5 }, "settle"],
  [null, "options of submit"],
])("the options %j of submit are refused", (options, message) => {
  const error = thrown(() => readOptions(options as SubmitOptions), ConfigurationError);
  expect(error.message).toContain(message);
});
