import type {
  BatchCompletedEvent,
  CaseEvent,
  CaseUpdatedEvent,
  SettlementCreatedEvent,
} from "../../../generated/debt-collection.js";
import { ConfigurationError } from "../../errors.js";
import { timeOf } from "../data/dates.js";
import { Ids } from "../data/ids.js";
import { isLoopback } from "./loopback.js";

type Event = BatchCompletedEvent | SettlementCreatedEvent | CaseEvent | CaseUpdatedEvent;

/** An event without its envelope. */
export type SandboxEvent = Event extends infer E
  ? E extends Event
    ? Omit<E, "id" | "source" | "timeStamp">
    : never
  : never;

export interface WebhookOptions {
  /** Where events are sent: `https:`, or `http:` on loopback. */
  url: string;
  /** Returns headers that sign a body. How Amili signs is undocumented, so the sandbox signs nothing by default. */
  sign?: (body: string) => Record<string, string> | Promise<Record<string, string>>;
}

/** One event that was sent. */
export interface Delivery {
  event: string;
  /** Its `IdempotencyKey`. */
  key: string;
  /** Of the receiver's response; `undefined` if there was none. */
  status: number | undefined;
  /** Why there was no response. */
  error: string | undefined;
}

const MAX_DELIVERIES = 200;
const TIMEOUT = 10_000;

export function checkWebhook(given: string | WebhookOptions): WebhookOptions {
  const options = typeof given === "string" ? { url: given } : given;
  if (URL.canParse(options.url)) {
    const { protocol, hostname } = new URL(options.url);
    if (protocol === "https:" || (protocol === "http:" && isLoopback(hostname))) return options;
  }
  throw new ConfigurationError("invalid_option", "webhook must be an https: URL, or an http: URL on loopback.");
}

/** Sends events to a receiver, one at a time and each once: how Amili repeats deliveries is undocumented. */
export class WebhookSender {
  readonly #options: WebhookOptions | undefined;
  readonly #now: () => number;
  readonly #eventIds: Ids;
  readonly #requestIds: Ids;
  readonly #deliveries: Delivery[] = [];
  readonly #closed = new AbortController();
  #count = 0;
  #queue: Promise<void> = Promise.resolve();

  constructor(options: WebhookOptions | undefined, seed: number, now: () => number) {
    this.#options = options;
    this.#now = now;
    this.#eventIds = new Ids(seed, "event");
    this.#requestIds = new Ids(seed, "webhook request");
  }

  /** The last deliveries, the oldest first. */
  get deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  emit(event: SandboxEvent): void {
    const options = this.#options;
    if (!options) return;
    const no = this.#count++;
    const key = this.#eventIds.at(no);
    const { data, ...type } = event;
    const body = JSON.stringify({ id: key, ...type, source: "COLLECTION", timeStamp: timeOf(this.#now()), data });
    const delivery = {
      event: "type" in event ? event.type : event.eventType,
      key,
      status: undefined,
      error: undefined,
    };
    this.#queue = this.#queue.then(() => this.#deliver(options, delivery, this.#requestIds.at(no), body));
  }

  /** Resolves when all events so far were sent. */
  async flush(): Promise<void> {
    await this.#queue;
  }

  /** Aborts the delivery in flight and all that follow. */
  close(): void {
    this.#closed.abort(new Error("The sandbox was closed."));
  }

  async #deliver({ url, sign }: WebhookOptions, delivery: Delivery, requestId: string, body: string): Promise<void> {
    this.#deliveries.push(delivery);
    if (this.#deliveries.length > MAX_DELIVERIES) this.#deliveries.shift();
    try {
      const response = await fetch(url, {
        method: "POST",
        redirect: "manual",
        signal: AbortSignal.any([this.#closed.signal, AbortSignal.timeout(TIMEOUT)]),
        headers: {
          "content-type": "application/json",
          "x-amili-event": delivery.event,
          idempotencykey: delivery.key,
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
