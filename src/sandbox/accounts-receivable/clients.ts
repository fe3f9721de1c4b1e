import type { SandboxAnswer } from "../answer.js";
import type { SandboxRequest } from "../operation.js";
import type { World } from "../world.js";
import { batchOf } from "./batches.js";
import { Client } from "./client.js";
import { note } from "./log-items.js";
import type { Sample } from "./seed.js";
import { type Outcome, writeAnswer } from "./write-result.js";

/** All clients. Each has its data set from the first request that names it. */
export class Clients {
  readonly #clients = new Map<number, Client>();
  readonly #world: World;
  readonly #sample: Sample;

  constructor(world: World, sample: Sample) {
    this.#world = world;
    this.#sample = sample;
  }

  /** The client that a request names. */
  of({ path }: SandboxRequest): Client {
    const no = Number(path.clientno);
    const client = this.#clients.get(no) ?? new Client(no, this.#world, this.#sample);
    this.#clients.set(no, client);
    return client;
  }

  /** A write of one thing: done, noted and answered. */
  written(request: SandboxRequest, write: (client: Client) => Outcome): SandboxAnswer {
    const client = this.of(request);
    const outcome = write(client);
    if (outcome.result !== "REJECTED") note(client, request.body, outcome.message);
    return writeAnswer(outcome);
  }

  /** A write of several, which are worked through later. */
  batch<Item>(
    request: SandboxRequest,
    items: Item[] | undefined,
    write: (client: Client, item: Item) => Outcome,
    done: (client: Client) => void = () => {},
  ): SandboxAnswer {
    const client = this.of(request);
    return batchOf(
      client,
      items ?? [],
      request.queued,
      (item) => write(client, item),
      (outcomes) => {
        const taken = outcomes.filter(({ result }) => result !== "REJECTED").length;
        note(client, request.body, `Batch worked through: ${taken} of ${outcomes.length} taken`);
        done(client);
      },
    );
  }

  /** How many records of each kind were written or changed. */
  counts(): Record<string, number> {
    const clients = [...this.#clients.values()];
    const sum = (table: "customers" | "documents" | "items" | "files" | "log" | "batches") =>
      clients.reduce((total, client) => total + client[table].touched, 0);
    return {
      clients: clients.length,
      customers: sum("customers"),
      documents: sum("documents"),
      arItems: sum("items"),
      clientBatches: sum("batches"),
      files: sum("files"),
      logItems: sum("log"),
      paymentReservations: clients.reduce((total, { reservations }) => total + reservations, 0),
    };
  }
}
