import type { Random, Range } from "../random.js";
import { type HttpRequest, type HttpResponse, json } from "./http.js";
import { SortedList } from "./sorted-list.js";

/** What the documentation leaves open, and what a row of the matrix varies. */
export interface ServerOptions {
  /** Whether an invoice with a known source id is refused. */
  uniqueInvoices: boolean;
  /** How it is refused: listed in `failed`, or with 409 for the whole request. */
  knownInvoice: "failed" | "conflict";
  /** How an invoice with a negative amount is refused: listed in `failed`, or with 400 for the whole request. */
  invalidInvoice: "failed" | "badRequest";
  /** What an entry of `failed` holds: the number and a message, or nothing. */
  failedEntries: "named" | "empty";
  /** The form in which a source id is stored. Filters compare this form. */
  storedId: (id: string) => string;
  /** What the filter `UniqueSourceInvoiceId` does. */
  sourceIdFilter: "exact" | "contains" | "ignored";
  /** Whether the invoices of a list have their source ids. */
  listsSourceIds: boolean;
  batchOrder: "newest" | "oldest" | "unsorted";
  /** What the filters of the batch list do. With "unknownValue", a `State` gives an empty list. */
  batchFilters: "exact" | "ignored" | "unknownValue";
  /** ms from the request to the end of its batch. */
  workTime: Range;
  /** ms from the request until its batch can be read. */
  batchDelay: Range;
  /** ms from the end of a batch until its invoices can be read. */
  invoiceDelay: Range;
  /** ms by which the server's clock is ahead. */
  clockAhead: number;
  /** A header by whose value writes are deduplicated. */
  deduplicatesBy: string | undefined;
}

export const DEFAULTS: ServerOptions = {
  uniqueInvoices: false,
  knownInvoice: "failed",
  invalidInvoice: "failed",
  failedEntries: "named",
  storedId: (id) => id,
  sourceIdFilter: "exact",
  listsSourceIds: true,
  batchOrder: "newest",
  batchFilters: "exact",
  workTime: [200, 3_000],
  batchDelay: [0, 0],
  invoiceDelay: [0, 0],
  clockAhead: 0,
  deduplicatesBy: undefined,
};

export const ORGANIZATION = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

const TOKEN_LIFETIME = 3_600;
const PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;

type Kind = "invoices" | "payments" | "corrections";
type Item = Record<string, unknown>;

interface Batch {
  sequence: number;
  batchId: string;
  kind: Kind;
  items: Item[];
  idempotencyKey: string | undefined;
  createdAt: number;
  finishedAt: number | undefined;
  visibleAt: number;
  status: "QUEUED" | "SUCCESS" | "PARTIAL" | "FAILED";
  succeeded: Item[];
  failed: Item[];
  /** Of the present state. */
  json: string | undefined;
  /** What was accepted of a request that was delivered twice. */
  twins: Set<string> | undefined;
}

interface Invoice {
  sequence: number;
  storedId: string;
  visibleAt: number;
  json: string;
}

type Handler = (request: HttpRequest, ...path: string[]) => HttpResponse;

/**
 * The Debt Collection API and its identity service as the documentation describes them, in memory. It knows what it
 * accepted, which no response has to say. It has no timers: what is due happens before the next request.
 */
export class CollectionServer {
  readonly #options: ServerOptions;
  readonly #random: Random;
  readonly #now: () => number;
  readonly #tokens = new Map<string, number>();
  readonly #agenda = new SortedList<{ at: number; run: () => void }>(({ at }) => at);
  readonly #batches = new Map<string, Batch>();
  readonly #batchList: SortedList<Batch>;
  readonly #batchByKey = new Map<string, Batch>();
  readonly #invoiceList = new SortedList<Invoice>(({ sequence }) => sequence);
  readonly #invoicesById = new Map<string, Invoice[]>();
  readonly #accepted = new Map<string, number>();
  /** How often an item was accepted again because the network delivered a request twice. */
  duplicatesFromNetwork = 0;
  #sequence = 0;
  #twins: Set<string> | undefined;

  readonly #routes: [method: string, path: RegExp, handler: Handler][] = [
    ["POST", /\/token$/, (request) => this.#issueToken(request)],
    ["GET", /\/orgs\/([^/]+)\/batches$/, (request) => this.#listBatches(request)],
    ["GET", /\/orgs\/([^/]+)\/batches\/([^/]+)$/, (_, __, batchId = "") => this.#getBatch(batchId)],
    ["GET", /\/orgs\/([^/]+)\/invoices$/, (request) => this.#listInvoices(request)],
    [
      "POST",
      /\/orgs\/([^/]+)\/(invoices|payments|corrections)$/,
      (request, _, kind) => this.#write(request, kind as Kind),
    ],
  ];

  constructor(options: Partial<ServerOptions>, random: Random, now: () => number = Date.now) {
    this.#options = { ...DEFAULTS, ...options };
    this.#random = random;
    this.#now = now;
    const { batchOrder } = this.#options;
    this.#batchList = new SortedList(({ sequence }) => BATCH_ORDERS[batchOrder](sequence));
  }

  /** How often the item was accepted. An invoice is identified by the source id that was sent, others by their content. */
  acceptedCount(item: Item): number {
    this.#catchUp();
    return this.#accepted.get(identityOf(item)) ?? 0;
  }

  /** Processes a request that the network delivers twice. */
  handleTwice(request: HttpRequest): HttpResponse {
    this.#twins = new Set();
    const response = this.handle(request);
    this.handle(request);
    this.#twins = undefined;
    return response;
  }

  /** Processes a request at a later time, whoever still waits for it. */
  handleLater(request: HttpRequest, delay: number): void {
    this.#agenda.add({ at: this.#now() + delay, run: () => this.#respond(request) });
  }

  /** Adds a batch of items that were accepted before. */
  addEndedBatch(kind: Kind, items: Item[], age: number): void {
    const batch = this.#createBatch(kind, items, undefined, this.#now() - age);
    this.#agenda.add({ at: this.#now() - 1, run: () => this.#finish(batch) });
  }

  handle(request: HttpRequest): HttpResponse {
    this.#catchUp();
    const response = this.#respond(request);
    response.headers.date = new Date(this.#now() + this.#options.clockAhead).toUTCString();
    return response;
  }

  #respond(request: HttpRequest): HttpResponse {
    for (const [method, path, handler] of this.#routes) {
      const match = request.method === method ? path.exec(request.path) : null;
      if (!match) continue;
      const [, organization, ...rest] = match;
      if (organization === undefined) return handler(request);
      if (!this.#isAuthorized(request)) return json(401, { message: "Unauthorized" });
      return organization === ORGANIZATION
        ? handler(request, organization, ...rest)
        : json(404, { message: "Not Found" });
    }
    return json(404, { message: "Not Found" });
  }

  #catchUp(): void {
    for (let due = this.#agenda.takeUpTo(this.#now()); due; due = this.#agenda.takeUpTo(this.#now())) due.run();
  }

  #issueToken({ body }: HttpRequest): HttpResponse {
    const form = new URLSearchParams(body);
    if (form.get("grant_type") !== "client_credentials" || !form.get("client_id") || !form.get("client_secret")) {
      return json(400, { error: "invalid_request" });
    }
    const token = `token-${this.#tokens.size + 1}`;
    const from = Math.floor(this.#now() / 1_000);
    this.#tokens.set(`Bearer ${token}`, from + TOKEN_LIFETIME);
    return json(200, {
      access_token: token,
      token_type: "Bearer",
      not_before: from,
      expires_in: TOKEN_LIFETIME,
      expires_on: from + TOKEN_LIFETIME,
    });
  }

  #isAuthorized({ headers }: HttpRequest): boolean {
    return (this.#tokens.get(headers.get("authorization") ?? "") ?? 0) * 1_000 > this.#now();
  }

  #write({ body, headers }: HttpRequest, kind: Kind): HttpResponse {
    const items = parseItems(body, kind);
    if (!items) return json(400, { message: `The body must be an object with a list of ${kind}.` });
    const { deduplicatesBy, uniqueInvoices, knownInvoice, invalidInvoice } = this.#options;
    const key = (deduplicatesBy && headers.get(deduplicatesBy)) || undefined;
    const first = key === undefined ? undefined : this.#batchByKey.get(key);
    if (first) return referenceTo(first);
    if (invalidInvoice === "badRequest" && items.some(isInvalid)) return json(400, { message: "Invalid amount" });
    if (uniqueInvoices && knownInvoice === "conflict" && items.some((item) => this.#isKnown(item))) {
      return json(409, { message: "Conflict" });
    }
    const batch = this.#createBatch(kind, items, key, this.#now());
    if (key !== undefined) this.#batchByKey.set(key, batch);
    this.#agenda.add({ at: this.#now() + this.#random.in(this.#options.workTime), run: () => this.#finish(batch) });
    return referenceTo(batch);
  }

  #createBatch(kind: Kind, items: Item[], idempotencyKey: string | undefined, createdAt: number): Batch {
    const sequence = ++this.#sequence;
    const batch: Batch = {
      sequence,
      batchId: uuid(sequence),
      kind,
      items,
      idempotencyKey,
      createdAt,
      finishedAt: undefined,
      visibleAt: createdAt + this.#random.in(this.#options.batchDelay),
      status: "QUEUED",
      succeeded: [],
      failed: [],
      json: undefined,
      twins: this.#twins,
    };
    this.#batches.set(batch.batchId, batch);
    this.#batchList.add(batch);
    return batch;
  }

  #finish(batch: Batch): void {
    const createdAt = new Date(this.#now() + this.#options.clockAhead).toISOString();
    for (const item of batch.items) {
      const problem = isInvalid(item)
        ? "Invalid amount"
        : this.#options.uniqueInvoices && this.#isKnown(item)
          ? "The invoice exists"
          : undefined;
      if (problem === undefined) batch.succeeded.push(this.#accept(batch, item, createdAt));
      else
        batch.failed.push(
          this.#options.failedEntries === "named" ? { invoiceNumber: item.invoiceNumber, message: problem } : {},
        );
    }
    batch.finishedAt = this.#now();
    batch.json = undefined;
    const all = batch.failed.length === 0 ? "SUCCESS" : "FAILED";
    batch.status = batch.failed.length > 0 && batch.succeeded.length > 0 ? "PARTIAL" : all;
  }

  /** Returns the batch's entry about the item. */
  #accept({ kind, twins }: Batch, item: Item, createdAt: string): Item {
    const identity = identityOf(item);
    this.#accepted.set(identity, (this.#accepted.get(identity) ?? 0) + 1);
    if (twins?.has(identity)) this.duplicatesFromNetwork++;
    twins?.add(identity);
    if (kind !== "invoices") return { invoiceId: item.invoiceId };
    const { storedId, listsSourceIds, invoiceDelay } = this.#options;
    const sequence = ++this.#sequence;
    const id = uuid(sequence);
    const { invoiceNumber, type } = item;
    const sourceId = storedId(identity);
    const invoice: Invoice = {
      sequence,
      storedId: sourceId,
      visibleAt: this.#now() + this.#random.in(invoiceDelay),
      json: JSON.stringify({
        id,
        organization: { id: ORGANIZATION, organizationNumber: "999999999", name: "Example AS" },
        invoiceNumber,
        collectionCaseNumber: String(sequence),
        type,
        status: "OPEN",
        createdAt,
        ...(listsSourceIds && { uniqueSourceInvoiceId: sourceId }),
      }),
    };
    this.#invoiceList.add(invoice);
    this.#invoicesById.set(sourceId, [...(this.#invoicesById.get(sourceId) ?? []), invoice]);
    return { invoiceId: id, invoiceNumber };
  }

  #isKnown(item: Item): boolean {
    return item.uniqueSourceInvoiceId !== undefined && this.#invoicesById.has(this.#options.storedId(identityOf(item)));
  }

  #getBatch(batchId: string): HttpResponse {
    const batch = this.#batches.get(batchId);
    if (!batch || batch.visibleAt > this.#now()) return json(404, { message: "Not Found" });
    return json(200, `{"summary":{"status":"SUCCESS"},"data":${this.#batchJson(batch)}}`);
  }

  #batchJson(batch: Batch): string {
    const { batchId, kind, status, createdAt, finishedAt, succeeded, failed } = batch;
    const toText = (time: number) => new Date(time + this.#options.clockAhead).toISOString();
    batch.json ??= JSON.stringify({
      batchId,
      type: kind === "invoices" ? "INVOICE" : "NONE",
      status,
      createdAt: toText(createdAt),
      ...(finishedAt !== undefined && { finishedAt: toText(finishedAt) }),
      organizationId: ORGANIZATION,
      createdBy: uuid(0),
      succeeded,
      failed,
    });
    return batch.json;
  }

  #listBatches({ query }: HttpRequest): HttpResponse {
    const { batchFilters, batchOrder } = this.#options;
    const [state, type, key] = ["State", "Type", "IdempotencyKey"].map((name) => query.get(name));
    const isIgnored = batchFilters === "ignored";
    const matches = (batch: Batch) =>
      isIgnored ||
      ((!state || (batch.status === state && batchFilters === "exact")) &&
        (!type || (type === "INVOICE") === (batch.kind === "invoices")) &&
        (!key || batch.idempotencyKey === key));
    const size = Math.min(Number(query.get("PageSize")) || PAGE_SIZE, MAX_PAGE_SIZE);
    const orderOf = ({ sequence }: Batch) => BATCH_ORDERS[batchOrder](sequence);
    const toText = (batch: Batch) => this.#batchJson(batch);
    return this.#page(this.#batchList, matches, orderOf, query.get("PageToken"), size, toText);
  }

  #listInvoices({ query }: HttpRequest): HttpResponse {
    const { sourceIdFilter, storedId } = this.#options;
    const filter = query.get("UniqueSourceInvoiceId");
    const wanted = filter === null || sourceIdFilter === "ignored" ? undefined : storedId(filter);
    const [orderOf, toText] = [({ sequence }: Invoice) => sequence, (invoice: Invoice) => invoice.json];
    let list = this.#invoiceList;
    if (wanted !== undefined && sourceIdFilter === "exact") {
      list = new SortedList(orderOf);
      for (const invoice of this.#invoicesById.get(wanted) ?? []) list.add(invoice);
    }
    const matches = (invoice: Invoice) => wanted === undefined || invoice.storedId.includes(wanted);
    return this.#page(list, matches, orderOf, query.get("PageToken"), PAGE_SIZE, toText);
  }

  /** One page of what is visible. Its token is the order of the last item, so that new items move no page. */
  #page<T extends { visibleAt: number }>(
    list: SortedList<T>,
    matches: (item: T) => boolean,
    orderOf: (item: T) => number,
    token: string | null,
    size: number,
    toText: (item: T) => string,
  ): HttpResponse {
    const page: T[] = [];
    let next: T | undefined;
    for (let i = token ? list.indexAfter(Number(token)) : 0; i < list.items.length && !next; i++) {
      const item = list.items[i];
      if (!item || item.visibleAt > this.#now() || !matches(item)) continue;
      if (page.length === size) next = item;
      else page.push(item);
    }
    const last = next && page.at(-1);
    const summary = JSON.stringify({ status: "SUCCESS", nextPageToken: last ? String(orderOf(last)) : null });
    return json(200, `{"data":[${page.map(toText).join()}],"summary":${summary}}`);
  }
}

/** The place of a batch in a list, by the order of creation. The unsorted one mixes them up, the same way in every run. */
const BATCH_ORDERS: Record<ServerOptions["batchOrder"], (sequence: number) => number> = {
  newest: (sequence) => -sequence,
  oldest: (sequence) => sequence,
  unsorted: (sequence) => Math.imul(sequence, 0x9e3779b1) >>> 0,
};

const identityOf = (item: Item): string =>
  item.uniqueSourceInvoiceId === undefined ? JSON.stringify(item) : String(item.uniqueSourceInvoiceId);

const isInvalid = ({ originalInvoiceAmount: amount }: Item): boolean => typeof amount === "number" && amount < 0;

const referenceTo = ({ batchId }: Batch): HttpResponse =>
  json(202, { summary: { status: "SUCCESS" }, data: { batchId, batchUrl: `https://api.amili.no/batches/${batchId}` } });

function parseItems(body: string, kind: Kind): Item[] | undefined {
  try {
    const items: unknown = (JSON.parse(body) as Item)[kind];
    const isList = Array.isArray(items) && items.length > 0;
    return isList && items.every((item) => typeof item === "object" && item !== null) ? items : undefined;
  } catch {
    return undefined;
  }
}

const uuid = (n: number): string => `5e000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;
