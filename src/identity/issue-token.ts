import { ApiError, AuthenticationError } from "../errors.js";
import { type IssuedToken, isToken } from "../http/tokens.js";
import type { Identity } from "./index.js";

/** Answers that speak of the credentials; others (429, 5xx) speak of the service and stay `ApiError`s. */
const REFUSALS = new Set([400, 401, 403]);

/** Exchanges client credentials for a token, as `IssuedTokens` wants it. */
export async function issueToken(
  identity: Identity,
  credentials: { clientId: string; clientSecret: string },
): Promise<IssuedToken> {
  const body = {
    grant_type: "client_credentials",
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  } as const;
  const answer = await identity.token(body).catch((cause: unknown) => {
    if (!(cause instanceof ApiError && REFUSALS.has(cause.status))) throw cause;
    throw new AuthenticationError(
      "credentials_refused",
      `The identity service answered ${cause.status} to the client id and secret; check them, and that they are meant for this environment`,
      { cause },
    );
  });
  const { access_token: token, expires_in: seconds } = answer ?? {};
  if (!isToken(token))
    throw new AuthenticationError("no_token", "The identity service answered without a usable access_token");
  // Some token services of this kind write numbers as strings.
  const lifetime = Number(seconds) * 1000;
  return { token, lifetime: lifetime > 0 ? lifetime : undefined };
}
