import { INFERRED_OPERATIONS, type InferredOperationId } from "../generated/inferred-operations.js";
import { version } from "../generated/version.js";
import { ConfigurationError } from "./errors.js";
import type { Auth } from "./http/auth.js";
import { checkBaseUrl, isLoopback } from "./http/base-url.js";
import {
  check,
  checkChoice,
  checkCount,
  checkCustomHeaders,
  checkFunction,
  checkNames,
  checkTimeout,
  MAX_TIMER,
  typeName,
} from "./http/checks.js";
import { withChannels } from "./http/diagnostics-channels.js";
import type { Fetch } from "./http/exchange.js";
import { combineHooks, HOOKS, type Hooks } from "./http/hooks.js";
import type { Limiter } from "./http/limiter.js";
import { isBrowser } from "./http/platform.js";
import { orPlatformFetch } from "./http/platform-fetch.js";
import type { TokenStore } from "./http/token-store.js";
import type { AccessToken } from "./http/tokens.js";
import type { Environment } from "./http/transport.js";
import type { ApiDefinition, Operation, Servers } from "./operation.js";

/** The APIs whose base URL can be set. */
export interface BaseUrls {
  identity?: string;
  debtCollection?: string;
  accountsReceivable?: string;
  /** Required to call this API: the documentation states no address. */
  autoCollectLegacy?: string;
  /** Required to call this API: the documentation states no address. */
  distributionInvoice?: string;
  /** Required to call this API: the documentation states no address. */
  distributionPartner?: string;
}

/** The APIs whose authentication is undocumented, or documented in several ways. */
export interface AuthByApi {
  autoCollectLegacy?: Auth;
  distributionInvoice?: Auth;
  distributionPartner?: Auth;
}

/** Options of `new Amili`. Unknown options are refused. */
export interface AmiliOptions {
  /** Issued by Amili. Default: the environment variable `AMILI_CLIENT_ID`. */
  clientId?: string;
  /** Issued by Amili. Default: the environment variable `AMILI_CLIENT_SECRET`. Refused in a browser, where it is public. */
  clientSecret?: string;
  /**
   * A bearer token instead of `clientId` and `clientSecret`: a string, or a function that is called before every attempt
   * and may take as long as one. After a 401 the function is passed the refused token.
   */
  accessToken?: AccessToken;
  /** Default: the environment variable `AMILI_ENVIRONMENT`, otherwise `"production"`. */
  environment?: Environment;
  /**
   * Other base URLs than the environment's, such as a sandbox's: `https:`, or `http:` on loopback. They receive the
   * token. Default: the environment variable `AMILI_BASE_URLS`, as JSON.
   */
  baseUrls?: BaseUrls;
  /**
   * How requests to the AutoCollect Legacy and Distribution APIs authenticate; calls to them need it. With it,
   * credentials may be left out; the other APIs cannot be called then.
   */
  auth?: AuthByApi;
  /** Sends the requests instead of the platform's `fetch`. It must not repeat a request by itself. */
  fetch?: Fetch;
  /**
   * Sends non-idempotent requests even where the platform's `fetch` may repeat them by itself, as browsers do after a
   * lost connection: an invoice may then be created twice. Default false: such requests are refused.
   */
  allowPlatformResend?: boolean;
  /** Time limit of one attempt in ms, including reading the body. Default 30 000. */
  timeout?: number;
  /** Maximum number of retries, not counting the repetition with a new token after a 401. Default 2; 0 means none. */
  maxRetries?: number;
  /**
   * The longest `Retry-After` to wait for, in ms. A longer one ends the call at once. It is also the longest time that a
   * call waits because others were throttled. Default 60 000.
   */
  maxRetryAfter?: number;
  /** The longest response body in bytes, after decompression. Streams are not limited. Default 64 MiB. */
  maxResponseSize?: number;
  /**
   * Parses the bodies of successful responses. Default `JSON.parse`, which rounds integers above 2^53: pass a lossless
   * parser to keep them. Raw clients and the token service use `JSON.parse`.
   */
  parseJson?: (text: string) => unknown;
  /**
   * Shares tokens between processes. A Keyv fits; `amili-client/shared` has stores with a lock, so that one process requests
   * a token for all. If it fails, or takes longer than `timeout`, calls continue without it.
   */
  tokenStore?: TokenStore;
  /**
   * Limits the requests of several processes together: `acquire` is called before each attempt, also of token requests. If
   * it fails, or takes longer than a call waits for a token, the call continues without it.
   */
  limiter?: Limiter;
  /**
   * Whether an `ApiError` says why the server refused, in its message and as `detail`, with personal data redacted.
   * `"none"` leaves it out. Default `"redacted"`.
   */
  errorDetail?: "redacted" | "none";
  /** Functions that observe calls, requests, responses, retries and tokens, or several sets of them. */
  hooks?: Hooks | readonly Hooks[];
  /** Allows operations whose method or path is inferred, not documented: all, or those listed. Default false. */
  allowInferred?: boolean | readonly InferredOperationId[];
  /** Headers of every request. */
  headers?: Record<string, string>;
  /** Identifies your program in the `User-Agent`, before this library's name. */
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

const AUTH = {
  autoCollectLegacy: true,
  distributionInvoice: true,
  distributionPartner: true,
} satisfies Record<keyof AuthByApi, true>;

const OPTIONS = {
  clientId: true,
  clientSecret: true,
  accessToken: true,
  environment: true,
  baseUrls: true,
  auth: true,
  fetch: true,
  allowPlatformResend: true,
  timeout: true,
  maxRetries: true,
  maxRetryAfter: true,
  maxResponseSize: true,
  parseJson: true,
  errorDetail: true,
  tokenStore: true,
  limiter: true,
  hooks: true,
  allowInferred: true,
  headers: true,
  userAgent: true,
} satisfies Record<keyof AmiliOptions, true>;

/** Refuses unknown options: TypeScript lets them through in a wider object, and JavaScript everywhere. */
export function checkOptions(options: AmiliOptions): void {
  checkNames("The options", options, OPTIONS);
  checkNames("baseUrls", options.baseUrls ?? {}, BASE_URLS);
  checkNames("auth", options.auth ?? {}, AUTH);
  if (options.limiter !== undefined) checkFunction("limiter.acquire", Object(options.limiter).acquire);
  for (const hooks of listHooks(options)) {
    checkNames("hooks", hooks, HOOKS);
    for (const [name, hook] of Object.entries(hooks)) if (hook !== undefined) checkFunction(`hooks.${name}`, hook);
  }
}

const listHooks = ({ hooks }: AmiliOptions): Hooks[] => [hooks ?? []].flat();

/** What tokens are obtained with. */
export type Credentials = { accessToken: AccessToken } | { clientId: string; clientSecret: string };

/** An environment variable. An empty one counts as not set, as does one that may not be read. */
function environmentVariable(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  try {
    return process?.env?.[name] || undefined;
  } catch {
    // Deno throws without --allow-env.
    return undefined;
  }
}

/** The credentials of the options or of the environment. */
export function readCredentials({ accessToken, clientId, clientSecret }: AmiliOptions): Credentials {
  if (accessToken !== undefined) {
    if (clientId === undefined && clientSecret === undefined) return { accessToken };
    throw new ConfigurationError(
      "invalid_option",
      "accessToken replaces clientId and clientSecret; pass one or the other.",
    );
  }
  const id = clientId ?? environmentVariable("AMILI_CLIENT_ID");
  const secret = clientSecret ?? environmentVariable("AMILI_CLIENT_SECRET");
  // A bundler may have written the environment into the page, too.
  if (secret && isBrowser()) {
    throw new ConfigurationError(
      "invalid_option",
      "clientSecret was given in a browser, where every visitor can read it. Keep it on a server, and pass the page an " +
        "accessToken that the server obtains.",
    );
  }
  if (id && secret) return { clientId: id, clientSecret: secret };
  const missing = [id ? "" : "clientId", secret ? "" : "clientSecret"].filter(Boolean);
  throw new ConfigurationError(
    "missing_credentials",
    `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} missing. Pass ${missing.length > 1 ? "them" : "it"} to ` +
      `new Amili() or set ${missing.map((name) => VARIABLES[name]).join(" and ")}; Amili issues them.`,
  );
}

const VARIABLES: Record<string, string> = { clientId: "AMILI_CLIENT_ID", clientSecret: "AMILI_CLIENT_SECRET" };

export function readEnvironment(options: AmiliOptions): Environment {
  const environment = options.environment ?? environmentVariable("AMILI_ENVIRONMENT") ?? "production";
  if (environment === "production" || environment === "staging") return environment;
  throw new ConfigurationError(
    "invalid_option",
    `environment must be "production" or "staging"; ${JSON.stringify(environment)} was given.`,
  );
}

/** The base URL of an API, checked; `undefined` if neither the documentation nor the options state one. */
export function readBaseUrl(options: AmiliOptions, api: keyof BaseUrls, servers: Servers): string | undefined {
  const url = readBaseUrls(options)[api] ?? servers[readEnvironment(options)];
  return url === undefined ? undefined : checkBaseUrl(`baseUrls.${api}`, url);
}

/**
 * Where tokens are requested. Refuses production's token service beside an API on loopback, as a line that was pasted in
 * part gives it: the credentials would go to the one, and production's token to the other.
 */
export function readTokenUrl(options: AmiliOptions, servers: Servers): string | undefined {
  const { identity, ...others } = readBaseUrls(options);
  const local = Object.entries(others).find(([, url]) => url !== undefined && isLoopback(url));
  if (identity === undefined && local && readEnvironment(options) === "production") {
    throw new ConfigurationError(
      "invalid_option",
      `baseUrls.${local[0]} is on loopback, but baseUrls.identity is not set, so that production's token would be sent to ` +
        "it. Set baseUrls.identity, too.",
    );
  }
  return readBaseUrl(options, "identity", servers);
}

function readBaseUrls({ baseUrls }: AmiliOptions): BaseUrls {
  // Docker and others keep the quotes that a shell removes.
  const variable = environmentVariable("AMILI_BASE_URLS")
    ?.trim()
    .replace(/^(['"])(.*)\1$/s, "$2");
  if (baseUrls || !variable) return baseUrls ?? {};
  const parsed = parseObject(variable);
  if (!parsed) {
    throw new ConfigurationError(
      "invalid_option",
      'AMILI_BASE_URLS must be JSON such as {"identity":"http://localhost:4010"}.',
    );
  }
  checkNames("AMILI_BASE_URLS", parsed, BASE_URLS);
  return parsed;
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The options that every request uses, with their defaults. */
export function readTransportOptions(options: AmiliOptions) {
  const {
    userAgent,
    fetch,
    allowPlatformResend = false,
    timeout = 30_000,
    maxRetries = 2,
    maxRetryAfter = 60_000,
    maxResponseSize = 64 * 1024 * 1024,
    parseJson = JSON.parse,
    errorDetail = "redacted",
  } = options;
  const headers = checkCustomHeaders({
    accept: "application/json",
    "user-agent": `${userAgent === undefined ? "" : `${userAgent} `}amili-client/${version}`,
    ...Object.fromEntries(checkCustomHeaders(options.headers ?? {})),
  });
  if (fetch !== undefined) checkFunction("fetch", fetch);
  return {
    fetch: orPlatformFetch(fetch),
    allowPlatformResend: checkBoolean("allowPlatformResend", allowPlatformResend),
    timeout: checkTimeout("timeout", timeout),
    maxRetries: checkCount("maxRetries", maxRetries, 0),
    maxRetryAfter: checkCount("maxRetryAfter", maxRetryAfter, 0, MAX_TIMER),
    maxResponseSize: checkCount("maxResponseSize", maxResponseSize, 1),
    parseJson: checkFunction("parseJson", parseJson),
    errorDetail: checkChoice("errorDetail", errorDetail, ["redacted", "none"]),
    hooks: withChannels(combineHooks(listHooks(options))),
    headers: Object.fromEntries(headers),
  };
}

/** Whether an inferred operation of an API may be called. */
export function readAllowInferred(
  { allowInferred = false }: AmiliOptions,
  { operations }: ApiDefinition,
): (operation: Operation) => boolean {
  if (typeof allowInferred === "boolean") return () => allowInferred;
  const isList = Array.isArray(allowInferred);
  check("allowInferred", typeName(allowInferred), "true, false or a list of operation ids", isList);
  for (const id of allowInferred) {
    if (INFERRED_OPERATIONS.includes(id)) continue;
    throw new ConfigurationError(
      "invalid_option",
      `allowInferred must list ids of inferred operations; ${JSON.stringify(id)} is not one. See docs/coverage.md.`,
    );
  }
  const allowed = allowInferred.map((id) => operations[id]);
  return (operation) => allowed.includes(operation);
}

const checkBoolean = (name: string, value: boolean) => check(name, value, "true or false", typeof value === "boolean");
