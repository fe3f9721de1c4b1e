import { sha256, toHex } from "../bytes.js";
import { AuthenticationError, ConfigurationError } from "../errors.js";
import { isTimeout, raceAbort, type Signals, sleep, throwIfAborted, withTimeout } from "./abort.js";
import { typeName } from "./checks.js";
import { type Hooks, notify } from "./hooks.js";
import { backoff } from "./retry.js";
import { sanitizeCause } from "./sanitize-cause.js";
import { isToken, parseStoredToken, type StoredToken, TokenRefresh, type TokenStore } from "./token-store.js";

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

interface CachedToken extends StoredToken {
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
    // Under a lock the request for a new one deletes it. Here that could delete what another process has stored since.
    if (!store || store.lock) return false;
    const key = await this.#key();
    try {
      const remove = async () => {
        if (parseStoredToken(await store.get(key))?.token === token) await store.delete(key);
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
    const refresh = this.#store && new TokenRefresh(this.#store, await this.#key(), this.#refused, this.#timeout);
    let found = await refresh?.read();
    if (!found) {
      await this.#backOff();
      found = await refresh?.lock();
    }
    if (found) {
      refresh?.release();
      this.#cached = found;
      this.#notify("store", found.expiresAt - Date.now(), refresh?.error);
      return found.token;
    }
    try {
      const requestedAt = Date.now();
      const { token, lifetime } = await this.#request();
      const usable = lifetime ?? DEFAULT_LIFETIME;
      const ttl = usable - Math.min(RENEWAL_MARGIN, usable / 10);
      const cached = { token, expiresAt: requestedAt + ttl };
      this.#cached = cached;
      // One without a stated lifetime may be refused at any time, which other processes would not notice.
      if (lifetime !== undefined) await refresh?.write(cached, ttl);
      this.#notify("identity", lifetime, refresh?.error);
      return token;
    } finally {
      refresh?.release();
    }
  }

  /** Consecutive failed requests are a backoff apart. */
  async #backOff(): Promise<void> {
    const delay = this.#failures.notBefore - performance.now();
    if (delay > 0) await sleep(delay, []);
  }

  async #request(): Promise<IssuedToken> {
    try {
      const issued = await this.#issue();
      this.#failures = { count: 0, notBefore: 0 };
      return issued;
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
