import { Identity } from "../generated/identity.resources.js";
import { identity } from "../generated/operations.js";
import { ConfigurationError } from "./errors.js";
import { type Api, createApi } from "./http/api.js";
import { type Authorization, bearer, createAuthorization } from "./http/auth.js";
import { ApiLimiter } from "./http/limiter.js";
import { RetryBudget } from "./http/retry-budget.js";
import { ThrottleGate } from "./http/throttle-gate.js";
import { CallerTokens, ClientCredentialsTokens, failingTokens, type TokenSource, tokenKey } from "./http/tokens.js";
import type { TransportConfig } from "./http/transport.js";
import { issueToken } from "./issue-token.js";
import type { ApiDefinition } from "./operation.js";
import {
  type AmiliOptions,
  type AuthByApi,
  type BaseUrls,
  type Credentials,
  checkOptions,
  readAllowInferred,
  readBaseUrl,
  readCredentials,
  readEnvironment,
  readTokenUrl,
  readTransportOptions,
} from "./options.js";

/** What the APIs of one client share: their options and the token. */
export class Connection {
  readonly identity: Identity;
  readonly #options: AmiliOptions;
  readonly #shared: ReturnType<typeof readTransportOptions>;
  #tokens: TokenSource | undefined;

  constructor(options: AmiliOptions = {}) {
    checkOptions(options);
    this.#options = options;
    this.#shared = readTransportOptions(options);
    this.identity = new Identity(this.#api("identity", identity, undefined));
  }

  /** An API that takes the client's token. */
  withToken(name: keyof BaseUrls, definition: ApiDefinition): Api<never> {
    return this.#api(name, definition, bearer(this.#requireTokens()));
  }

  /** An API whose authentication the option `auth` sets. */
  withAuth(name: keyof AuthByApi, definition: ApiDefinition): Api<never> {
    const auth = this.#options.auth?.[name];
    return this.#api(name, definition, createAuthorization(`auth.${name}`, auth, this.#requireTokens()));
  }

  #api(name: keyof BaseUrls, definition: ApiDefinition, authorization: Authorization | undefined): Api<never> {
    const { headers, ...shared } = this.#shared;
    const { limiter } = this.#options;
    const baseUrl = readBaseUrl(this.#options, name, definition.servers);
    const transport =
      baseUrl === undefined
        ? new ConfigurationError("invalid_option", `The documentation states no base URL. Set baseUrls.${name}.`)
        : {
            ...shared,
            // A parser of the user's own must not see tokens, and may not give expires_in as a number.
            ...(name === "identity" && { parseJson: JSON.parse }),
            api: name,
            baseUrl,
            origin: new URL(baseUrl).origin,
            authorization,
            retryBudget: new RetryBudget(),
            throttleGate: new ThrottleGate(),
            limiter: limiter && new ApiLimiter(limiter, name, shared.hooks),
          };
    return createApi({
      api: name,
      hooks: shared.hooks,
      transport,
      environment: readEnvironment(this.#options),
      operations: Object.values(definition.operations),
      headers,
      allowsInferred: readAllowInferred(this.#options, definition),
    });
  }

  #requireTokens(): TokenSource {
    this.#tokens ??= createTokens(this.#options, this.identity, this.#shared);
    return this.#tokens;
  }
}

/** The source of a client's tokens. Without credentials calls fail, if `auth` provides another way for some API. */
function createTokens(
  options: AmiliOptions,
  service: Identity,
  { timeout, hooks }: Pick<TransportConfig, "timeout" | "hooks">,
): TokenSource {
  let credentials: Credentials;
  try {
    credentials = readCredentials(options);
  } catch (error) {
    const isMissing = error instanceof ConfigurationError && error.code === "missing_credentials";
    if (!isMissing || !options.auth) throw error;
    return failingTokens(error);
  }
  if ("accessToken" in credentials) return new CallerTokens(credentials.accessToken, timeout);
  const { clientId, clientSecret } = credentials;
  const tokenUrl = readTokenUrl(options, identity.servers) ?? "";
  let key: Promise<string> | undefined;
  return new ClientCredentialsTokens(
    () => issueToken(service, { clientId, clientSecret }),
    {
      store: options.tokenStore,
      key: () => {
        key ??= tokenKey(tokenUrl, clientId, clientSecret);
        return key;
      },
      timeout,
    },
    hooks,
  );
}
