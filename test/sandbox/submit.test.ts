import { describe, it } from "vitest";
import { submitAndKill, submitWithFaults } from "./submit-runs.js";

const COUNT = 1_000;

describe("invoices.submit over HTTP, with a fault in one call of ten", { timeout: 60_000 }, () => {
  it("submits each of 1,000 invoices once", () => submitWithFaults(1, COUNT));

  it("resumes in another process after one was killed, twice", () => submitAndKill(4, COUNT));
});
