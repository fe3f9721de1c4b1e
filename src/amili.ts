import { AccountsReceivable } from "../generated/accounts-receivable.resources.js";
import { AutoCollectLegacy } from "../generated/autocollect-legacy.resources.js";
import { DistributionInvoice } from "../generated/distribution-invoice.resources.js";
import { DistributionPartner } from "../generated/distribution-partner.resources.js";
import { Identity } from "../generated/identity.resources.js";
import {
  accountsReceivable,
  autoCollectLegacy,
  debtCollection,
  distributionInvoice,
  distributionPartner,
  identity,
} from "../generated/operations.js";
import { DebtCollection } from "./debt-collection/organization.js";
import type { Distribution } from "./distribution.js";
import { ConfigurationError } from "./errors.js";
import { type Api, createApi } from "./http/api.js";
import { type Authorization, bearer, createAuthorization } from "./http/auth.js";
import { ApiLimiter } from "./http/limiter.js";
import { RetryBudget } from "./http/retry-budget.js";
import { ThrottleGate } from "./http/throttle-gate.js";
import { CallerTokens, ClientCredentialsTokens, failingTokens, type TokenSource, tokenKey } from "./http/tokens.js";
import type { TransportConfig } from "./http/transport.js";
import { issueToken } from "./issue-token.js";
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

const APIS = {
  identity,
  debtCollection,
  accountsReceivable,
  autoCollectLegacy,
  distributionInvoice,
  distributionPartner,
};

/**
 * A client of Amili's APIs.
 *
 * ```ts
 * const amili = new Amili({ clientId, clientSecret, environment: "staging" });
 * const item = await amili.accountsReceivable.client(2218).arItems.get("2218-500002-35078-0");
 * ```
 *
 * Nothing is sent before the first call. That call requests the token, which all calls share and which is renewed
 * automatically.
 */
export class Amili {
  /** Debt collection: invoices handed over for reminder and collection, batches, cases, settlements. */
  readonly debtCollection: DebtCollection;
  /** Accounts receivable (ARM): customers, documents, AR items, the general ledger. */
  readonly accountsReceivable: AccountsReceivable;
  /** Distribution of invoices. Needs `baseUrls.distributionInvoice` and `auth.distributionInvoice`. */
  readonly distribution: Distribution;
  /** The AutoCollect Legacy API. Needs `baseUrls.autoCollectLegacy` and `auth.autoCollectLegacy`. */
  readonly autoCollectLegacy: AutoCollectLegacy;
  /** The token service. The client requests its own tokens; this is for those who need one elsewhere. */
  readonly identity: Identity;

  /** @throws {ConfigurationError} when an option is missing or invalid */
  constructor(options: AmiliOptions = {}) {
    checkOptions(options);
    const { headers, ...shared } = readTransportOptions(options);
    const environment = readEnvironment(options);
    const allowsInferred = readAllowInferred(options, Object.values(APIS));
    const api = (name: keyof BaseUrls, authorization: Authorization | undefined): Api<never> => {
      const { servers, operations } = APIS[name];
      const baseUrl = readBaseUrl(options, name, servers);
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
              limiter: options.limiter && new ApiLimiter(options.limiter, name, shared.hooks),
            };
      return createApi({
        api: name,
        hooks: shared.hooks,
        transport,
        environment,
        operations: Object.values(operations),
        headers,
        allowsInferred,
      });
    };

    this.identity = new Identity(api("identity", undefined));
    const tokens = createTokens(options, this.identity, shared);
    const chosen = (name: keyof AuthByApi) =>
      api(name, createAuthorization(`auth.${name}`, options.auth?.[name], tokens));
    this.debtCollection = new DebtCollection(api("debtCollection", bearer(tokens)));
    this.accountsReceivable = new AccountsReceivable(api("accountsReceivable", bearer(tokens)));
    this.autoCollectLegacy = new AutoCollectLegacy(chosen("autoCollectLegacy"));
    this.distribution = {
      invoice: new DistributionInvoice(chosen("distributionInvoice")),
      partner: new DistributionPartner(chosen("distributionPartner")),
    };
  }
}

/** The source of an `Amili`'s tokens. Without credentials calls fail, if `auth` provides another way for some API. */
function createTokens(
  options: AmiliOptions,
  identity: Identity,
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
  const tokenUrl = readTokenUrl(options, APIS.identity.servers) ?? "";
  let key: Promise<string> | undefined;
  return new ClientCredentialsTokens(
    () => issueToken(identity, { clientId, clientSecret }),
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
