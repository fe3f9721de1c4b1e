import type { Fetch } from "amili-client";

interface FakeInvoice {
  id: string;
  uniqueSourceInvoiceId: string;
  invoiceNumber: string;
  createdAt: string;
}

interface FakePayment {
  invoiceId: string;
  amount: number;
}

interface FakeBatch {
  batchId: string;
  type: "INVOICE" | "PAYMENT";
  createdAt: string;
  endsAt: number;
  invoices: FakeInvoice[];
  payments: FakePayment[];
  rejected: { uniqueSourceInvoiceId: string; reason: string }[];
}

/** What fails about one request. `after`: once it was processed. */
export type Fault =
  | { kind: "refuse connection" }
  | { kind: "close before processing" }
  | { kind: "close after processing" }
  | { kind: "late"; ms: number }
  | { kind: "status"; status: number; retryAfter?: number; after?: true; ms?: number }
  | { kind: "invalid json" };

export interface FakeOptions {
  /** The fault of a request, if any. */
  fault?: (request: { method: string; path: string; count: number }) => Fault | undefined;
  /** How long a batch takes, in ms. */
  batchTime?: number;
  /** Why a batch rejects an invoice. */
  rejects?: (invoice: Record<string, string>) => string | undefined;
  /** Whether lists apply their filters. */
  filters?: boolean | "by prefix";
  /** Whether listed invoices have their source's id, or null instead. */
  listsSourceIds?: boolean | "null";
  /** How long after the end of their batch invoices are listed, in ms. */
  listDelay?: number;
  /** How long after its creation a batch can be read, in ms. */
  batchDelay?: number;
  /** How slow the server's clock is, in ms. */
  clockLag?: number;
  /** Whether responses have a `Date`. Default true. */
  sendsDate?: boolean;
  /** Whether a batch rejects a source's id that was accepted before. */
  unique?: boolean;
  /** Batches per page. Default: all of them. */
  pageSize?: number;
  /** Whether the newest batches are listed first. */
  newestFirst?: boolean;
  /** Whether a batch says which items failed and which succeeded. */
  batchesNameItems?: boolean;
}

/**
 * The Debt Collection API in memory, as a `fetch`: invoices, payments, batches and faults. It accepts an invoice or payment
 * twice, so that a test can see that a client sent it twice.
 */
export class FakeCollection {
  readonly accepted: FakeInvoice[] = [];
  readonly payments: FakePayment[] = [];
  readonly batches: FakeBatch[] = [];
  readonly requests: string[] = [];
  readonly #options: FakeOptions;

  constructor(options: FakeOptions = {}) {
    this.#options = options;
  }

  readonly fetch: Fetch = async (address, init) => {
    const response = await this.#respond(address, init);
    if (this.#options.sendsDate ?? true) response.headers.set("date", new Date(this.#now()).toUTCString());
    return response;
  };

  async #respond(address: string, init: RequestInit): Promise<Response> {
    const url = new URL(address);
    const method = init.method ?? "GET";
    const path = url.pathname.replace(/^.*\/orgs\/[^/]+/, "");
    this.requests.push(`${method} ${path}`);
    const fault = this.#options.fault?.({ method, path, count: this.requests.length });
    if (fault?.kind === "refuse connection") throw broken("ECONNREFUSED", "connect");
    if (fault?.kind === "close before processing") throw broken("ECONNRESET", "read");
    if (fault?.kind === "status") {
      if (fault.ms) await new Promise((resolve) => setTimeout(resolve, fault.ms));
      if (fault.after) this.#process(method, path, url, init.body as string);
      const headers = fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
      return new Response("{}", { status: fault.status, headers });
    }
    if (fault?.kind === "late") {
      // The request is processed although the client gave it up.
      const late = new Promise((resolve) => setTimeout(resolve, fault.ms));
      const aborted = new Promise<never>((_, reject) => {
        init.signal?.addEventListener("abort", () => reject(init.signal?.reason));
      });
      return Promise.race([late.then(() => this.#process(method, path, url, init.body as string)), aborted]);
    }
    const response = this.#process(method, path, url, init.body as string);
    if (init.signal?.aborted) throw init.signal.reason;
    if (fault?.kind === "close after processing") throw broken("ECONNRESET", "read");
    return fault?.kind === "invalid json" ? new Response('{"summary":{') : response;
  }

  #process(method: string, path: string, url: URL, body: string): Response {
    if (method === "POST" && path === "/invoices") return this.#create(JSON.parse(body));
    if (method === "POST" && path === "/payments") return this.#pay(JSON.parse(body));
    if (path.startsWith("/batches/")) {
      const batch = this.batches.find(({ batchId }) => path === `/batches/${batchId}`);
      const isVisible = batch && this.#now() >= Date.parse(batch.createdAt) + (this.#options.batchDelay ?? 0);
      return isVisible ? Response.json({ data: this.#batch(batch) }) : new Response(null, { status: 404 });
    }
    if (path === "/batches") return this.#list(Number(url.searchParams.get("PageToken") ?? 0));
    if (path === "/invoices") {
      const wanted = url.searchParams.get("UniqueSourceInvoiceId");
      const filters = this.#options.filters ?? true;
      const matches = (id: string) => (filters === true ? id === wanted : id.startsWith(wanted ?? ""));
      const found = this.#ready().filter((i) => !filters || wanted === null || matches(i.uniqueSourceInvoiceId));
      return Response.json({ data: found.map((invoice) => this.#listed(invoice)) });
    }
    return new Response(null, { status: 404 });
  }

  #now(): number {
    return Date.now() - (this.#options.clockLag ?? 0);
  }

  #list(from: number): Response {
    const all = this.#options.newestFirst ? this.batches.toReversed() : this.batches;
    const to = from + (this.#options.pageSize ?? all.length);
    const nextPageToken = to < all.length ? String(to) : null;
    return Response.json({ summary: { nextPageToken }, data: all.slice(from, to).map((batch) => this.#batch(batch)) });
  }

  #open(type: FakeBatch["type"]): FakeBatch {
    const now = this.#now();
    const batch: FakeBatch = {
      batchId: `batch-${this.batches.length + 1}`,
      type,
      createdAt: new Date(now).toISOString(),
      endsAt: now + (this.#options.batchTime ?? 1000),
      invoices: [],
      payments: [],
      rejected: [],
    };
    this.batches.push(batch);
    return batch;
  }

  #pay({ payments }: { payments: FakePayment[] }): Response {
    const { batchId, payments: accepted } = this.#open("PAYMENT");
    accepted.push(...payments);
    this.payments.push(...payments);
    return Response.json({ data: { batchId } }, { status: 202 });
  }

  #create({ invoices }: { invoices: Record<string, string>[] }): Response {
    const batch = this.#open("INVOICE");
    for (const invoice of invoices) {
      const { uniqueSourceInvoiceId = "", invoiceNumber = "" } = invoice;
      const isKnown =
        this.#options.unique && this.accepted.some((one) => one.uniqueSourceInvoiceId === uniqueSourceInvoiceId);
      const reason = isKnown ? "duplicate" : this.#options.rejects?.(invoice);
      if (reason) batch.rejected.push({ uniqueSourceInvoiceId, reason });
      else {
        const id = `invoice-${this.accepted.length + 1}`;
        batch.invoices.push({ id, uniqueSourceInvoiceId, invoiceNumber, createdAt: batch.createdAt });
      }
      if (!reason) this.accepted.push(batch.invoices.at(-1) as FakeInvoice);
    }
    return Response.json({ data: { batchId: batch.batchId } }, { status: 202 });
  }

  /** Invoices of batches that have ended. */
  #ready(): FakeInvoice[] {
    return this.batches
      .filter(({ endsAt }) => this.#now() >= endsAt + (this.#options.listDelay ?? 0))
      .flatMap(({ invoices }) => invoices);
  }

  #batch({ batchId, type, createdAt, endsAt, invoices, payments, rejected }: FakeBatch) {
    const hasEnded = this.#now() >= endsAt;
    const succeeded = [
      ...invoices.map(({ id, invoiceNumber }) => ({ invoiceId: id, invoiceNumber })),
      ...payments.map(({ invoiceId }) => ({ invoiceId })),
    ];
    const status = rejected.length === 0 ? "SUCCESS" : succeeded.length === 0 ? "FAILED" : "PARTIAL";
    const shown = (entries: object[]) =>
      !hasEnded ? [] : (this.#options.batchesNameItems ?? true) ? entries : entries.map(() => ({}));
    return {
      batchId,
      createdAt,
      status: hasEnded ? status : "QUEUED",
      type,
      succeeded: shown(succeeded),
      failed: shown(rejected),
    };
  }

  #listed({ uniqueSourceInvoiceId, ...rest }: FakeInvoice) {
    const { listsSourceIds = true } = this.#options;
    if (listsSourceIds === "null") return { ...rest, uniqueSourceInvoiceId: null };
    return listsSourceIds ? { ...rest, uniqueSourceInvoiceId } : rest;
  }
}

function broken(code: string, syscall: string): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code, syscall }) });
}
