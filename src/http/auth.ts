import { ConfigurationError } from "../errors.js";
import { checkHeaders } from "./checks.js";
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
  const fixed = "basic" in auth ? { authorization: basic(option, auth.basic) } : auth.headers;
  checkHeaders(option, fixed);
  return {
    // The same after a refusal, which ends the call.
    tokens: { get: () => "fixed", refuse: () => {} },
    write: (headers) => {
      for (const [name, value] of Object.entries(fixed)) headers.set(name, value);
    },
  };
}

function basic(option: string, { username, password }: { username: string; password: string }): string {
  if (username.includes(":")) {
    throw new ConfigurationError(
      "invalid_option",
      `${option}.basic.username must not hold a colon; HTTP Basic cannot carry one.`,
    );
  }
  return `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${username}:${password}`)))}`;
}
