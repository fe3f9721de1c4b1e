import { Amili, type AmiliOptions, ApiError, ConnectionError, TimeoutError } from "amili-client";
import { createObserver } from "amili-client/observe";
import { createWebhookHandler, hmacSignature, signWebhook } from "amili-client/webhooks";

const ORGANIZATION = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

const invoices = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ invoiceNumber: `${i}`, uniqueSourceInvoiceId: `source-${i}` }));

const organization = (options: AmiliOptions) => new Amili(options).debtCollection.organization(ORGANIZATION);
const client = (options: AmiliOptions) => new Amili(options).accountsReceivable.client(2218);
const getItem = (options: AmiliOptions) => client(options).arItems.get("2218-500002-35078-0");

/** The client of a module, which all requests to one instance of a worker share. */
let shared: Amili | undefined;

/** What is run in a runtime. Each returns what its check compares. */
const STEPS = {
  /** The platform's own `fetch`. A connection is open. */
  async fetch({ baseUrls }: AmiliOptions) {
    await openConnection(baseUrls?.debtCollection);
    const body = JSON.stringify({ invoices: invoices(1) });
    await fetch(`${baseUrls?.debtCollection}/orgs/${ORGANIZATION}/invoices`, { method: "POST", body });
  },
  /** A connection is open. */
  async create(options: AmiliOptions) {
    await openConnection(options.baseUrls?.debtCollection);
    await organization(options).invoices.create(invoices(1));
  },
  /** A connection is open. An observer is between the client and the platform's `fetch`. */
  async createObserved(options: AmiliOptions) {
    await openConnection(options.baseUrls?.debtCollection);
    await organization({ ...options, fetch: createObserver().fetch }).invoices.create(invoices(1));
  },
  /** A connection is open. */
  async submit(options: AmiliOptions) {
    await openConnection(options.baseUrls?.debtCollection);
    const statuses: string[] = [];
    for await (const { status } of organization(options).invoices.submit(invoices(5))) statuses.push(status);
    return statuses;
  },
  async get(options: AmiliOptions) {
    return (await getItem(options)).arItemId;
  },
  async list(options: AmiliOptions) {
    const ids: unknown[] = [];
    for await (const { customerNo } of client(options).customers.list({ pagesize: 5 }, { prefetch: 4 }))
      ids.push(customerNo);
    return { count: ids.length, distinct: new Set(ids).size };
  },
  async waitFor(options: AmiliOptions) {
    const { batches, invoices: created } = organization(options);
    const { batchId } = (await created.create(invoices(1))).data;
    return (await batches.waitFor(batchId, { pollInterval: 10 })).data.status;
  },
  async error(options: AmiliOptions) {
    const error = await client(options)
      .arItems.get("no-such-item")
      .then(undefined, (reason: unknown) => reason);
    return error instanceof ApiError && { status: error.status, hasRequestId: error.requestId !== undefined };
  },
  async abort(options: AmiliOptions) {
    const controller = new AbortController();
    const reason = new Error("enough");
    const hooks = { onRequest: () => controller.abort(reason) };
    const { arItems } = client({ ...options, hooks });
    const call = arItems.get("2218-500002-35078-0", {}, { signal: controller.signal });
    return (await call.then(undefined, (error: unknown) => error)) === reason;
  },
  async timeout(options: AmiliOptions) {
    const call = getItem({ ...options, timeout: 100, maxRetries: 1 });
    const error = await call.then(undefined, (reason: unknown) => reason);
    return error instanceof TimeoutError && error.attempts;
  },
  /** One delivery with the right signature, one with a wrong one. */
  async webhook() {
    const hmac = { secret: "only-for-tests", algorithm: "SHA-256", encoding: "hex" } as const;
    const handle = createWebhookHandler({ verify: hmacSignature(hmac), onEvent: () => {} });
    const send = async (secret: string) => {
      const delivery = await signWebhook({ eventType: "CASE_CLOSED", id: "1", data: {} }, { ...hmac, secret });
      return (await handle(new Request("http://localhost/", delivery))).status;
    };
    return [await send(hmac.secret), await send("another")];
  },
  /** How often a POST is tried that fails. */
  async attempts(options: AmiliOptions) {
    const created = organization(options).invoices.create(invoices(1));
    const error = await created.then(undefined, (reason: unknown) => reason);
    return error instanceof ConnectionError ? error.attempts : String(error);
  },
  /** The same on an open connection. */
  async attemptsOnOpenConnection(options: AmiliOptions): Promise<unknown> {
    await openConnection(options.baseUrls?.debtCollection);
    return STEPS.attempts(options);
  },
  async several(options: AmiliOptions): Promise<unknown> {
    return [
      await STEPS.get(options),
      await STEPS.error(options),
      await STEPS.abort(options),
      await STEPS.waitFor(options),
    ];
  },
  /** A client of the module, used by several requests. */
  async shared(options: AmiliOptions) {
    shared ??= new Amili(options);
    return (await shared.accountsReceivable.client(2218).arItems.get("2218-500002-35078-0")).arItemId;
  },
};

export type Step = keyof typeof STEPS;

export interface Result {
  value?: unknown;
  error?: { name: string; message: string };
}

/** Node may not have the first connection back yet when the second request is sent. */
async function openConnection(url = ""): Promise<void> {
  for (let i = 0; i < 3; i++) await (await fetch(url)).text();
}

/** Runs in each of the runtimes. */
export async function run(step: Step, options: AmiliOptions): Promise<Result> {
  try {
    return { value: await STEPS[step](options) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { error: { name, message } };
  }
}
