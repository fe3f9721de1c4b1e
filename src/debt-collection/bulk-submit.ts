import type { CorrectionInput, InvoiceInput, PaymentInput } from "../../generated/debt-collection.js";
import {
  Corrections as GeneratedCorrections,
  Invoices as GeneratedInvoices,
  Payments as GeneratedPayments,
} from "../../generated/debt-collection.resources.js";
import { debtCollection } from "../../generated/operations.js";
import type { DocumentedOnly } from "../additional.js";
import type { CallOptions } from "../call.js";
import type { Api } from "../http/api.js";
import type { SubmitOptions } from "./submit/options.js";
import type { Outcome } from "./submit/outcome.js";
import { Submission } from "./submit/submission.js";
import type { BatchesApi, SubmitContext } from "./submit/types.js";

type SubmitModule = typeof import("./submit/run.js");

/** A submission whose code is loaded on first use: most programs only read. */
const createSubmission = <Item>(start: (submit: SubmitModule) => AsyncGenerator<Outcome<Item>, void, undefined>) =>
  new Submission<Item>(async function* () {
    yield* start(await import("./submit/run.js"));
  });

/** An API whose requests are sent once: `submit` reconciles before it sends anything again. */
const withoutRepetition = (api: Api): Api => ({
  ...api,
  call: (operation, args, options) => api.call({ ...operation, once: true }, args, options),
});

/** @internal */
export function createSubmitContext(api: Api, organizationId: string, batches: BatchesApi): SubmitContext {
  const { address = "", environment } = api;
  return {
    owner: { address, environment, organizationId },
    once: withoutRepetition(api),
    batches,
    readDate: (options) =>
      api.call(debtCollection.operations.listBatches, { path: { organizationId } }, options).withResponse(),
  };
}

export class Invoices extends GeneratedInvoices {
  readonly #context: SubmitContext;

  /** @internal */
  constructor(api: Api, organizationId: string, context: SubmitContext) {
    super(api, organizationId);
    this.#context = context;
  }

  /**
   * Submits any number of invoices: sends them in chunks, waits for their batches, and gives an outcome for each invoice:
   * `accepted`, `exists` (the API has it already), `rejected` with the reason, or `unknown`. Each invoice needs a
   * `uniqueSourceInvoiceId`.
   *
   * Nothing is sent before the outcomes are read: with `for await`, `.toArray()` or `.summary()`.
   *
   * After an ambiguous failure it reconciles before it sends again: it reads the batches since then and looks the invoices
   * up. Where the API's lists prove neither that an invoice arrived nor that it did not, the outcome is `unknown`. With a
   * `journal`, a submit that was killed is resumed by submitting the same invoices again.
   *
   * @throws what ended the submit, after the outcomes of the chunks in flight
   * @see https://docs.amili.dev/createinvoices-4148067e0
   */
  submit<Item extends InvoiceInput>(
    invoices: (Iterable<Item> | AsyncIterable<Item>) & DocumentedOnly<Item, InvoiceInput>,
    options?: SubmitOptions<Item>,
  ): Submission<Item> {
    const context = this.#context;
    const once = new GeneratedInvoices(context.once, context.owner.organizationId);
    const send = (chunk: Item[], o: CallOptions) => once.create(chunk, o);
    return createSubmission(({ submitInvoices }) => submitInvoices(this, send, context, invoices, options));
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
   * Submits any number of payments in chunks and gives an outcome for each. The API lists no payments, so after an
   * ambiguous failure the outcome is `unknown` and the payment is not sent again.
   *
   * Nothing is sent before the outcomes are read: with `for await`, `.toArray()` or `.summary()`. To resume from a
   * `journal`, pass the same payments, in any order: each is identified by its content, and the same content twice is two
   * payments.
   *
   * @throws what ended the submit, after the outcomes of the chunks in flight
   * @see https://docs.amili.dev/createpayments-4148070e0
   */
  submit<Item extends PaymentInput>(
    payments: (Iterable<Item> | AsyncIterable<Item>) & DocumentedOnly<Item, PaymentInput>,
    options?: SubmitOptions<Item>,
  ): Submission<Item> {
    const context = this.#context;
    const once = new GeneratedPayments(context.once, context.owner.organizationId);
    const send = (chunk: Item[], o: CallOptions) => once.create(chunk, o);
    return createSubmission(({ submitByInvoice }) => submitByInvoice("payment", send, context, payments, options));
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
   * Submits any number of corrections in chunks and gives an outcome for each. The API lists no corrections, so after an
   * ambiguous failure the outcome is `unknown` and the correction is not sent again.
   *
   * Nothing is sent before the outcomes are read: with `for await`, `.toArray()` or `.summary()`. To resume from a
   * `journal`, pass the same corrections, in any order: each is identified by its content, and the same content twice is two
   * corrections.
   *
   * @throws what ended the submit, after the outcomes of the chunks in flight
   * @see https://docs.amili.dev/createcorrections-4148074e0
   */
  submit<Item extends CorrectionInput>(
    corrections: (Iterable<Item> | AsyncIterable<Item>) & DocumentedOnly<Item, CorrectionInput>,
    options?: SubmitOptions<Item>,
  ): Submission<Item> {
    const context = this.#context;
    const once = new GeneratedCorrections(context.once, context.owner.organizationId);
    const send = (chunk: Item[], o: CallOptions) => once.create(chunk, o);
    return createSubmission(({ submitByInvoice }) =>
      submitByInvoice("correction", send, context, corrections, options),
    );
  }
}
