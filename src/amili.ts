import * as index from "../generated/operations.js";
import { AccountsReceivable } from "./accounts-receivable/index.js";
import { AutoCollectLegacy } from "./autocollect-legacy/index.js";
import { DebtCollection } from "./debt-collection/index.js";
import { Distribution } from "./distribution/index.js";
import { ConfigurationError } from "./errors.js";
import { type Authorization, authorizationOf, bearer } from "./http/auth.js";
import { createApi, type Operation, type Servers } from "./http/client.js";
import { transportOf } from "./http/send.js";
import { GivenTokens, IssuedTokens, type TokenSource } from "./http/tokens.js";
import { Identity } from "./identity/index.js";
import { issueToken } from "./identity/issue-token.js";
import {
  type AmiliOptions,
  type AuthByApi,
  type BaseUrls,
  baseUrlOf,
  checkOptions,
  credentialsOf,
  transportOptionsOf,
} from "./options.js";

/**
 * Amili's APIs.
 *
 * ```ts
 * const amili = new Amili({ clientId, clientSecret, environment: "staging" });
 * const item = await amili.accountsReceivable.client(2218).arItems.get("2218-500002-35078-0");
 * ```
 *
 * Nothing is sent before the first call; the token is fetched then, shared by all calls and renewed by itself.
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
  /** The token service. */
  readonly identity: Identity;

  /** @throws {ConfigurationError} an option is missing or cannot be right */
  constructor(options: AmiliOptions = {}) {
    checkOptions(options);
    const { headers, allowInferred, ...shared } = transportOptionsOf(options);
    const api = <Paths extends object, Operations>(
      name: keyof BaseUrls,
      servers: Servers,
      operations: Record<keyof Operations & string, Operation>,
      authorization: Authorization | ConfigurationError | undefined,
    ) => {
      const place = { ...shared, api: name, baseUrl: baseUrlOf(options, name, servers), authorization };
      return createApi<Paths, Operations>(operations, transportOf(place), { headers, allowInferred });
    };

    this.identity = new Identity(api("identity", index.identityServers, index.identityOperations, undefined));
    const tokens = tokensOf(options, this.identity, shared.timeout);
    this.debtCollection = new DebtCollection(
      api("debtCollection", index.debtCollectionServers, index.debtCollectionOperations, bearer(tokens)),
    );
    this.accountsReceivable = new AccountsReceivable(
      api("accountsReceivable", index.accountsReceivableServers, index.accountsReceivableOperations, bearer(tokens)),
    );

    const chosen = (name: keyof AuthByApi) => authorizationOf(`auth.${name}`, options.auth?.[name], tokens);
    this.autoCollectLegacy = new AutoCollectLegacy(
      api(
        "autoCollectLegacy",
        index.autoCollectLegacyServers,
        index.autoCollectLegacyOperations,
        chosen("autoCollectLegacy"),
      ),
    );
    this.distribution = new Distribution(
      api(
        "distributionInvoice",
        index.distributionInvoiceServers,
        index.distributionInvoiceOperations,
        chosen("distributionInvoice"),
      ),
      api(
        "distributionPartner",
        index.distributionPartnerServers,
        index.distributionPartnerOperations,
        chosen("distributionPartner"),
      ),
    );
  }
}

/** Where the tokens of an `Amili` come from. Without credentials: from nowhere, if another way was chosen for some API. */
function tokensOf(options: AmiliOptions, identity: Identity, timeout: number): TokenSource {
  const credentials = credentialsOf(options);
  if (credentials instanceof ConfigurationError) {
    if (!options.auth) throw credentials;
    return { get: () => Promise.reject(credentials), refuse: () => {} };
  }
  if ("accessToken" in credentials) return new GivenTokens(credentials.accessToken, timeout);
  const key = `amili-client:${baseUrlOf(options, "identity", index.identityServers)}:${credentials.clientId}`;
  const shared = { store: options.tokenStore, key, timeout };
  return new IssuedTokens(() => issueToken(identity, credentials), shared, options.hooks ?? {});
}
