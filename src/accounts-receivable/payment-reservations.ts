import type { PaymentReservationRequest, WriteResult } from "../../generated/accounts-receivable.js";
import type { CallOptions } from "../http/client.js";
import type { AccountsReceivableCall } from "./index.js";

/** Payments to come, held against an AR item or a customer. */
export class PaymentReservations {
  /** @internal */
  constructor(
    private readonly call: AccountsReceivableCall,
    private readonly clientno: number,
  ) {}

  /**
   * Reserves a coming payment against an existing document or customer. `paymentId` has to be unique; how a repeated one is
   * answered was not seen, so the call is never sent again after a lost answer.
   *
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/post-create-a-new-payment-reservation-4205291e0
   */
  create(body: PaymentReservationRequest, options?: CallOptions): Promise<WriteResult> {
    return this.call("createPaymentReservation", { path: { clientno: this.clientno }, body }, options);
  }
}
