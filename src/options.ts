import { version } from "../generated/operations.js";
import { ConfigurationError } from "./errors.js";
import type { Fetch } from "./http/attempt.js";
import type { Auth } from "./http/auth.js";
import { check, checkCount, checkCustomHeaders, checkNames, checkTimeout, MAX_TIMER } from "./http/checks.js";
import type { Servers } from "./http/client.js";
import type { Hooks } from "./http/hooks.js";
import type { AccessToken, TokenStore } from "./http/tokens.js";
import { checkBaseUrl } from "./http/url.js";

/** Where a program works: on real cases and money, or on Amili's test systems. */
export type Environment = "production" | "staging";

/** The APIs whose base URL can be set. */
export interface BaseUrls {
  identity?: string;
  debtCollection?: string;
  accountsReceivable?: string;
  /** The documentation names no address of this API: calls need this option. */
  autoCollectLegacy?: string;
  /** The documentation names no address of this API: calls need this option. */
  distributionInvoice?: string;
  /** The documentation names no address of this API: calls need this option. */
  distributionPartner?: string;
}

/** The APIs of which the documentation shows no authentication, or several. */
export interface AuthByApi {
  autoCollectLegacy?: Auth;
  distributionInvoice?: Auth;
  distributionPartner?: Auth;
}

/** Options of `new Amili`. */
export interface AmiliOptions {
  /** Issued by Amili. Default: the environment variable `AMILI_CLIENT_ID`. */
  clientId?: string;
  /** Issued by Amili. Default: the environment variable `AMILI_CLIENT_SECRET`. */
  clientSecret?: string;
  /**
   * A bearer token of your own, instead of `clientId` and `clientSecret`: a string, or a function that is asked before
   * every attempt and may take as long as one. After a 401 the function is given the refused token.
   */
  accessToken?: AccessToken;
  /** Default: the environment variable `AMILI_ENVIRONMENT`, else `"production"`. */
  environment?: Environment;
  /** Other addresses than the environment's, say of a sandbox. `https:`, or `http:` on loopback. They get the token. */
  baseUrls?: BaseUrls;
  /**
   * How requests to the AutoCollect Legacy and Distribution APIs show who sends them; calls to them need it. Where it is
   * given, credentials may be left out; the other APIs cannot be called then.
   */
  auth?: AuthByApi;
  /** Sends the requests in place of the platform's `fetch`, which is looked up at each call. */
  fetch?: Fetch;
  /** Limit of one attempt, in ms, reading the body included. Default 30 000. */
  timeout?: number;
  /** How often a request may be sent again, not counting the one renewal of a token after a 401. Default 2; 0 means never. */
  maxRetries?: number;
  /** The longest `Retry-After` that is waited for, in ms. A longer one ends the call at once. Default 60 000. */
  maxRetryAfter?: number;
  /** Shares tokens between processes. A Keyv fits. Where it fails, or takes longer than `timeout`, calls do without. */
  tokenStore?: TokenStore;
  /** Functions that watch requests, answers, retries and tokens. */
  hooks?: Hooks;
  /** Allows operations whose method or path was concluded and not read in the documentation. Default false. */
  allowInferred?: boolean;
  /** Headers for every request. */
  headers?: Record<string, string>;
  /** Names your program in the `User-Agent`, before this library's own name. */
  userAgent?: string;
}

const BASE_URLS = {
  identity: true,
  debtCollection: true,
  accountsReceivable: true,
  autoCollectLegacy: true,
  distributionInvoice: true,
  distributionPartner: true,
} satisfies Record<keyof BaseUrls, true>;

const OPTIONS = {
  clientId: true,
  clientSecret: true,
  accessToken: true,
  environment: true,
  baseUrls: true,
  auth: true,
  fetch: true,
  timeout: true,
  maxRetries: true,
  maxRetryAfter: true,
  tokenStore: true,
  hooks: true,
  allowInferred: true,
  headers: true,
  userAgent: true,
} satisfies Record<keyof AmiliOptions, true>;

/** Options that are all known: JavaScript lets a misspelt `environment` through, and calls would go to production. */
export function checkOptions(options: AmiliOptions): void {
  checkNames("The options", options, OPTIONS);
  checkNames("baseUrls", options.baseUrls ?? {}, BASE_URLS);
}

/** What a token comes from. */
export type Credentials = { accessToken: AccessToken } | { clientId: string; clientSecret: string };

/** A variable of the process, where there is one. An empty one counts as not set, as does one that may not be read. */
function variable(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  try {
    return process?.env?.[name] || undefined;
  } catch {
    // Deno throws where it was not given --allow-env.
    return undefined;
  }
}

/** The credentials given, or the error that says what is missing. */
export function credentialsOf({ accessToken, clientId, clientSecret }: AmiliOptions): Credentials | ConfigurationError {
  if (accessToken !== undefined) {
    if (clientId === undefined && clientSecret === undefined) return { accessToken };
    throw new ConfigurationError(
      "invalid_option",
      "accessToken stands instead of clientId and clientSecret; give one or the other.",
    );
  }
  const id = clientId ?? variable("AMILI_CLIENT_ID");
  const secret = clientSecret ?? variable("AMILI_CLIENT_SECRET");
  if (id && secret) return { clientId: id, clientSecret: secret };
  const missing = [id ? "" : "clientId (AMILI_CLIENT_ID)", secret ? "" : "clientSecret (AMILI_CLIENT_SECRET)"];
  return new ConfigurationError(
    "missing_credentials",
    `${missing.filter(Boolean).join(" and ")} missing. Give them to new Amili() or set the environment variables; Amili issues them.`,
  );
}

export function environmentOf(options: AmiliOptions): Environment {
  const environment = options.environment ?? variable("AMILI_ENVIRONMENT") ?? "production";
  if (environment === "production" || environment === "staging") return environment;
  throw new ConfigurationError(
    "invalid_option",
    `environment must be "production" or "staging"; ${JSON.stringify(environment)} was given.`,
  );
}

/** The base URL of an API, checked; none where neither the documentation nor the options name one. */
export function baseUrlOf(options: AmiliOptions, api: keyof BaseUrls, servers: Servers): string | undefined {
  const environment = environmentOf(options);
  const url = options.baseUrls?.[api] ?? servers[environment];
  return url === undefined ? undefined : checkBaseUrl(`baseUrls.${api}`, url);
}

/** The options that every request goes by, with their defaults. */
export function transportOptionsOf(options: AmiliOptions) {
  const {
    userAgent,
    timeout = 30_000,
    maxRetries = 2,
    maxRetryAfter = 60_000,
    allowInferred = false,
    // Looked up at each call, so that a mock installed later is seen.
    fetch = (url, init) => globalThis.fetch(url, init),
  } = options;
  const headers = checkCustomHeaders({
    accept: "application/json",
    "user-agent": `${userAgent === undefined ? "" : `${userAgent} `}amili-client/${version}`,
    ...Object.fromEntries(checkCustomHeaders(options.headers ?? {})),
  });
  return {
    fetch: check("fetch", fetch, "a function", typeof fetch === "function"),
    timeout: checkTimeout("timeout", timeout),
    maxRetries: checkCount("maxRetries", maxRetries, 0),
    maxRetryAfter: checkCount("maxRetryAfter", maxRetryAfter, 0, MAX_TIMER),
    hooks: options.hooks ?? {},
    allowInferred: check("allowInferred", allowInferred, "true or false", typeof allowInferred === "boolean"),
    headers: Object.fromEntries(headers),
  };
}
