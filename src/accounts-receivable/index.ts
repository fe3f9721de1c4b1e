import { AccountsReceivable } from "../../generated/accounts-receivable.resources.js";
import { accountsReceivable } from "../../generated/operations.js";
import { Connection } from "../connection.js";
import type { AmiliOptions } from "../options.js";

export type * from "../../generated/accounts-receivable.js";
export type * from "../../generated/accounts-receivable.resources.js";

/**
 * A client of the accounts receivable API alone: a bundler leaves out the other APIs. The options are those of `new Amili`.
 *
 * @throws {ConfigurationError} when an option is missing or invalid
 */
export const createAccountsReceivable = (options?: AmiliOptions): AccountsReceivable =>
  new AccountsReceivable(new Connection(options).withToken("accountsReceivable", accountsReceivable));
