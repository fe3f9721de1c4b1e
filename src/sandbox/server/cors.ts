import type { IncomingMessage } from "node:http";
import { ConfigurationError } from "../../errors.js";

/** Which pages may call the sandbox from a browser: all, or those of some origins. */
export type CorsOption = boolean | string | string[];

const isOrigin = (value: unknown): value is string =>
  typeof value === "string" && URL.canParse(value) && new URL(value).origin === value;

/** The origins that may call, or whether all may. */
export function checkCors(cors: CorsOption): boolean | readonly string[] {
  if (typeof cors === "boolean") return cors;
  const origins = [cors].flat();
  if (origins.length > 0 && origins.every(isOrigin)) return origins;
  throw new ConfigurationError(
    "invalid_option",
    "cors must be true, or one or more origins such as http://localhost:5173, without a path.",
  );
}

/** The CORS headers of a response; empty for a page that may not read it. */
export function corsHeaders({ headers }: IncomingMessage, cors: boolean | readonly string[]): Record<string, string> {
  const { origin } = headers;
  const isAllowed = origin !== undefined && (cors === true || (Array.isArray(cors) && cors.includes(origin)));
  if (!isAllowed) return {};
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "retry-after, x-request-id",
    vary: "origin",
  };
}

/** The further headers that allow the request that a preflight asks for; `undefined` if a request is none. */
export function preflightHeaders({ method, headers }: IncomingMessage): Record<string, string> | undefined {
  const { "access-control-request-method": requested, "access-control-request-headers": names } = headers;
  if (method !== "OPTIONS" || requested === undefined) return undefined;
  return {
    "access-control-allow-methods": requested,
    ...(names !== undefined && { "access-control-allow-headers": String(names) }),
    ...(headers["access-control-request-private-network"] && { "access-control-allow-private-network": "true" }),
  };
}
