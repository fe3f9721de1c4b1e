import type { operations as Types } from "../../../generated/identity.js";
import { Ids } from "../data/ids.js";
import type { SandboxContext } from "../server/context.js";
import type { OperationsOf, SandboxApi } from "../server/operation.js";
import { HttpError, ok } from "../server/response.js";
import type { Tokens } from "./tokens.js";

export const CREDENTIALS = { clientId: "sandbox-client", clientSecret: "sandbox-secret" } as const;

const BASIC = Buffer.from(`${CREDENTIALS.clientId}:${CREDENTIALS.clientSecret}`).toString("base64");

/** The security schemes of the specs, and which credentials in `Authorization` each accepts. */
const SCHEMES: Record<string, { name: string; accepts(value: string, tokens: Tokens): boolean }> = {
  bearerAuth: { name: "bearer", accepts: (value, tokens) => tokens.isValid(value) },
  basicAuth: { name: "basic", accepts: (value) => value === BASIC },
};

export function isAuthorized(scheme: string, header: string | undefined, tokens: Tokens): boolean {
  const [, name = "", value = ""] = /^(\S+) (\S+)$/.exec(header ?? "") ?? [];
  const known = SCHEMES[scheme];
  return known?.name === name.toLowerCase() && known.accepts(value, tokens);
}

/** The Identity API. */
export function createIdentity({ seed, now }: SandboxContext, tokens: Tokens): SandboxApi {
  const resource = new Ids(seed, "resource").at(0);
  const operations: OperationsOf<Types> = {
    createToken: ({ body }) => {
      const { client_id, client_secret } = body as Record<string, string>;
      if (client_id !== CREDENTIALS.clientId || client_secret !== CREDENTIALS.clientSecret) {
        throw new HttpError(401, "The client id or secret is wrong; use the sandbox's credentials.");
      }
      const seconds = Math.floor(now() / 1000);
      return ok({
        access_token: tokens.issue(),
        token_type: "Bearer",
        not_before: seconds,
        expires_in: tokens.lifetime,
        expires_on: seconds + tokens.lifetime,
        resource,
      });
    },
  };
  return { operations, counts: () => ({}) };
}
