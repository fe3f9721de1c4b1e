import type { UnseenObject } from "../../generated/accounts-receivable.js";
import type { CallOptions } from "../http/client.js";
import type { AccountsReceivableCall } from "./index.js";

/** Configuration of an ARM client. */
export class ClientConfigs {
  /** @internal */
  constructor(
    private readonly call: AccountsReceivableCall,
    private readonly clientno: number,
  ) {}

  /**
   * Lists configuration values.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws {ApiError} the API refused
   */
  list(options?: CallOptions): Promise<UnseenObject> {
    return this.call("listClientConfigs", { path: { clientno: this.clientno } }, options);
  }

  /**
   * The values under one key.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/get-values-for-one-client-config-key-4205266e0
   */
  get(key: string, options?: CallOptions): Promise<UnseenObject> {
    return this.call("getClientConfig", { path: { clientno: this.clientno, key } }, options);
  }
}
