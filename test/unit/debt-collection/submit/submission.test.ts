import { describe, expect, it, vi } from "vitest";
import type { Outcome } from "../../../../src/debt-collection/submit/outcome.js";
import { Submission } from "../../../../src/debt-collection/submit/submission.js";

const outcome = (status: Outcome<string>["status"]) => ({ status, item: "item" }) as Outcome<string>;
const OUTCOMES = (["accepted", "exists", "rejected", "unknown", "accepted"] as const).map(outcome);

function submissionOf(outcomes: Outcome<string>[], error?: Error) {
  const start = vi.fn(async function* () {
    yield* outcomes;
    if (error) throw error;
  });
  return { submission: new Submission(start), start };
}

describe("a Submission", () => {
  it("starts when its outcomes are read", async () => {
    const { submission, start } = submissionOf(OUTCOMES);
    expect(start).not.toHaveBeenCalled();
    const read: Outcome<string>[] = [];
    for await (const one of submission) read.push(one);
    expect(read).toEqual(OUTCOMES);
    expect(start).toHaveBeenCalledTimes(1);
  });

  it("gives all outcomes, or their counts", async () => {
    expect(await submissionOf(OUTCOMES).submission.toArray()).toEqual(OUTCOMES);
    expect(await submissionOf(OUTCOMES).submission.summary()).toEqual({
      accepted: 2,
      exists: 1,
      rejected: 1,
      unknown: 1,
    });
    expect(await submissionOf([]).submission.summary()).toEqual({ accepted: 0, exists: 0, rejected: 0, unknown: 0 });
  });

  it("rejects with what ended the submit", async () => {
    await expect(submissionOf(OUTCOMES, new Error("enough")).submission.toArray()).rejects.toThrow("enough");
    await expect(submissionOf(OUTCOMES, new Error("enough")).submission.summary()).rejects.toThrow("enough");
  });

  it("can be read once", async () => {
    const { submission, start } = submissionOf(OUTCOMES);
    await submission.summary();
    await expect(submission.toArray()).rejects.toMatchObject({
      code: "invalid_argument",
      message: expect.stringContaining("read once"),
    });
    expect(start).toHaveBeenCalledTimes(1);
  });
});
