import { sha256, toHex } from "../bytes.js";
import { AuthenticationError, ConfigurationError } from "../errors.js";
import { isTimeout, raceAbort, type Signals, sleep, throwIfAborted, withTimeout } from "./abort.js";
import { typeName } from "./checks.js";
import { type Hooks, notify } from "./hooks.js";
import { backoff } from "./retry.js";
import { sanitizeCause } from "./sanitize-cause.js";

/** Provides the bearer token of a request. */
export interface TokenSource {
  /** @param maxWait how long the call may wait, in ms; the promise rejects with a `TimeoutError` DOMException then */
  get(signals: Signals, maxWait: number): string | Promise<string>;
  /** Reports that the API responded with 401 to this token. Returns whether the same token is worth a second try. */
  invalidate(token: string): boolean | Promise<boolean>;
  /** Reports whether the API accepted the token that replaced a refused one. */
  replaced?(isAccepted: boolean): void;
  /** Reports that the API accepted a token. */
  accepted?(token: string): void;
}

/** Fails each call with an error: what is missing matters only to those that need a token. */
export const failingTokens = (error: unknown): TokenSource => ({
  get: () => Promise.reject(error),
  invalidate: () => false,
});

/** Shares a token between processes: any object with these three methods (a Keyv fits). The values are secrets. */
export interface TokenStore {
  get(key: string): Promise<unknown>;
  /** @param ttl lifetime in ms */
  set(key: string, value: string, ttl: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

/** A token of the caller's own: a string, or a function that is called before every attempt. */
export type AccessToken = string | ((refused: string | undefined) => string | Promise<string>);

/** A token that the identity service issued. */
export interface IssuedToken {
  token: string;
  /** Lifetime in ms, counted from the request; `undefined` if the response does not state one. */
  lifetime: number | undefined;
}

/** A token is renewed this long before it expires (ms), or after nine tenths of a short lifetime. */
const RENEWAL_MARGIN = 60_000;

/** How long a token without a stated lifetime is used, in ms. */
const DEFAULT_LIFETIME = 300_000;

/** How long a token is kept after its predecessor was replaced in vain, in ms: doubled each time, up to the longest. */
const HOLD = { first: 5_000, longest: 60_000 };

/** A token that was good is revoked if it is refused this many times in a row: bad resources do not come in such rows. */
const MAX_REFUSALS_IN_A_ROW = 3;

/** Tokens that the caller provides. */
export class CallerTokens implements TokenSource {
  readonly #accessToken: AccessToken;
  readonly #timeout: number;
  #refused: string | undefined;

  /** @param timeout how long the function may take, in ms */
  constructor(accessToken: AccessToken, timeout: number) {
    if (typeof accessToken === "string") checkToken("accessToken", accessToken);
    this.#accessToken = accessToken;
    this.#timeout = timeout;
  }

  get(signals: Signals, maxWait: number): string | Promise<string> {
    return typeof this.#accessToken === "string"
      ? this.#accessToken
      : raceAbort(this.#request(this.#accessToken, Math.min(maxWait, this.#timeout)), signals);
  }

  invalidate(token: string): boolean {
    this.#refused = token;
    return false;
  }

  async #request(accessToken: Exclude<AccessToken, string>, timeout: number): Promise<string> {
    let token: unknown;
    try {
      const given = accessToken(this.#refused);
      token = typeof given === "string" ? given : await withTimeout(given, timeout);
    } catch (error) {
      throw new AuthenticationError("access_token_failed", "The accessToken function failed.", {
        cause: sanitizeCause(error),
      });
    }
    return checkToken("The result of the accessToken function", token);
  }
}

interface CachedToken {
  token: string;
  /** Local clock, ms. */
  expiresAt: number;
  wasAccepted?: boolean;
}

/** A token request in flight, and how many calls wait for it. */
interface PendingToken {
  promise: Promise<string>;
  waiting: number;
  startedAt: number;
}

/** Tokens of the identity service: requested once by any number of calls, cached until shortly before they expire. */
export class ClientCredentialsTokens implements TokenSource {
  readonly #issue: () => Promise<IssuedToken>;
  readonly #store: TokenStore | undefined;
  readonly #key: () => Promise<string>;
  readonly #timeout: number;
  readonly #hooks: Hooks;
  #cached: CachedToken | undefined;
  #pending: PendingToken | undefined;
  #refused: string | undefined;
  /** Consecutive replacements that were refused as well, and until when there is no further one. */
  #vain = { count: 0, until: 0 };
  /** Refusals of a token that was accepted before, since it was accepted last. */
  #refusalsInARow = 0;
  /** Consecutive failed requests, and until when there is no further one. */
  #failures = { count: 0, notBefore: 0 };

  /**
   * @param shared where other processes find the token, under which key, and how long the store, or a call that waits for
   * another call's request, may take, in ms
   */
  constructor(
    issue: () => Promise<IssuedToken>,
    { store, key, timeout }: { store: TokenStore | undefined; key: () => Promise<string>; timeout: number },
    hooks: Hooks,
  ) {
    this.#issue = issue;
    this.#store = store;
    this.#key = key;
    this.#timeout = timeout;
    this.#hooks = hooks;
  }

  get(signals: Signals, maxWait: number): string | Promise<string> {
    if (this.#cached && Date.now() < this.#cached.expiresAt) return this.#cached.token;
    return this.#wait(signals, maxWait);
  }

  async invalidate(token: string): Promise<boolean> {
    if (this.#cached?.token === token) {
      const isRevoked = this.#cached.wasAccepted && ++this.#refusalsInARow >= MAX_REFUSALS_IN_A_ROW;
      if (performance.now() < this.#vain.until && !isRevoked) return true;
      this.#cached = undefined;
    }
    this.#refused = token;
    const store = this.#store;
    if (!store) return false;
    const key = await this.#key();
    try {
      const remove = async () => {
        if (parseCachedToken(await store.get(key))?.token === token) await store.delete(key);
      };
      await withTimeout(remove(), this.#timeout);
    } catch {
      // A store that fails is reported when the next token is obtained. #refused keeps this one from being used again.
    }
    return false;
  }

  /** Where a new token is refused too, the 401 means the resource: the token stays for the calls that it is good for. */
  replaced(isAccepted: boolean): void {
    const { count } = this.#vain;
    this.#vain = isAccepted
      ? { count: 0, until: 0 }
      : { count: count + 1, until: performance.now() + Math.min(HOLD.longest, HOLD.first * 2 ** count) };
  }

  accepted(token: string): void {
    if (this.#cached?.token !== token) return;
    this.#cached.wasAccepted = true;
    this.#refusalsInARow = 0;
  }

  /**
   * One request for all calls that wait. Workers can end the context that a promise belongs to, which then never
   * settles: a request that the last waiting call has left by an abort, or that takes longer than `timeout`, is replaced.
   */
  async #wait(signals: Signals, maxWait: number): Promise<string> {
    const deadline = performance.now() + maxWait;
    for (;;) {
      const isOwn = this.#pending === undefined;
      this.#pending ??= this.#start();
      const pending = this.#pending;
      pending.waiting++;
      try {
        const left = deadline - performance.now();
        return await raceAbort(withTimeout(pending.promise, isOwn ? left : Math.min(left, this.#timeout)), signals);
      } catch (error) {
        throwIfAborted(signals);
        if (!isTimeout(error)) throw error;
        // Timers can be a fraction of a millisecond early.
        if (performance.now() + 1 >= pending.startedAt + this.#timeout) this.#abandon(pending);
        if (performance.now() >= deadline) throw error;
      } finally {
        if (--pending.waiting === 0 && signals.some(({ aborted }) => aborted)) this.#abandon(pending);
      }
    }
  }

  #start(): PendingToken {
    const pending = { promise: this.#obtain(), waiting: 0, startedAt: performance.now() };
    const settle = () => this.#abandon(pending);
    pending.promise.then(settle, settle);
    return pending;
  }

  /** Calls that come from now on start a request of their own. */
  #abandon(pending: PendingToken): void {
    if (this.#pending === pending) this.#pending = undefined;
  }

  async #obtain(): Promise<string> {
    let storeError: string | undefined;
    const attempt = async <T>(action: string, run: () => Promise<T>) => {
      try {
        return await withTimeout(run(), this.#timeout);
      } catch (error) {
        // The name only: some stores quote the command that failed together with its value.
        storeError = `${action} failed: ${error instanceof Error ? error.name : typeof error}`;
        return undefined;
      }
    };
    const store = this.#store;
    const key = store ? await this.#key() : "";
    if (store) {
      const found = parseCachedToken(await attempt("get", () => store.get(key)));
      if (found && found.token !== this.#refused && Date.now() < found.expiresAt) {
        this.#cached = found;
        this.#notify("store", found.expiresAt - Date.now(), undefined);
        return found.token;
      }
    }
    const { requestedAt, token, lifetime } = await this.#request();
    const usable = lifetime ?? DEFAULT_LIFETIME;
    const ttl = usable - Math.min(RENEWAL_MARGIN, usable / 10);
    this.#cached = { token, expiresAt: requestedAt + ttl };
    // One without a stated lifetime may be refused at any time, which other processes would not notice.
    if (store && lifetime !== undefined) {
      const value = JSON.stringify(this.#cached);
      await attempt("set", () => store.set(key, value, Math.floor(ttl)));
    }
    this.#notify("identity", lifetime, storeError);
    return token;
  }

  /** A new token. Consecutive failures are a backoff apart. */
  async #request(): Promise<IssuedToken & { requestedAt: number }> {
    const delay = this.#failures.notBefore - performance.now();
    if (delay > 0) await sleep(delay, []);
    const requestedAt = Date.now();
    try {
      const issued = await this.#issue();
      this.#failures = { count: 0, notBefore: 0 };
      return { ...issued, requestedAt };
    } catch (error) {
      const { count } = this.#failures;
      this.#failures = { count: count + 1, notBefore: performance.now() + backoff(count) };
      throw error;
    }
  }

  #notify(source: "identity" | "store", expiresIn: number | undefined, storeError: string | undefined): void {
    notify(this.#hooks.onToken, { source, expiresIn, storeError });
  }
}

/**
 * The key of a token in a shared store. It depends on the secret, so that who does not know the secret does not find the
 * token; the secret cannot be read from it.
 */
export async function tokenKey(tokenUrl: string, clientId: string, clientSecret: string): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([tokenUrl, clientId, clientSecret]));
  return `amili-client:${toHex(await sha256(bytes))}`;
}

/** Whether a value can stand in a header. The platform's own error about one that cannot would quote it. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}

function checkToken(what: string, token: unknown): string {
  if (isToken(token)) return token;
  const problem =
    typeof token !== "string"
      ? `${typeName(token)} was given`
      : token === ""
        ? "it is empty"
        : "it contains white space, a line break or another character that no token has";
  throw new ConfigurationError("invalid_option", `${what} must be a bearer token; ${problem}.`);
}

function parseCachedToken(value: unknown): CachedToken | undefined {
  try {
    const parsed: unknown = typeof value === "string" ? JSON.parse(value) : undefined;
    if (typeof parsed !== "object" || parsed === null) return undefined;
    const { token, expiresAt } = parsed as Partial<Record<keyof CachedToken, unknown>>;
    return isToken(token) && typeof expiresAt === "number" ? { token, expiresAt } : undefined;
  } catch {
    return undefined;
  }
}
