import type { operations } from "../../generated/distribution-invoice.js";
import type { Call, CallOptions } from "../http/client.js";

/** Swedish bank agreements. */
export class BankAgreement {
  /** @internal */
  constructor(private readonly call: Call<operations>) {}

  /**
   * Registers a bank agreement. Its fields were not seen, so any can be sent.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @deprecated Only the documentation of 2025 has it.
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws {ApiError} the API refused
   * @throws {ConfigurationError} `baseUrls.distributionInvoice` or `auth.distributionInvoice` is not set
   */
  register(body: unknown, options?: CallOptions): Promise<Record<string, unknown>> {
    return this.call("registerBankAgreement", { body }, options);
  }

  /**
   * Asks for the status of a bank agreement. Its fields were not seen, so any can be sent.
   *
   * @deprecated Only the documentation of 2025 has it.
   * @throws {ApiError} the API refused
   * @throws {ConfigurationError} `baseUrls.distributionInvoice` or `auth.distributionInvoice` is not set
   * @see https://docs.amili.dev/check-status-of-bank-agreement-3939049e0
   */
  queryStatus(body: unknown, options?: CallOptions): Promise<Record<string, unknown>> {
    return this.call("queryBankAgreementStatus", { body }, options);
  }
}
