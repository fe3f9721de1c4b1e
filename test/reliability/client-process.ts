import { Amili, type AmiliOptions, type Journal } from "amili-client";
import { type JournalDisk, journalOn } from "./journal.js";
import type { Network } from "./network.js";
import type { Random } from "./random.js";
import { ORGANIZATION } from "./server/collection-server.js";
import { type Delivery, type HttpRequest, toHttpRequest } from "./server/http.js";

/** ms of one way to the server. */
const LATENCY = [5, 60] as const;

const never = new Promise<never>(() => {});

/**
 * A process that submits: a client and a journal. It can be stopped dead at a step: then no request and no write to the
 * journal of it settles any more. Steps lie before a request arrives, before its response, before and after records are
 * stored.
 */
export class ClientProcess {
  readonly journal: Journal;
  steps = 0;
  isStopped = false;
  readonly #network: Network;
  readonly #random: Random;
  readonly #stopAt: number;
  readonly #inTransit = new Set<HttpRequest>();

  /** @param stopAt the step at which it is stopped */
  constructor(network: Network, disk: JournalDisk, random: Random, stopAt = Number.POSITIVE_INFINITY) {
    this.#network = network;
    this.#random = random;
    this.#stopAt = stopAt;
    this.journal = journalOn(disk, () => this.#step());
  }

  /** The resources of an organization, for a client of this process. */
  organization(options: AmiliOptions = {}, id = ORGANIZATION) {
    const amili = new Amili({ clientId: "reliability", clientSecret: "secret", fetch: this.fetch, ...options });
    return amili.debtCollection.organization(id);
  }

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    if (this.isStopped) return never;
    const request = toHttpRequest(url, init);
    this.#network.record(request);
    this.#inTransit.add(request);
    await raceAbort(delay(this.#random.in(LATENCY)), init.signal).catch((reason) => {
      this.#inTransit.delete(request);
      this.#network.abandon(request);
      throw reason;
    });
    await this.#step();
    this.#inTransit.delete(request);
    const delivery = this.#network.deliver(request);
    await raceAbort(delay(this.#random.in(LATENCY)), init.signal);
    await this.#step();
    return toResponse(delivery);
  };

  async #step(): Promise<void> {
    if (this.isStopped) return never;
    if (++this.steps < this.#stopAt) return;
    this.isStopped = true;
    for (const request of this.#inTransit) this.#network.abandon(request);
    return never;
  }
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function raceAbort(wait: Promise<void>, signal: AbortSignal | null | undefined): Promise<void> {
  if (!signal) return wait;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    wait.then(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
  });
}

/** What Node's `fetch` gives. */
function toResponse(delivery: Delivery): Response {
  if (delivery === "refused") throw fetchFailed({ code: "ECONNREFUSED", syscall: "connect" });
  if (delivery === "closed") throw fetchFailed({ code: "UND_ERR_SOCKET" });
  const { status, headers, body, cut } = delivery;
  if (!cut) return new Response(body, { status, headers });
  const half = new TextEncoder().encode(body).subarray(0, body.length / 2);
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(half),
    pull: (controller) => controller.error(fetchFailed({ code: "UND_ERR_SOCKET" })),
  });
  return new Response(stream, { status, headers });
}

const fetchFailed = (cause: { code: string; syscall?: string }) =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("connection failed"), cause) });
