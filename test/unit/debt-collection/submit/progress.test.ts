import { describe, expect, it, vi } from "vitest";
import type { Outcome } from "../../../../src/debt-collection/submit/outcome.js";
import { type Progress, ProgressCounter } from "../../../../src/debt-collection/submit/progress.js";
import { deferred } from "../../../support/stub.js";

const outcome = (status: Outcome<unknown>["status"]) => ({ status }) as Outcome<unknown>;
const flush = () => new Promise((resolve) => setImmediate(resolve));
const NONE = { read: 0, inFlight: 0, waiting: 0, reconciling: 0, accepted: 0, exists: 0, rejected: 0, unknown: 0 };

function record() {
  const reports: Progress[] = [];
  return { reports, counter: new ProgressCounter((progress) => void reports.push(progress)) };
}

describe("ProgressCounter", () => {
  it("counts each item where it is", async () => {
    const { reports, counter } = record();
    for (let i = 0; i < 5; i++) counter.read();
    await flush();
    const [sending, looking] = [deferred<string>(), deferred<string>()];
    const work = [counter.during("inFlight", 2, sending.promise), counter.during("reconciling", 1, looking.promise)];
    counter.settled(outcome("exists"));
    await flush();
    sending.resolve("sent");
    looking.resolve("found");
    expect(await Promise.all(work)).toEqual(["sent", "found"]);
    for (const status of ["accepted", "rejected", "unknown"] as const) counter.settled(outcome(status));
    await flush();
    expect(reports.at(0)).toEqual({ ...NONE, read: 5, waiting: 5 });
    expect(reports.at(1)).toEqual({ ...NONE, read: 5, inFlight: 2, reconciling: 1, exists: 1, waiting: 1 });
    expect(reports.at(-1)).toEqual({ ...NONE, read: 5, accepted: 1, exists: 1, rejected: 1, unknown: 1, waiting: 1 });
  });

  it("counts no item in flight after the work failed", async () => {
    const { reports, counter } = record();
    counter.read();
    await expect(counter.during("inFlight", 1, Promise.reject(new Error("failed")))).rejects.toThrow("failed");
    await flush();
    expect(reports.at(-1)).toEqual({ ...NONE, read: 1, waiting: 1 });
  });

  it("reports all changes of one moment once", async () => {
    const { reports, counter } = record();
    for (let i = 0; i < 1_000; i++) counter.read();
    await flush();
    expect(reports).toHaveLength(1);
  });

  it("logs an error of the function, and continues", async () => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    const onProgress = vi.fn(() => {
      throw new Error("mine");
    });
    const counter = new ProgressCounter(onProgress);
    counter.read();
    await flush();
    counter.read();
    await flush();
    expect(onProgress).toHaveBeenCalledTimes(2);
    expect(log).toHaveBeenCalledTimes(2);
  });
});
