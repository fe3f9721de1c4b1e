/** What an operation of the sandbox answers. */
export interface SandboxAnswer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export const ok = (body: unknown): SandboxAnswer => ({ status: 200, body });

/** An error. The documentation shows no error body; this shape is the sandbox's own. */
export const problem = (status: number, message: string, faults?: unknown): SandboxAnswer => ({
  status,
  body: { sandbox: true, message, ...(faults === undefined ? {} : { faults }) },
});
