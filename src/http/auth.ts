import { ConfigurationError } from "../errors.js";
import { checkHeaders, type HeadersLike, kindOf } from "./checks.js";
import type { TokenSource } from "./tokens.js";

/**
 * How requests to an API show who sends them, where the documentation does not settle it: `"bearer"` is the token of the
 * other APIs, `basic` is HTTP Basic, `headers` are headers of your own.
 */
export type Auth = "bearer" | { basic: { username: string; password: string } } | { headers: Record<string, string> };

/** Puts what shows the sender on a request. */
export interface Authorization {
  tokens: TokenSource;
  write(headers: Headers, token: string): void;
}

export const bearer = (tokens: TokenSource): Authorization => ({
  tokens,
  write: (headers, token) => headers.set("authorization", `Bearer ${token}`),
});

/** The choice made in the option `auth`; where none was made, the error that calls get. */
export function authorizationOf(
  option: string,
  auth: Auth | undefined,
  tokens: TokenSource,
): Authorization | ConfigurationError {
  if (auth === undefined) {
    return new ConfigurationError(
      "invalid_option",
      `The documentation does not settle how this API knows its callers. Set ${option}: "bearer", { basic } or { headers }.`,
    );
  }
  if (auth === "bearer") return bearer(tokens);
  const fixed = headersOf(option, auth);
  return {
    // The same after a refusal, which ends the call.
    tokens: { get: () => "fixed", refuse: () => {} },
    write: (headers) => {
      for (const [name, value] of fixed) headers.set(name, value);
    },
  };
}

/** What may stand in the place of an `Auth` in JavaScript, if it is not the key alone. */
interface GivenAuth {
  basic?: { username?: unknown; password?: unknown } | null;
  headers?: HeadersLike | null;
}

function headersOf(option: string, auth: Auth): Headers {
  const { basic, headers }: GivenAuth = Object(auth);
  if (typeof basic?.username === "string" && typeof basic.password === "string") {
    if (basic.username.includes(":")) {
      throw new ConfigurationError(
        "invalid_option",
        `${option}.basic.username must not hold a colon; HTTP Basic cannot carry one.`,
      );
    }
    const bytes = new TextEncoder().encode(`${basic.username}:${basic.password}`);
    return checkHeaders(option, { authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` });
  }
  if (typeof headers === "object" && headers !== null) return checkHeaders(option, headers);
  throw new ConfigurationError(
    "invalid_option",
    `${option} must be "bearer", { basic } or { headers }; ${kindOf(auth)} was given.`,
  );
}
