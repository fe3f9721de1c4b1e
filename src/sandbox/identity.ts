import { randomBytes } from "node:crypto";
import { ok, problem } from "./answer.js";
import type { SandboxOperations } from "./operation.js";

export const CREDENTIALS = { clientId: "sandbox-client", clientSecret: "sandbox-secret" } as const;

/** The tokens that the sandbox gave, and when they end. */
export class Tokens {
  readonly #lifetime: number;
  readonly #ends = new Map<string, number>();

  /** @param lifetime in seconds */
  constructor(lifetime: number) {
    this.#lifetime = lifetime;
  }

  isValid(token: string): boolean {
    return Date.now() < (this.#ends.get(token) ?? 0);
  }

  /** Ends all tokens at once. */
  revoke(): void {
    this.#ends.clear();
  }

  readonly operations: SandboxOperations = {
    createToken: ({ body }) => {
      const { client_id, client_secret } = body as Record<string, string>;
      if (client_id !== CREDENTIALS.clientId || client_secret !== CREDENTIALS.clientSecret) {
        return problem(401, "The sandbox knows other credentials; startSandbox() gives them.");
      }
      const token = randomBytes(24).toString("base64url");
      const now = Date.now();
      this.#ends.set(token, now + this.#lifetime * 1000);
      const seconds = Math.floor(now / 1000);
      return ok({
        access_token: token,
        token_type: "Bearer",
        not_before: seconds,
        expires_in: this.#lifetime,
        expires_on: seconds + this.#lifetime,
      });
    },
  };
}
