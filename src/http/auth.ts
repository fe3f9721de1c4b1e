import { ConfigurationError } from "../errors.js";
import { checkHeaders, checkNames, type HeadersLike, typeName } from "./checks.js";
import { failingTokens, type TokenSource } from "./tokens.js";

/**
 * How requests to an API authenticate, where the documentation does not settle it: `"bearer"` is the token of the other
 * APIs, `basic` is HTTP Basic, `headers` are headers of your own.
 */
export type Auth = "bearer" | { basic: { username: string; password: string } } | { headers: Record<string, string> };

/** Adds the credentials to a request. */
export interface Authorization {
  tokens: TokenSource;
  write(headers: Record<string, string>, token: string): void;
  /** What a server must not echo into an error. */
  secrets(token: string): readonly string[];
}

export const bearer = (tokens: TokenSource): Authorization => ({
  tokens,
  write: (headers, token) => {
    headers.authorization = `Bearer ${token}`;
  },
  secrets: (token) => [token],
});

/** The authorization that the option `auth` asks for. Without one, calls fail with an error that says how to set it. */
export function createAuthorization(option: string, auth: Auth | undefined, tokens: TokenSource): Authorization {
  if (auth === undefined) {
    return failingAuthorization(
      new ConfigurationError(
        "invalid_option",
        `The documentation does not settle how this API authenticates. Set ${option}: "bearer", { basic } or { headers }.`,
      ),
    );
  }
  if (auth === "bearer") return bearer(tokens);
  const fixed = Object.fromEntries(checkAuthHeaders(option, auth));
  return {
    // The same after a refusal, which ends the call.
    tokens: { get: () => "fixed", invalidate: () => false },
    write: (headers) => Object.assign(headers, fixed),
    // The credentials behind the name of a scheme, too.
    secrets: () => Object.values(fixed).flatMap((value) => [value, ...value.split(" ").slice(1), ...passwordOf(auth)]),
  };
}

/** Fails each call with an error: what is missing matters only to those that call the API. */
export function failingAuthorization(error: ConfigurationError): Authorization {
  return {
    tokens: failingTokens(error),
    write: () => {},
    secrets: () => [],
  };
}

const passwordOf = (auth: Auth) => (typeof auth === "object" && "basic" in auth ? [auth.basic.password] : []);

/** What JavaScript may pass in the place of an `Auth`. */
interface UncheckedAuth {
  basic?: { username?: unknown; password?: unknown } | null;
  headers?: HeadersLike | null;
}

function checkAuthHeaders(option: string, auth: Auth): Headers {
  if (typeof auth === "object" && auth !== null) checkNames(option, auth, { basic: true, headers: true });
  const { basic, headers }: UncheckedAuth = Object(auth);
  if (typeof basic?.username === "string" && typeof basic.password === "string") {
    checkNames(`${option}.basic`, basic, { username: true, password: true });
    if (basic.username.includes(":")) {
      throw new ConfigurationError(
        "invalid_option",
        `${option}.basic.username must not contain a colon, which HTTP Basic cannot transmit.`,
      );
    }
    const bytes = new TextEncoder().encode(`${basic.username}:${basic.password}`);
    return checkHeaders(option, { authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` });
  }
  if (typeof headers === "object" && headers !== null) return checkHeaders(option, headers);
  throw new ConfigurationError(
    "invalid_option",
    `${option} must be "bearer", { basic } or { headers }; ${typeName(auth)} was given.`,
  );
}
