import type { operations as Types } from "../../../generated/identity.js";
import { ok, problem } from "../answer.js";
import { Ids } from "../data/ids.js";
import type { OperationsOf } from "../operation.js";
import type { World } from "../world.js";
import type { Tokens } from "./tokens.js";

export const CREDENTIALS = { clientId: "sandbox-client", clientSecret: "sandbox-secret" } as const;

const BASIC = Buffer.from(`${CREDENTIALS.clientId}:${CREDENTIALS.clientSecret}`).toString("base64");

/** The security schemes of the specs: whether what stands in `Authorization` lets a request in. */
const SCHEMES: Record<string, { name: string; accepts(value: string, tokens: Tokens): boolean }> = {
  bearerAuth: { name: "bearer", accepts: (value, tokens) => tokens.isValid(value) },
  basicAuth: { name: "basic", accepts: (value) => value === BASIC },
};

export function isAuthorized(scheme: string, header: string | undefined, tokens: Tokens): boolean {
  const [, name = "", value = ""] = /^(\S+) (\S+)$/.exec(header ?? "") ?? [];
  const known = SCHEMES[scheme];
  return known?.name === name.toLowerCase() && known.accepts(value, tokens);
}

/** The operations of the Identity API. */
export function identity({ seed, now }: World, tokens: Tokens): OperationsOf<Types> {
  const resource = new Ids(seed, "resource").at(0);
  return {
    createToken: ({ body }) => {
      const { client_id, client_secret } = body as Record<string, string>;
      if (client_id !== CREDENTIALS.clientId || client_secret !== CREDENTIALS.clientSecret) {
        return problem(401, "The sandbox knows other credentials; it tells them when it starts.");
      }
      const seconds = Math.floor(now() / 1000);
      return ok({
        access_token: tokens.give(),
        token_type: "Bearer",
        not_before: seconds,
        expires_in: tokens.lifetime,
        expires_on: seconds + tokens.lifetime,
        resource,
      });
    },
  };
}
