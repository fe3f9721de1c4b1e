import type {
  BatchCompletedEvent,
  CaseEvent,
  CaseUpdatedEvent,
  SettlementCreatedEvent,
} from "../../generated/debt-collection.js";
import { ConfigurationError } from "../errors.js";
import { timeOf } from "./data/dates.js";
import { Ids } from "./data/ids.js";
import { isLoopback } from "./loopback.js";

type Event = BatchCompletedEvent | SettlementCreatedEvent | CaseEvent | CaseUpdatedEvent;

/** What happened, before it has its envelope. */
export type SandboxEvent = Event extends infer E
  ? E extends Event
    ? Omit<E, "id" | "source" | "timeStamp">
    : never
  : never;

export interface WebhookOptions {
  /** Where events are sent: `https:`, or `http:` on loopback. */
  url: string;
  /**
   * Headers that show who sends a body, for a receiver that checks it. How Amili signs has not been seen, so the sandbox
   * signs nothing of its own accord.
   */
  sign?: (body: string) => Record<string, string> | Promise<Record<string, string>>;
}

/** One event that was sent. */
export interface Delivery {
  event: string;
  /** Its `IdempotencyKey`. */
  key: string;
  /** The receiver's answer; `undefined` where there was none. */
  status: number | undefined;
  /** What kept the answer away. */
  error: string | undefined;
}

const KEPT = 200;
const TIMEOUT = 10_000;

export function checkWebhook(given: string | WebhookOptions): WebhookOptions {
  const options = typeof given === "string" ? { url: given } : given;
  if (URL.canParse(options.url)) {
    const { protocol, hostname } = new URL(options.url);
    if (protocol === "https:" || (protocol === "http:" && isLoopback(hostname))) return options;
  }
  throw new ConfigurationError("invalid_option", "webhook must be an https: address, or an http: one on loopback.");
}

/** Sends events to a receiver, one after the other, each once: how Amili repeats them is not documented. */
export class Webhooks {
  readonly #options: WebhookOptions | undefined;
  readonly #now: () => number;
  readonly #ids: Ids;
  readonly #requestIds: Ids;
  readonly #deliveries: Delivery[] = [];
  #count = 0;
  #queue: Promise<void> = Promise.resolve();
  readonly #closed = new AbortController();

  constructor(options: WebhookOptions | undefined, seed: number, now: () => number) {
    this.#options = options;
    this.#now = now;
    this.#ids = new Ids(seed, "event");
    this.#requestIds = new Ids(seed, "webhook request");
  }

  /** The last ones, the oldest first. */
  get deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  emit(event: SandboxEvent): void {
    if (!this.#options) return;
    const no = this.#count++;
    const id = this.#ids.at(no);
    const { data, ...type } = event;
    const body = JSON.stringify({ id, ...type, source: "COLLECTION", timeStamp: timeOf(this.#now()), data });
    const name = "type" in event ? event.type : event.eventType;
    const { url, sign } = this.#options;
    this.#queue = this.#queue.then(() => this.#deliver(url, name, id, this.#requestIds.at(no), body, sign));
  }

  /** Resolves when all events so far were sent. */
  async sent(): Promise<void> {
    await this.#queue;
  }

  /** Ends what is under way and sends no more. */
  close(): void {
    this.#closed.abort(new Error("The sandbox was closed."));
  }

  async #deliver(
    url: string,
    event: string,
    key: string,
    requestId: string,
    body: string,
    sign: WebhookOptions["sign"],
  ): Promise<void> {
    const delivery: Delivery = { event, key, status: undefined, error: undefined };
    this.#deliveries.push(delivery);
    if (this.#deliveries.length > KEPT) this.#deliveries.shift();
    const signal = AbortSignal.any([this.#closed.signal, AbortSignal.timeout(TIMEOUT)]);
    try {
      const response = await fetch(url, {
        method: "POST",
        redirect: "manual",
        signal,
        headers: {
          "content-type": "application/json",
          "x-amili-event": event,
          idempotencykey: key,
          "x-amili-request-id": requestId,
          ...(await sign?.(body)),
        },
        body,
      });
      await response.body?.cancel();
      delivery.status = response.status;
    } catch (error) {
      const { cause } = error as Error;
      delivery.error = (cause instanceof Error ? cause : (error as Error)).message;
    }
  }
}
