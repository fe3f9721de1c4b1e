import type { SandboxAnswer } from "../answer.js";

/** What became of one thing that was to be written. */
export type Outcome =
  | { result: "CREATED" | "UPDATED" | "DELETED"; message: string; [name: string]: unknown }
  | { result: "REJECTED"; message: string; status: number; [name: string]: unknown };

export const rejected = (status: number, message: string): Outcome => ({ result: "REJECTED", status, message });

/** The answer to a write of one. */
export function writeAnswer(outcome: Outcome): SandboxAnswer {
  if (outcome.result === "REJECTED") {
    const { status, message } = outcome;
    return { status: status as number, body: { sandbox: true, status: "FAILED", result: "REJECTED", message } };
  }
  return { status: outcome.result === "CREATED" ? 201 : 200, body: { status: "PROCESSED", ...outcome } };
}
