import type { Fetch } from "amili-client";

interface FakeInvoice {
  id: string;
  uniqueSourceInvoiceId: string;
  invoiceNumber: string;
  createdAt: string;
}

interface FakeBatch {
  batchId: string;
  createdAt: string;
  endsAt: number;
  invoices: FakeInvoice[];
  rejected: { uniqueSourceInvoiceId: string; reason: string }[];
}

/** What goes wrong with one request. `after` faults come when the work is done. */
export type Trouble =
  | { kind: "refuse connection" }
  | { kind: "close before" }
  | { kind: "close after" }
  | { kind: "late"; ms: number }
  | { kind: "status"; status: number; retryAfter?: number; after?: true; ms?: number }
  | { kind: "broken json" };

export interface FakeOptions {
  /** What goes wrong with a request, if anything. */
  trouble?: (request: { method: string; path: string; count: number }) => Trouble | undefined;
  /** How long a batch takes, in ms. */
  batchTime?: number;
  /** Invoices that a batch does not take. */
  rejects?: (invoice: Record<string, string>) => string | undefined;
  /** Whether lists heed their filters. */
  filters?: boolean | "by beginning";
  /** Whether listed invoices tell their source's id, or have null in its place. */
  tellsSource?: boolean | "null";
  /** How long after their batch has ended invoices are listed, in ms. */
  lag?: number;
  /** How long after it was made a batch cannot be read, in ms. */
  batchLag?: number;
  /** How far its clock is behind, in ms. */
  behind?: number;
  /** Whether a batch refuses an id that was taken before. */
  unique?: boolean;
  /** How many batches a page has. Default: all of them. */
  pageSize?: number;
  /** Whether the newest batches are listed first. */
  newestFirst?: boolean;
  /** Whether a batch says which items failed, and which succeeded. */
  tellsItems?: boolean;
}

/**
 * The Debt Collection API in memory, as a `fetch`: invoices, batches, and trouble on order. Nothing keeps it from taking an
 * invoice twice, so that a client that sends one twice is seen.
 */
export class FakeCollection {
  readonly taken: FakeInvoice[] = [];
  readonly batches: FakeBatch[] = [];
  readonly requests: string[] = [];
  readonly #options: FakeOptions;

  constructor(options: FakeOptions = {}) {
    this.#options = options;
  }

  readonly fetch: Fetch = async (address, init) => {
    const url = new URL(address);
    const method = init.method ?? "GET";
    const path = url.pathname.replace(/^.*\/orgs\/[^/]+/, "");
    this.requests.push(`${method} ${path}`);
    const trouble = this.#options.trouble?.({ method, path, count: this.requests.length });
    if (trouble?.kind === "refuse connection") throw broken("ECONNREFUSED", "connect");
    if (trouble?.kind === "close before") throw broken("ECONNRESET", "read");
    if (trouble?.kind === "status") {
      if (trouble.ms) await new Promise((resolve) => setTimeout(resolve, trouble.ms));
      if (trouble.after) this.#work(method, path, url, init.body as string);
      const headers = trouble.retryAfter === undefined ? {} : { "retry-after": String(trouble.retryAfter) };
      return new Response("{}", { status: trouble.status, headers });
    }
    if (trouble?.kind === "late") {
      // The work is done also when nobody waits any more.
      const late = new Promise((resolve) => setTimeout(resolve, trouble.ms));
      const aborted = new Promise<never>((_, reject) => {
        init.signal?.addEventListener("abort", () => reject(init.signal?.reason));
      });
      return Promise.race([late.then(() => this.#work(method, path, url, init.body as string)), aborted]);
    }
    const answer = this.#work(method, path, url, init.body as string);
    if (init.signal?.aborted) throw init.signal.reason;
    if (trouble?.kind === "close after") throw broken("ECONNRESET", "read");
    return trouble?.kind === "broken json" ? new Response('{"summary":{') : answer;
  };

  #work(method: string, path: string, url: URL, body: string): Response {
    if (method === "POST" && path === "/invoices") return this.#create(JSON.parse(body));
    if (path.startsWith("/batches/")) {
      const batch = this.batches.find(({ batchId }) => path === `/batches/${batchId}`);
      const shows = batch && this.#now() >= Date.parse(batch.createdAt) + (this.#options.batchLag ?? 0);
      return shows ? Response.json({ data: this.#batch(batch) }) : new Response(null, { status: 404 });
    }
    if (path === "/batches") return this.#list(Number(url.searchParams.get("PageToken") ?? 0));
    if (path === "/invoices") {
      const wanted = url.searchParams.get("UniqueSourceInvoiceId");
      const heeded = this.#options.filters ?? true;
      const fits = (id: string) => (heeded === true ? id === wanted : id.startsWith(wanted ?? ""));
      const found = this.#ready().filter((i) => !heeded || wanted === null || fits(i.uniqueSourceInvoiceId));
      return Response.json({ data: found.map((invoice) => this.#listed(invoice)) });
    }
    return new Response(null, { status: 404 });
  }

  #now(): number {
    return Date.now() - (this.#options.behind ?? 0);
  }

  #list(from: number): Response {
    const all = this.#options.newestFirst ? this.batches.toReversed() : this.batches;
    const to = from + (this.#options.pageSize ?? all.length);
    const nextPageToken = to < all.length ? String(to) : null;
    return Response.json({ summary: { nextPageToken }, data: all.slice(from, to).map((batch) => this.#batch(batch)) });
  }

  #create({ invoices }: { invoices: Record<string, string>[] }): Response {
    const batchId = `batch-${this.batches.length + 1}`;
    const now = this.#now();
    const batch: FakeBatch = {
      batchId,
      createdAt: new Date(now).toISOString(),
      endsAt: now + (this.#options.batchTime ?? 1000),
      invoices: [],
      rejected: [],
    };
    for (const invoice of invoices) {
      const { uniqueSourceInvoiceId = "", invoiceNumber = "" } = invoice;
      const known =
        this.#options.unique && this.taken.some((one) => one.uniqueSourceInvoiceId === uniqueSourceInvoiceId);
      const reason = known ? "duplicate" : this.#options.rejects?.(invoice);
      if (reason) batch.rejected.push({ uniqueSourceInvoiceId, reason });
      else {
        const id = `invoice-${this.taken.length + 1}`;
        batch.invoices.push({ id, uniqueSourceInvoiceId, invoiceNumber, createdAt: batch.createdAt });
      }
      if (!reason) this.taken.push(batch.invoices.at(-1) as FakeInvoice);
    }
    this.batches.push(batch);
    return Response.json({ data: { batchId } }, { status: 202 });
  }

  /** Invoices of batches that have ended. */
  #ready(): FakeInvoice[] {
    return this.batches
      .filter(({ endsAt }) => this.#now() >= endsAt + (this.#options.lag ?? 0))
      .flatMap(({ invoices }) => invoices);
  }

  #batch({ batchId, createdAt, endsAt, invoices, rejected }: FakeBatch) {
    const ended = this.#now() >= endsAt;
    const status = !ended ? "QUEUED" : rejected.length === 0 ? "SUCCESS" : invoices.length === 0 ? "FAILED" : "PARTIAL";
    const tells = ended && (this.#options.tellsItems ?? true);
    return {
      batchId,
      createdAt,
      status,
      type: "INVOICE",
      succeeded: tells
        ? invoices.map(({ id, invoiceNumber }) => ({ invoiceId: id, invoiceNumber }))
        : ended
          ? invoices.map(() => ({}))
          : [],
      failed: tells ? rejected : ended ? rejected.map(() => ({})) : [],
    };
  }

  #listed({ uniqueSourceInvoiceId, ...rest }: FakeInvoice) {
    const { tellsSource = true } = this.#options;
    if (tellsSource === "null") return { ...rest, uniqueSourceInvoiceId: null };
    return tellsSource ? { ...rest, uniqueSourceInvoiceId } : rest;
  }
}

function broken(code: string, syscall: string): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code, syscall }) });
}
