import {
  accountsReceivableOperations,
  accountsReceivableServers,
  debtCollectionOperations,
  debtCollectionServers,
  identityOperations,
  identityServers,
} from "../generated/operations.js";
import { AccountsReceivable } from "./accounts-receivable/index.js";
import { DebtCollection } from "./debt-collection/index.js";
import { createApi, type Operation, type Servers } from "./http/client.js";
import { GivenTokens, IssuedTokens, type TokenSource } from "./http/tokens.js";
import { Identity } from "./identity/index.js";
import { issueToken } from "./identity/issue-token.js";
import { type AmiliOptions, type BaseUrls, baseUrlOf, credentialsOf, transportOptionsOf } from "./options.js";

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
  /** Debt collection: invoices handed over for reminder and collection, batches, settlements. */
  readonly debtCollection: DebtCollection;
  /** Accounts receivable (ARM): customers, documents, AR items, the general ledger. */
  readonly accountsReceivable: AccountsReceivable;
  /** The token service. */
  readonly identity: Identity;

  /** @throws {ConfigurationError} an option is missing or cannot be right */
  constructor(options: AmiliOptions = {}) {
    const credentials = credentialsOf(options);
    const { headers, allowInferred, ...shared } = transportOptionsOf(options);
    const api = <Paths extends object, Operations>(
      name: keyof BaseUrls,
      servers: Servers,
      operations: Record<keyof Operations & string, Operation>,
      tokens?: TokenSource,
    ) => {
      const transport = { ...shared, api: name, baseUrl: baseUrlOf(options, name, servers), tokens };
      return createApi<Paths, Operations>(operations, transport, { headers, allowInferred });
    };

    this.identity = new Identity(api("identity", identityServers, identityOperations));
    const tokens =
      "accessToken" in credentials
        ? new GivenTokens(credentials.accessToken)
        : new IssuedTokens(
            () => issueToken(this.identity, credentials),
            `amili-client:${baseUrlOf(options, "identity", identityServers)}:${credentials.clientId}`,
            options.tokenStore,
            shared.hooks,
          );
    this.debtCollection = new DebtCollection(
      api("debtCollection", debtCollectionServers, debtCollectionOperations, tokens),
    );
    this.accountsReceivable = new AccountsReceivable(
      api("accountsReceivable", accountsReceivableServers, accountsReceivableOperations, tokens),
    );
  }
}
