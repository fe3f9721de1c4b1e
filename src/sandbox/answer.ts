/** What an operation of the sandbox answers. */
export interface SandboxAnswer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export const ok = (body: unknown): SandboxAnswer => ({ status: 200, body });

/** An error. The documentation shows no error body; this shape is the sandbox's own. */
export interface Problem {
  sandbox: true;
  message: string;
  /** One line a fault: where, and which rule. Never a value: it may be secret or personal. */
  faults?: string[];
}

export const problem = (status: number, message: string, faults?: string[]): SandboxAnswer & { body: Problem } => ({
  status,
  body: { sandbox: true, message, ...(faults && { faults }) },
});

/** Thrown where an operation cannot go on. */
export class Refusal extends Error {
  readonly answer: SandboxAnswer;

  constructor(status: number, message: string, faults?: string[]) {
    super(message);
    this.answer = problem(status, message, faults);
  }
}
