import { Amili } from "amili-client";
import { type Sandbox, type SandboxOptions, startSandbox } from "amili-client/sandbox";
import { onTestFinished } from "vitest";

// Not from the sandbox's own tests: their support loads every spec with a validator.

/** Starts a sandbox that is closed when the test ends. Its batches end at once. */
export async function sandboxWith(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ batchTime: 0, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

export const clientOf = ({ baseUrls, credentials }: Sandbox): Amili => new Amili({ baseUrls, ...credentials });
