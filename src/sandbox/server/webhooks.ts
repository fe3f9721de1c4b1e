import type {
  BatchCompletedEvent,
  CaseEvent,
  CaseUpdatedEvent,
  SettlementCreatedEvent,
} from "../../../generated/debt-collection.js";
import { ConfigurationError } from "../../errors.js";
import { check, checkCount, checkNames, MAX_TIMER, typeName } from "../../http/checks.js";
import { timeOf } from "../data/dates.js";
import { Ids } from "../data/ids.js";
import { fractionOf } from "../data/random.js";
import { isLoopback } from "./loopback.js";
import type { Scheduler } from "./scheduler.js";

type Event = BatchCompletedEvent | SettlementCreatedEvent | CaseEvent | CaseUpdatedEvent;

/** An event without its envelope. */
export type SandboxEvent = Event extends infer E
  ? E extends Event
    ? Omit<E, "id" | "source" | "timeStamp">
    : never
  : never;

/** How deliveries go wrong. Each is a probability from 0 to 1, by default 0; 1 means every event. */
export interface WebhookFaults {
  /** The event is delivered twice, with the same body and `IdempotencyKey`. */
  duplicate?: number;
  /** The event is delivered `delay` ms late. */
  late?: number;
  /** The event is delivered after the one that follows it, or after `delay` ms if none does. */
  outOfOrder?: number;
  /** In ms by the sandbox's clock. Default 1000. */
  delay?: number;
}

export interface WebhookOptions {
  /** Where events are sent: `https:`, or `http:` on loopback. */
  url: string;
  /** Returns headers that sign a body. How Amili signs is undocumented, so the sandbox signs nothing by default. */
  sign?: (body: string) => Record<string, string> | Promise<Record<string, string>>;
  /** Default: none; each event is delivered once, at once and in order. */
  faults?: WebhookFaults;
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

const OPTIONS: Record<keyof WebhookOptions, true> = { url: true, sign: true, faults: true };
const FAULTS: Record<keyof WebhookFaults, true> = { duplicate: true, late: true, outOfOrder: true, delay: true };

export function checkWebhook(given: string | WebhookOptions): WebhookOptions {
  const options = typeof given === "string" ? { url: given } : given;
  checkNames("webhook", options, OPTIONS);
  const { sign } = options;
  if (sign !== undefined && typeof sign !== "function") {
    // Without the value, which may be a secret.
    throw new ConfigurationError("invalid_option", `webhook.sign must be a function; ${typeName(sign)} was given.`);
  }
  if (options.faults !== undefined) checkFaults(options.faults);
  if (URL.canParse(options.url)) {
    const { protocol, hostname } = new URL(options.url);
    if (protocol === "https:" || (protocol === "http:" && isLoopback(hostname))) return options;
  }
  throw new ConfigurationError("invalid_option", "webhook must be an https: URL, or an http: URL on loopback.");
}

function checkFaults(faults: WebhookFaults): void {
  checkNames("webhook.faults", faults, FAULTS);
  const { delay = 0, ...probabilities } = faults;
  checkCount("webhook.faults.delay", delay, 0, MAX_TIMER);
  for (const [name, value] of Object.entries(probabilities)) {
    const ok = typeof value === "number" && value >= 0 && value <= 1;
    check(`webhook.faults.${name}`, value, "a number from 0 to 1", ok);
  }
}

/** Sends events to a receiver, one at a time and each once: how Amili repeats deliveries is undocumented. */
export class WebhookSender {
  readonly #options: WebhookOptions | undefined;
  readonly #seed: number;
  readonly #scheduler: Scheduler;
  readonly #now: () => number;
  readonly #eventIds: Ids;
  readonly #requestIds: Ids;
  readonly #deliveries: Delivery[] = [];
  readonly #closed = new AbortController();
  /** How many events there were, by type. */
  readonly #events = new Map<string, number>();
  #count = 0;
  #requests = 0;
  /** Sends an event that waits for the one that follows it. */
  #held: (() => void) | undefined;
  #queue: Promise<void> = Promise.resolve();

  constructor(options: WebhookOptions | undefined, seed: number, scheduler: Scheduler, now: () => number) {
    this.#options = options;
    this.#seed = seed;
    this.#scheduler = scheduler;
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
    const key = this.#eventIds.at(this.#count++);
    const { data, ...type } = event;
    const body = JSON.stringify({ id: key, ...type, source: "COLLECTION", timeStamp: timeOf(this.#now()), data });
    const name = "type" in event ? event.type : event.eventType;
    const ordinal = (this.#events.get(name) ?? 0) + 1;
    this.#events.set(name, ordinal);
    const { delay = 1000, ...probabilities } = options.faults ?? {};
    const isHit = (fault: keyof typeof probabilities) =>
      fractionOf(this.#seed, "webhook", fault, name, ordinal) < (probabilities[fault] ?? 0);
    const copies = isHit("duplicate") ? 2 : 1;
    const send = () => {
      for (let copy = 0; copy < copies; copy++) {
        const delivery = { event: name, key, status: undefined, error: undefined };
        this.#queue = this.#queue.then(() => this.#deliver(options, delivery, body));
      }
    };
    if (isHit("late")) this.#scheduler.schedule(delay, send);
    // The one that follows a held event is sent before it, so it is not held itself.
    else if (this.#held === undefined && isHit("outOfOrder")) this.#hold(send, delay);
    else {
      send();
      this.#releaseHeld();
    }
  }

  /** Resolves when all events so far were sent, but for those that are late. */
  async flush(): Promise<void> {
    this.#releaseHeld();
    await this.#queue;
  }

  #hold(send: () => void, delay: number): void {
    this.#held = send;
    this.#scheduler.schedule(delay, () => {
      if (this.#held === send) this.#releaseHeld();
    });
  }

  #releaseHeld(): void {
    this.#held?.();
    this.#held = undefined;
  }

  /** Aborts the delivery in flight and all that follow. */
  close(): void {
    this.#closed.abort(new Error("The sandbox was closed."));
  }

  async #deliver({ url, sign }: WebhookOptions, delivery: Delivery, body: string): Promise<void> {
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
          "x-amili-request-id": this.#requestIds.at(this.#requests++),
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
