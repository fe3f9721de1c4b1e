import { describe, it } from "vitest";
import { submitAndKill, submitWithFaults } from "../sandbox/submit-runs.js";

const COUNT = 10_000;

describe("invoices.submit over HTTP, with a fault in one call of ten", { timeout: 240_000 }, () => {
  it.each([1, 2, 3])("submits each of 10,000 invoices once, with seed %i", (seed) => submitWithFaults(seed, COUNT));

  it("resumes in another process after one was killed, twice", () => submitAndKill(4, COUNT));
});
