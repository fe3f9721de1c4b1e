import { timeOf } from "../data/dates.js";
import type { SandboxContext } from "../server/context.js";
import type { SandboxOperation, SandboxRequest } from "../server/operation.js";
import { HttpError, notFound, ok, type SandboxResponse } from "../server/response.js";
import { Client } from "./client.js";
import type { ClientBatch, WriteResult, Written } from "./model.js";
import type { Search } from "./queries.js";
import type { Sample } from "./seed.js";

/** All clients. A client gets its data set with the first request that names it. */
export class Clients {
  readonly #clients = new Map<number, Client>();
  readonly #context: SandboxContext;
  readonly #sample: Sample;

  constructor(context: SandboxContext, sample: Sample) {
    this.#context = context;
    this.#sample = sample;
  }

  /** The client that a request names. */
  of({ path }: SandboxRequest): Client {
    const no = Number(path.clientno);
    const client = this.#clients.get(no) ?? new Client(no, this.#context, this.#sample);
    this.#clients.set(no, client);
    return client;
  }

  /** An operation that reads one record. */
  get(what: string, find: (client: Client, path: SandboxRequest["path"]) => object | undefined): SandboxOperation {
    return (request) => {
      const found = find(this.of(request), request.path);
      if (!found) throw notFound(what);
      return ok(found);
    };
  }

  /** An operation that searches records and returns pages of them. */
  list(name: string, search: (client: Client, query: SandboxRequest["query"]) => Search): SandboxOperation {
    return (request) => {
      const client = this.of(request);
      return client.queries.page(request, name, () => search(client, request.query));
    };
  }

  /** An operation that writes one record. */
  write(write: (client: Client, request: SandboxRequest) => Written): SandboxOperation {
    return (request) => {
      const written = write(this.of(request), request);
      return { status: written.result === "CREATED" ? 201 : 200, body: { status: "PROCESSED", ...written } };
    };
  }

  /** An operation that accepts a list of records as a batch, which is processed asynchronously. */
  writeBatch<Item>(
    items: (body: unknown) => Item[] | undefined,
    write: (client: Client, item: Item) => Written,
  ): SandboxOperation {
    return (request) => {
      const client = this.of(request);
      const { scheduler, batchTime, now } = this.#context;
      const index = client.batches.add({ createdAt: now(), finishedAt: undefined, results: [] });
      scheduler.schedule(request.batchDelay ?? batchTime, () => {
        const batch = client.batches.change(index);
        batch.results = (items(request.body) ?? []).map((item) => attempt(() => write(client, item)));
        batch.finishedAt = now();
      });
      const batchUuid = client.ids.batch.at(index);
      return { status: 202, body: { status: "QUEUED", result: "CREATED", message: "Batch accepted", batchUuid } };
    };
  }

  /** How many records of each kind were added or changed. */
  counts(): Record<string, number> {
    const sum = (size: (client: Client) => number) =>
      [...this.#clients.values()].reduce((total, client) => total + size(client), 0);
    return {
      clients: this.#clients.size,
      customers: sum(({ customers }) => customers.touched),
      documents: sum(({ documents }) => documents.touched),
      arItems: sum(({ items }) => items.touched),
      clientBatches: sum(({ batches }) => batches.touched),
      paymentReservations: sum(({ payments }) => payments.size),
    };
  }
}

/** The result of a write that may be rejected. */
export function attempt(write: () => Written): WriteResult {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return { result: "REJECTED", status: error.response.status, message: error.message };
  }
}

// The statuses of getBatch are documented: 202, here while the batch is queued; 206, here for a partial success; 200.
const FINISHED = {
  PROCESSED: 200,
  FAILED: 200,
  PARTIAL: 206,
};

function stateOf({ results }: ClientBatch): keyof typeof FINISHED {
  const failed = results.filter(({ result }) => result === "REJECTED").length;
  return failed === 0 ? "PROCESSED" : failed === results.length ? "FAILED" : "PARTIAL";
}

/** The state of a client's batch. */
export function batchResponse(client: Client, batchUuid: string): SandboxResponse {
  const batch = client.batches.at(client.ids.batch.indexOf(batchUuid));
  if (!batch) throw notFound("batch");
  const { createdAt, finishedAt, results } = batch;
  const state = stateOf(batch);
  return {
    status: finishedAt === undefined ? 202 : FINISHED[state],
    body: {
      clientNo: client.no,
      batchUuid,
      status: finishedAt === undefined ? "QUEUED" : state,
      createdTime: timeOf(createdAt),
      ...(finishedAt !== undefined && { finishedTime: timeOf(finishedAt) }),
      items: results.map((result, index) => ({ index, ...result })),
    },
  };
}
