// Written by `npm run generate` from openapi/. Do not edit.
import type { Client } from "openapi-fetch";
import type { Call, CallOptions } from "../src/call.js";
import type { Api } from "../src/http/api.js";
import type {
  operations,
  paths,
  UnseenDocumentRequest,
  EhfCreditNoteRequest,
  B2cInvoiceRequest,
  Invoicee,
  Invoicer,
} from "./distribution-invoice.js";
import { distributionInvoice } from "./operations.js";

/** Documents for delivery, and what became of them. */
export class Send {
  readonly #api: Api;

  /** @internal */
  constructor(api: Api) {
    this.#api = api;
  }

  /**
   * Hands over a credit note to a business for delivery by EHF 3.0 / PEPPOL.
   *
   * Below the root the names are those of UBL elements in PascalCase. What UBL holds in XML attributes is in keys
   * beside the element: `SchemeID` beside `EndpointID`, `MimeCode` and `Filename` beside `Data`. The sample sends
   * texts that are absent as empty strings.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @deprecated Only earlier pages of the documentation describe it.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: partial. Undocumented: the body after PartyTaxScheme of the customer, such as lines, taxes,
   * totals and means of payment; which fields are required, and whether the body is; what happens when an
   * Identifier is sent again; authentication; all responses.
   * @see https://docs.amili.dev/add-a-new-b2b-ehfpeppol-creditnote-3939037e0
   */
  createEhfCreditNote(body: EhfCreditNoteRequest, options?: CallOptions): Call<Record<string, unknown>> {
    return this.#api.call(distributionInvoice.operations.createEhfCreditNote, { body }, options);
  }

  /**
   * Hands over an invoice to a business for delivery by EHF 3.0 / PEPPOL, by its title.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @deprecated Only earlier pages of the documentation describe it.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: Path from that of the credit note, /send/ehf30/creditnote. The method is
   * in the navigation. Undocumented: path; body, which may be built as that of the credit note under another root;
   * authentication; all responses. Body, inferred: JSON, as the credit note. An object with a single root, as the
   * two observed send bodies.
   */
  createEhfInvoice(body: UnseenDocumentRequest, options?: CallOptions): Call<Record<string, unknown>> {
    return this.#api.call(distributionInvoice.operations.createEhfInvoice, { body }, options);
  }

  /**
   * Hands over an invoice to a consumer, in Norway by the sample, for delivery over the channel that `Channel`
   * names. The sample sends settings of several channels at once.
   *
   * The body is not built like UBL: `Invoicee` is the recipient, `Invoicer` the sender.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @deprecated Only earlier pages of the documentation describe it.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: partial. Undocumented: the body after the first value of OtherPaymentInfo; further values of
   * Channel, MessageType and DocumentCode, and all of PaymentType; which fields are required, and whether the body
   * is; what happens when an Identifier is sent again; authentication; all responses.
   * @see https://docs.amili.dev/add-a-new-b2c-invoice-3939039e0
   */
  createB2cInvoice(body: B2cInvoiceRequest, options?: CallOptions): Call<Record<string, unknown>> {
    return this.#api.call(distributionInvoice.operations.createB2cInvoice, { body }, options);
  }

  /**
   * Hands over a letter to a consumer for delivery, by its title.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @deprecated Only earlier pages of the documentation describe it.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: partial. Undocumented: every field of the body, also its root; authentication; all
   * responses. Body, inferred: That it is required; the word is cut after "Require". An object with a single root,
   * as the two observed send bodies.
   * @see https://docs.amili.dev/add-a-new-b2c-letter-3939040e0
   */
  createB2cLetter(body: UnseenDocumentRequest, options?: CallOptions): Call<Record<string, unknown>> {
    return this.#api.call(distributionInvoice.operations.createB2cLetter, { body }, options);
  }

  /**
   * Hands over an invoice to a consumer in Sweden, by its title.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @deprecated Only earlier pages of the documentation describe it.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: Path from that of the Danish invoice, /send/dk/invoice, and weak: bank
   * agreement paths spell out "swedish", so /send/swedish/invoice is possible too. Have it confirmed before use.
   * The method is in the navigation. Undocumented: path; every field of the body, also its root; authentication;
   * all responses. Body, inferred: That there is a body and that it is JSON, as its siblings. An object with a
   * single root, as the two observed send bodies.
   * @see https://docs.amili.dev/add-a-new-b2c-swedish-invoice-3939041e0
   */
  createSwedishInvoice(body: UnseenDocumentRequest, options?: CallOptions): Call<Record<string, unknown>> {
    return this.#api.call(distributionInvoice.operations.createSwedishInvoice, { body }, options);
  }

  /**
   * Hands over an invoice to a consumer in Denmark, by its title.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @deprecated Only earlier pages of the documentation describe it.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: partial. Undocumented: every field of the body, also its root; whether the body is required;
   * authentication; all responses. Body, inferred: JSON, as its siblings; the heading is cut after "application".
   * An object with a single root, as the two observed send bodies.
   * @see https://docs.amili.dev/add-a-new-b2c-danish-invoice-3939042e0
   */
  createDanishInvoice(body: UnseenDocumentRequest, options?: CallOptions): Call<Record<string, unknown>> {
    return this.#api.call(distributionInvoice.operations.createDanishInvoice, { body }, options);
  }

  /**
   * Reads the status of invoices by their invoice identifier, probably the `Identifier` that they were sent with
   * (inferred). A read by POST; a GET of the same title exists.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @deprecated Only earlier pages of the documentation describe it.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: partial. Undocumented: body, and whether it names one invoice or several; parameters; values
   * of the status; authentication; all responses. Body, inferred: That there is a body and that it is JSON,
   * probably a list of identifiers; a GET exists beside this POST.
   * @see https://docs.amili.dev/check-invoice-status-3939044e0
   */
  queryInvoiceStatus(body: unknown, options?: CallOptions): Call<Record<string, unknown>> {
    return this.#api.call(distributionInvoice.operations.queryInvoiceStatus, { body }, options);
  }
}

/** Bank agreements. */
export class BankAgreement {
  readonly #api: Api;

  /** @internal */
  constructor(api: Api) {
    this.#api = api;
  }

  /**
   * Registers a bank agreement, by its title; a Swedish one, by the path of its sibling.
   *
   * Its path is inferred, not documented: refused unless `allowInferred` allows it.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @deprecated Only earlier pages of the documentation describe it.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @throws {InferredOperationError} unless `allowInferred` allows it
   * @remarks Evidence: inferred. Inferred: Path as the parent of /bankagreement/swedish/status. The method is in
   * the navigation. Undocumented: path; body; authentication; all responses. Body, inferred: That there is a body
   * and that it is JSON, as its sibling.
   */
  register(body: unknown, options?: CallOptions): Call<Record<string, unknown>> {
    return this.#api.call(distributionInvoice.operations.registerBankAgreement, { body }, options);
  }

  /**
   * Reads the status of a Swedish bank agreement. A read by POST, with a body.
   *
   * Not idempotent: after a `TimeoutError` or `ConnectionError` the request may have been processed.
   *
   * @deprecated Only earlier pages of the documentation describe it.
   * @throws {ApiError} with any error status (none is documented), and the errors every call can throw (see
   * `AmiliError`)
   * @remarks Evidence: partial. Undocumented: every field of the body; fields of the response; values of the
   * status; statuses after the 200; authentication.
   * @see https://docs.amili.dev/check-status-of-bank-agreement-3939049e0
   */
  queryStatus(body: unknown, options?: CallOptions): Call<Record<string, unknown>> {
    return this.#api.call(distributionInvoice.operations.queryBankAgreementStatus, { body }, options);
  }
}

/** Hand invoices, credit notes and letters over for delivery. */
export class DistributionInvoice {
  /** The API as a plain openapi-fetch client. Its requests take the same way, with tokens, retries and time limits. */
  readonly http: Client<paths>;
  readonly send: Send;
  readonly bankAgreement: BankAgreement;

  /** @internal */
  constructor(api: Api<paths>) {
    this.http = api.http;
    this.send = new Send(api);
    this.bankAgreement = new BankAgreement(api);
  }
}
