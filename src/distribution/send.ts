import type {
  B2cInvoiceRequest,
  EhfCreditNoteRequest,
  operations,
  UnseenDocumentRequest,
} from "../../generated/distribution-invoice.js";
import type { Call, CallOptions } from "../http/client.js";

/** Documents handed over for distribution. Never sent again after a lost answer. */
export class Send {
  /** @internal */
  constructor(private readonly call: Call<operations>) {}

  /**
   * Hands over a credit note to a business, as EHF over PEPPOL.
   *
   * @deprecated Only the documentation of 2025 has it.
   * @throws {ApiError} the API refused
   * @throws {ConfigurationError} `baseUrls.distributionInvoice` or `auth.distributionInvoice` is not set
   * @see https://docs.amili.dev/add-a-new-b2b-ehfpeppol-creditnote-3939037e0
   */
  createEhfCreditNote(body: EhfCreditNoteRequest, options?: CallOptions): Promise<Record<string, unknown>> {
    return this.call("createEhfCreditNote", { body }, options);
  }

  /**
   * Hands over an invoice to a business, as EHF over PEPPOL. Its fields were not seen, so any can be sent.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @deprecated Only the documentation of 2025 has it.
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws {ApiError} the API refused
   * @throws {ConfigurationError} `baseUrls.distributionInvoice` or `auth.distributionInvoice` is not set
   */
  createEhfInvoice(body: UnseenDocumentRequest, options?: CallOptions): Promise<Record<string, unknown>> {
    return this.call("createEhfInvoice", { body }, options);
  }

  /**
   * Hands over an invoice to a consumer.
   *
   * @deprecated Only the documentation of 2025 has it.
   * @throws {ApiError} the API refused
   * @throws {ConfigurationError} `baseUrls.distributionInvoice` or `auth.distributionInvoice` is not set
   * @see https://docs.amili.dev/add-a-new-b2c-invoice-3939039e0
   */
  createB2cInvoice(body: B2cInvoiceRequest, options?: CallOptions): Promise<Record<string, unknown>> {
    return this.call("createB2cInvoice", { body }, options);
  }

  /**
   * Hands over a letter to a consumer. Its fields were not seen, so any can be sent.
   *
   * @deprecated Only the documentation of 2025 has it.
   * @throws {ApiError} the API refused
   * @throws {ConfigurationError} `baseUrls.distributionInvoice` or `auth.distributionInvoice` is not set
   * @see https://docs.amili.dev/add-a-new-b2c-letter-3939040e0
   */
  createB2cLetter(body: UnseenDocumentRequest, options?: CallOptions): Promise<Record<string, unknown>> {
    return this.call("createB2cLetter", { body }, options);
  }

  /**
   * Hands over an invoice to a consumer in Sweden. Its fields were not seen, so any can be sent.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @deprecated Only the documentation of 2025 has it.
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws {ApiError} the API refused
   * @throws {ConfigurationError} `baseUrls.distributionInvoice` or `auth.distributionInvoice` is not set
   * @see https://docs.amili.dev/add-a-new-b2c-swedish-invoice-3939041e0
   */
  createSwedishInvoice(body: UnseenDocumentRequest, options?: CallOptions): Promise<Record<string, unknown>> {
    return this.call("createSwedishInvoice", { body }, options);
  }

  /**
   * Hands over an invoice to a consumer in Denmark. Its fields were not seen, so any can be sent.
   *
   * @deprecated Only the documentation of 2025 has it.
   * @throws {ApiError} the API refused
   * @throws {ConfigurationError} `baseUrls.distributionInvoice` or `auth.distributionInvoice` is not set
   * @see https://docs.amili.dev/add-a-new-b2c-danish-invoice-3939042e0
   */
  createDanishInvoice(body: UnseenDocumentRequest, options?: CallOptions): Promise<Record<string, unknown>> {
    return this.call("createDanishInvoice", { body }, options);
  }

  /**
   * Asks how far invoices have come: the POST of the two operations titled "Check invoice status". Its fields were not seen, so any can be sent.
   *
   * @deprecated Only the documentation of 2025 has it.
   * @throws {ApiError} the API refused
   * @throws {ConfigurationError} `baseUrls.distributionInvoice` or `auth.distributionInvoice` is not set
   * @see https://docs.amili.dev/check-invoice-status-3939044e0
   */
  queryInvoiceStatus(body: unknown, options?: CallOptions): Promise<Record<string, unknown>> {
    return this.call("queryInvoiceStatus", { body }, options);
  }
}
