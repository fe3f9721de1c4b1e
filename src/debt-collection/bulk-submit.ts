import type { CorrectionInput, InvoiceInput, PaymentInput } from "../../generated/debt-collection.js";
import {
  Corrections as GeneratedCorrections,
  Invoices as GeneratedInvoices,
  Payments as GeneratedPayments,
} from "../../generated/debt-collection.resources.js";
import type { DocumentedOnly } from "../additional.js";
import type { CallOptions } from "../call.js";
import type { Api } from "../http/api.js";
import type { Outcome } from "./submit/outcome.js";
import type { SubmitOptions } from "./submit/submit.js";
import type { SubmitContext } from "./submit/types.js";

type Items<Item> = Iterable<Item> | AsyncIterable<Item>;
type Outcomes<Item> = AsyncGenerator<Outcome<Item>, void, undefined>;

// Loaded on first use: most programs only read.
const loadSubmit = () => import("./submit/submit.js");

export class Invoices extends GeneratedInvoices {
  readonly #context: SubmitContext;

  /** @internal */
  constructor(api: Api, organizationId: string, context: SubmitContext) {
    super(api, organizationId);
    this.#context = context;
  }

  /**
   * Submits any number of invoices: sends them in chunks, waits for their batches, and yields an outcome for each invoice:
   * `accepted`, `rejected` with the reason, or `unknown`. Each invoice needs a `uniqueSourceInvoiceId`, and is sent whole: a
   * type with fields of your own is refused.
   *
   * After an ambiguous failure it reconciles before it sends again: it waits for the batches since then and looks the
   * invoices up. Where the API's lists prove neither that an invoice arrived nor that it did not, the outcome is
   * `unknown`. Nothing is sent before the outcomes are read.
   *
   * @throws what ended the run, after the outcomes of the chunks in flight
   * @see https://docs.amili.dev/createinvoices-4148067e0
   */
  async *submit<Item extends InvoiceInput>(
    invoices: Items<Item> & DocumentedOnly<Item, InvoiceInput>,
    options?: SubmitOptions,
  ): Outcomes<Item> {
    const { submitInvoices } = await loadSubmit();
    yield* submitInvoices(this, this.#context, invoices, options);
  }
}

export class Payments extends GeneratedPayments {
  readonly #context: SubmitContext;

  /** @internal */
  constructor(api: Api, organizationId: string, context: SubmitContext) {
    super(api, organizationId);
    this.#context = context;
  }

  /**
   * Submits any number of payments in chunks and yields an outcome for each. The API lists no payments, so after an
   * ambiguous failure the outcome is `unknown` and the payment is not sent again.
   *
   * To resume from a `journal`, pass the same payments, in any order: each is identified by its content, and the same
   * content twice is two payments.
   *
   * @throws what ended the run, after the outcomes of the chunks in flight
   * @see https://docs.amili.dev/createpayments-4148070e0
   */
  async *submit<Item extends PaymentInput>(
    payments: Items<Item> & DocumentedOnly<Item, PaymentInput>,
    options?: SubmitOptions,
  ): Outcomes<Item> {
    const { submitByInvoice } = await loadSubmit();
    const send = (chunk: Item[], o: CallOptions) => this.create(chunk, o);
    yield* submitByInvoice("payment", send, this.#context, payments, options);
  }
}

export class Corrections extends GeneratedCorrections {
  readonly #context: SubmitContext;

  /** @internal */
  constructor(api: Api, organizationId: string, context: SubmitContext) {
    super(api, organizationId);
    this.#context = context;
  }

  /**
   * Submits any number of corrections in chunks and yields an outcome for each. The API lists no corrections, so after an
   * ambiguous failure the outcome is `unknown` and the correction is not sent again.
   *
   * To resume from a `journal`, pass the same corrections, in any order: each is identified by its content, and the same
   * content twice is two corrections.
   *
   * @throws what ended the run, after the outcomes of the chunks in flight
   * @see https://docs.amili.dev/createcorrections-4148074e0
   */
  async *submit<Item extends CorrectionInput>(
    corrections: Items<Item> & DocumentedOnly<Item, CorrectionInput>,
    options?: SubmitOptions,
  ): Outcomes<Item> {
    const { submitByInvoice } = await loadSubmit();
    const send = (chunk: Item[], o: CallOptions) => this.create(chunk, o);
    yield* submitByInvoice("correction", send, this.#context, corrections, options);
  }
}
