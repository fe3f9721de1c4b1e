import type { Identity } from "../generated/identity.resources.js";
import { ApiError, AuthenticationError, quote } from "./errors.js";
import { isToken } from "./http/token-store.js";
import type { IssuedToken } from "./http/tokens.js";

/** Statuses that mean the credentials; others (429, 5xx) mean the service and stay an `ApiError`. */
const CREDENTIAL_STATUSES = new Set([400, 401, 403]);

/** Exchanges client credentials for a token. */
export async function issueToken(
  identity: Identity,
  credentials: { clientId: string; clientSecret: string },
): Promise<IssuedToken> {
  const body = {
    grant_type: "client_credentials",
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  } as const;
  const token = await identity.token(body).catch((cause: unknown) => {
    if (!(cause instanceof ApiError && CREDENTIAL_STATUSES.has(cause.status))) throw cause;
    throw new AuthenticationError(
      "credentials_refused",
      `The identity service refused the client id and secret with ${cause.status}${quote(cause.detail)}. Check them, and that they belong to this environment.`,
      { cause },
    );
  });
  const { access_token: accessToken, expires_in: seconds } = token ?? {};
  if (!isToken(accessToken)) {
    throw new AuthenticationError("no_token", "The identity service responded without a valid access_token.");
  }
  // Some token services write numbers as strings.
  const lifetime = typeof seconds === "number" || typeof seconds === "string" ? Number(seconds) * 1000 : 0;
  return { token: accessToken, lifetime: lifetime > 0 && Number.isFinite(lifetime) ? lifetime : undefined };
}
