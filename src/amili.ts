import { AccountsReceivable } from "../generated/accounts-receivable.resources.js";
import { AutoCollectLegacy } from "../generated/autocollect-legacy.resources.js";
import type { Identity } from "../generated/identity.resources.js";
import { accountsReceivable, autoCollectLegacy, debtCollection } from "../generated/operations.js";
import { Connection } from "./connection.js";
import { DebtCollection } from "./debt-collection/organization.js";
import { connectDistribution, type Distribution } from "./distribution.js";
import type { AmiliOptions } from "./options.js";

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
  constructor(options?: AmiliOptions) {
    const connection = new Connection(options);
    this.identity = connection.identity;
    this.debtCollection = new DebtCollection(connection.withToken("debtCollection", debtCollection));
    this.accountsReceivable = new AccountsReceivable(connection.withToken("accountsReceivable", accountsReceivable));
    this.autoCollectLegacy = new AutoCollectLegacy(connection.withAuth("autoCollectLegacy", autoCollectLegacy));
    this.distribution = connectDistribution(connection);
  }
}
