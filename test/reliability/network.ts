import { type Fault, READ_FAULTS, type ReadFault, WRITE_FAULTS, type WriteFault } from "./faults.js";
import type { Random } from "./random.js";
import type { CollectionServer } from "./server/collection-server.js";
import { type Delivery, type HttpRequest, isWrite } from "./server/http.js";

/** What goes wrong between the client and the server. */
export interface NetworkFaults {
  /** The faults of writes; each faulty write gets one of them. */
  writes?: readonly WriteFault[];
  /** Default 0.2. */
  writeRate?: number;
  reads?: readonly ReadFault[];
  /** Default 0.2. */
  readRate?: number;
  /** A write that was faulty is not faulty when it is sent again. */
  neverInSuccession?: boolean;
  /** The faults of the first writes, one after the other. No other write is faulty. */
  sequence?: readonly (WriteFault | undefined)[];
}

const RATE = 0.2;

/** ms after which the server processes a request whose connection has closed. */
const LATE = [500, 5_000] as const;

/** The way to the server, with its faults. It records what passes. */
export class Network {
  /** The writes that the client sent, whether they arrived or not. */
  readonly writes: HttpRequest[] = [];
  /** The requests for lists, by the last part of their path. */
  readonly listRequests = { batches: 0, invoices: 0 };
  requestCount = 0;
  faultCount = 0;
  readonly #server: CollectionServer;
  readonly #random: Random;
  readonly #faults: NetworkFaults;
  #deliveredWrites = 0;
  readonly #faultyItems = new Set<string>();

  constructor(server: CollectionServer, random: Random, faults: NetworkFaults = {}) {
    this.#server = server;
    this.#random = random;
    this.#faults = faults;
  }

  /** To be called when the client sends a request. */
  record(request: HttpRequest): void {
    this.requestCount++;
    if (isWrite(request)) this.writes.push(request);
    else if (request.path.endsWith("/batches")) this.listRequests.batches++;
    else if (request.path.endsWith("/invoices")) this.listRequests.invoices++;
  }

  /** Lets the request arrive at the server and returns what goes back. */
  deliver(request: HttpRequest): Delivery {
    const fault = this.#faultOf(request);
    if (!fault) return this.#server.handle(request);
    this.faultCount++;
    if (fault.processed === "never") return fault.deliver(undefined);
    if (fault.processed === "later") {
      this.#server.handleLater(request, this.#random.in(LATE));
      return fault.deliver(undefined);
    }
    return fault.deliver(
      fault.processed === "twice" ? this.#server.handleTwice(request) : this.#server.handle(request),
    );
  }

  /** The request is in transit when its client stops: it arrives late or never. */
  abandon(request: HttpRequest): void {
    if (this.#random.chance(0.5)) this.#server.handleLater(request, this.#random.in(LATE));
  }

  #faultOf(request: HttpRequest): Fault | undefined {
    const { writes, reads, writeRate = RATE, readRate = RATE, sequence, neverInSuccession } = this.#faults;
    if (request.path.endsWith("/token")) return undefined;
    if (sequence && isWrite(request)) {
      const name = sequence[this.#deliveredWrites++];
      return name && WRITE_FAULTS[name];
    }
    const [names, rate, table]: [readonly string[] | undefined, number, Record<string, Fault>] = isWrite(request)
      ? [writes, writeRate, WRITE_FAULTS]
      : [reads, readRate, READ_FAULTS];
    const lastItem = request.body.slice(request.body.lastIndexOf("{"));
    const isSpared = neverInSuccession && this.#faultyItems.has(lastItem);
    if (!names?.length || isSpared || !this.#random.chance(rate)) return undefined;
    this.#faultyItems.add(lastItem);
    const name = names.length === 1 ? names[0] : names[this.#random.in([0, names.length - 1])];
    return name === undefined ? undefined : table[name];
  }
}
