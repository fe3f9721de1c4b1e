import { AuthenticationError, ConfigurationError } from "../errors.js";
import { causeOf } from "./cause.js";
import { kindOf } from "./checks.js";
import { type Hooks, notify } from "./hooks.js";
import { inTime, type Signals, untilAborted } from "./signals.js";

/** Gives the bearer token of a request. */
export interface TokenSource {
  get(signals: Signals): string | Promise<string>;
  /** Says that the API answered 401 to this token. */
  refuse(token: string): void | Promise<void>;
}

/** Where processes share a token: any object with these three methods (a Keyv fits). The values are secrets. */
export interface TokenStore {
  get(key: string): Promise<unknown>;
  /** @param ttl lifetime in ms */
  set(key: string, value: string, ttl: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

/** A token of the caller's own: a string, or a function that is asked before every attempt. */
export type AccessToken = string | ((refused: string | undefined) => string | Promise<string>);

/** A token that the identity service gave. */
export interface IssuedToken {
  token: string;
  /** Lifetime in ms, reckoned from when it was asked for; `undefined` where the answer does not tell. */
  lifetime: number | undefined;
}

/** A token is renewed this long before its end (ms), or at nine tenths of a short life. */
const MARGIN = 60_000;

/** Tokens of the caller's own making. */
export class GivenTokens implements TokenSource {
  readonly #accessToken: AccessToken;
  readonly #timeout: number;
  #refused: string | undefined;

  /** @param timeout how long the function may take, in ms */
  constructor(accessToken: AccessToken, timeout: number) {
    if (typeof accessToken === "string") checkToken("accessToken", accessToken);
    this.#accessToken = accessToken;
    this.#timeout = timeout;
  }

  get(signals: Signals): string | Promise<string> {
    return typeof this.#accessToken === "string"
      ? this.#accessToken
      : untilAborted(this.#ask(this.#accessToken), signals);
  }

  refuse(token: string): void {
    this.#refused = token;
  }

  async #ask(accessToken: Exclude<AccessToken, string>): Promise<string> {
    let token: unknown;
    try {
      const given = accessToken(this.#refused);
      token = typeof given === "string" ? given : await inTime(given, this.#timeout);
    } catch (error) {
      throw new AuthenticationError("access_token_failed", "The function given as accessToken failed", {
        cause: causeOf(error),
      });
    }
    return checkToken("What the function given as accessToken resolved to", token);
  }
}

interface HeldToken {
  token: string;
  /** Local clock, ms. */
  expiresAt: number;
}

/** Tokens of the identity service: asked for once by any number of calls, kept until shortly before their end. */
export class IssuedTokens implements TokenSource {
  readonly #issue: () => Promise<IssuedToken>;
  readonly #store: TokenStore | undefined;
  readonly #key: string;
  readonly #timeout: number;
  readonly #hooks: Hooks;
  #held: HeldToken | undefined;
  #pending: Promise<string> | undefined;
  #refused: string | undefined;

  /** @param shared where other processes find the token, under which key, and how long a store may take, in ms */
  constructor(
    issue: () => Promise<IssuedToken>,
    { store, key, timeout }: { store: TokenStore | undefined; key: string; timeout: number },
    hooks: Hooks,
  ) {
    this.#issue = issue;
    this.#store = store;
    this.#key = key;
    this.#timeout = timeout;
    this.#hooks = hooks;
  }

  get(signals: Signals): string | Promise<string> {
    if (this.#held && Date.now() < this.#held.expiresAt) return this.#held.token;
    // One request for all who wait; a caller that gives up leaves it to the others.
    this.#pending ??= this.#obtain().finally(() => {
      this.#pending = undefined;
    });
    return untilAborted(this.#pending, signals);
  }

  async refuse(token: string): Promise<void> {
    this.#refused = token;
    if (this.#held?.token === token) this.#held = undefined;
    const store = this.#store;
    if (!store) return;
    try {
      const drop = async () => {
        if (parseHeld(await store.get(this.#key))?.token === token) await store.delete(this.#key);
      };
      await inTime(drop(), this.#timeout);
    } catch {
      // A store that fails is told of when the next token is obtained; the refused one is known by #refused.
    }
  }

  async #obtain(): Promise<string> {
    let storeError: string | undefined;
    const attempted = async <T>(what: string, run: () => Promise<T>) => {
      try {
        return await inTime(run(), this.#timeout);
      } catch (error) {
        // By name only: some stores quote the command that failed, value and all.
        storeError = `${what} failed: ${error instanceof Error ? error.name : typeof error}`;
        return undefined;
      }
    };
    const store = this.#store;
    if (store) {
      const found = parseHeld(await attempted("get", () => store.get(this.#key)));
      if (found && found.token !== this.#refused && Date.now() < found.expiresAt) {
        this.#held = found;
        this.#tell("store", found.expiresAt - Date.now(), undefined);
        return found.token;
      }
    }
    const asked = Date.now();
    const { token, lifetime } = await this.#issue();
    // Without a lifetime the token serves until it is refused.
    const kept = lifetime === undefined ? Number.POSITIVE_INFINITY : lifetime - Math.min(MARGIN, lifetime / 10);
    this.#held = { token, expiresAt: asked + kept };
    if (store && Number.isFinite(kept)) {
      const value = JSON.stringify(this.#held);
      await attempted("set", () => store.set(this.#key, value, Math.floor(kept)));
    }
    this.#tell("identity", lifetime, storeError);
    return token;
  }

  #tell(source: "identity" | "store", expiresIn: number | undefined, storeError: string | undefined): void {
    notify(this.#hooks.onToken, { source, expiresIn, storeError });
  }
}

/** Whether a value can stand in a header. The platform's own error about one that cannot would quote it. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}

function checkToken(what: string, token: unknown): string {
  if (isToken(token)) return token;
  const given =
    typeof token !== "string"
      ? `${kindOf(token)} was given`
      : token === ""
        ? "it is empty"
        : "it holds white space, a line break or another sign that no token has";
  throw new ConfigurationError("invalid_option", `${what} must be a bearer token; ${given}.`);
}

function parseHeld(value: unknown): HeldToken | undefined {
  try {
    const held: unknown = typeof value === "string" ? JSON.parse(value) : undefined;
    if (typeof held !== "object" || held === null) return undefined;
    const { token, expiresAt } = held as Partial<Record<keyof HeldToken, unknown>>;
    return isToken(token) && typeof expiresAt === "number" ? { token, expiresAt } : undefined;
  } catch {
    return undefined;
  }
}
