import { ApiError, AuthenticationError, ConnectionError, PaginationError, TimeoutError } from "../../errors.js";
import type { CallOptions } from "../../http/client.js";
import { backoff, neverConnected } from "../../http/retry.js";
import { sleep } from "../../http/signals.js";
import type { Keyed } from "./chunks.js";
import type { Journal, JournalEntry } from "./journal.js";
import type { Arrived, Kind } from "./kind.js";
import type { Outcome } from "./outcome.js";

/** An item under way. */
interface Flight<Item> extends Keyed<Item> {
  /** Whether it may have arrived. */
  sent: boolean;
  batchId: string | undefined;
  outcome: Outcome<Item> | undefined;
}

interface Means {
  callOptions: CallOptions & { signal: AbortSignal };
  /** ms. */
  settle: number;
  journal: Journal | undefined;
}

/** What a failed request says of its items. */
type Verdict = "refused" | "not taken" | "unclear" | "end";

/** The statuses that speak of the items; with others, all further items would meet the same. */
const REFUSALS = new Set([400, 409, 413, 422]);
const UNCLEAR = new Set([408, 500, 502, 503, 504]);

/** How often in a row a token may be refused before the run ends: services that hand them out stumble, too. */
const REFUSED_TOKENS = 5;

function verdictOn(error: unknown, tries: number): Verdict {
  if (error instanceof AuthenticationError) return tries < REFUSED_TOKENS ? "not taken" : "end";
  if (error instanceof ConnectionError) return neverConnected(error.cause) ? "not taken" : "unclear";
  if (error instanceof TimeoutError) return "unclear";
  if (!(error instanceof ApiError)) return "end";
  if (error.status === 429 || (error.status === 503 && error.retryAfter !== undefined)) return "not taken";
  return REFUSALS.has(error.status) ? "refused" : UNCLEAR.has(error.status) ? "unclear" : "end";
}

/** The way of one chunk, from sending it to an outcome for each of its items. */
export class Course<Item> {
  readonly #kind: Kind<Item>;
  readonly #flights: Flight<Item>[];
  readonly #means: Means;
  readonly #signals: [AbortSignal];

  constructor(kind: Kind<Item>, items: Keyed<Item>[], means: Means) {
    this.#kind = kind;
    this.#flights = items.map((keyed) => ({ ...keyed, sent: false, batchId: undefined, outcome: undefined }));
    this.#means = means;
    this.#signals = [means.callOptions.signal];
  }

  /** An outcome for each item. Of those without one nobody knows, because of `reason`. */
  outcomes(reason: unknown): Outcome<Item>[] {
    return this.#flights.map((flight) => flight.outcome ?? unknown(flight, this.#kind, reason));
  }

  /** Goes on from what the journal says of the chunk; a new one is sent. Throws what ends the run. */
  async run(entry: JournalEntry | undefined): Promise<void> {
    const flights = this.#flights;
    if (!entry) return this.#send(flights);
    if (entry.state === "accepted" || entry.state === "rejected") {
      for (const flight of flights) flight.outcome = outcomeOf(flight, entry);
      return;
    }
    for (const flight of flights) flight.sent = true;
    if (entry.state === "sent") return this.#readBatch(flights, entry.batchId);
    await this.#afterLostAnswer(flights, new Date(entry.at), new Error("An earlier process was stopped here."));
  }

  async #send(flights: Flight<Item>[]): Promise<void> {
    const keys = flights.map(({ key }) => key);
    for (let tries = 0; ; tries++) {
      this.#signals[0].throwIfAborted();
      const since = new Date();
      await this.#means.journal?.save({ state: "sending", keys, at: since.toISOString() });
      for (const flight of flights) flight.sent = true;
      let batchId: string | undefined;
      try {
        const reference = await this.#kind.send(itemsOf(flights), this.#means.callOptions);
        batchId = reference?.data?.batchId;
      } catch (error) {
        this.#signals[0].throwIfAborted();
        const verdict = verdictOn(error, tries);
        if (verdict === "unclear") return this.#afterLostAnswer(flights, since, error);
        for (const flight of flights) flight.sent = false;
        if (verdict === "refused") return this.#afterRefusal(flights, since, error);
        if (verdict === "end") throw error;
        await sleep((error instanceof ApiError && error.retryAfter) || backoff(tries), this.#signals);
        continue;
      }
      if (!batchId) return this.#afterLostAnswer(flights, since, new Error("The answer named no batch."));
      await this.#means.journal?.save({ state: "sent", keys, batchId });
      return this.#readBatch(flights, batchId);
    }
  }

  /** One item may have spoilt it for all: halves are sent on their own, down to the one that is refused. */
  async #afterRefusal(flights: Flight<Item>[], since: Date, error: unknown): Promise<void> {
    const [flight] = flights;
    if (flights.length > 1) {
      const half = Math.ceil(flights.length / 2);
      await this.#send(flights.slice(0, half));
      await this.#send(flights.slice(half));
    } else if (flight) {
      // A conflict may say that it is there already.
      const conflict = error instanceof ApiError && error.status === 409;
      if (conflict && (await this.#acceptFound(flights, since)).length === 0) return;
      await this.#reject(flight, error);
    }
  }

  /** Looks for what arrived. What shows nowhere, even after a while, is sent again; where one cannot look, nothing is. */
  async #afterLostAnswer(flights: Flight<Item>[], since: Date, error: unknown): Promise<void> {
    const lost = Date.now();
    if (!this.#kind.find) {
      for (const flight of flights) flight.outcome = unknown(flight, this.#kind, error);
      return;
    }
    let missing = await this.#acceptFound(flights, since);
    if (missing.length > 0) {
      await sleep(Math.max(0, lost + this.#means.settle - Date.now()), this.#signals);
      missing = await this.#acceptFound(missing, since);
    }
    if (missing.length > 0) await this.#send(missing);
  }

  /** Settles those that arrived, and gives those that did not. */
  async #acceptFound(flights: Flight<Item>[], since: Date): Promise<Flight<Item>[]> {
    const { find } = this.#kind;
    const found = find && (await this.#patiently(() => find(itemsOf(flights), since, this.#means.callOptions)));
    const missing: Flight<Item>[] = [];
    for (const flight of flights) {
      const arrived = found?.get(flight.item);
      if (arrived) await this.#accept(flight, arrived);
      else missing.push(flight);
    }
    return missing;
  }

  async #readBatch(flights: Flight<Item>[], batchId: string): Promise<void> {
    for (const flight of flights) flight.batchId = batchId;
    const { data } = await this.#patiently(() => this.#kind.waitFor(batchId, this.#means.callOptions));
    const entryFor = (list: readonly unknown[] | undefined, item: Item) =>
      list?.filter(isObject).find((entry) => this.#kind.matches(entry, item));
    const untold: Flight<Item>[] = [];
    for (const flight of flights) {
      const succeeded = entryFor(data.succeeded, flight.item);
      const failed = entryFor(data.failed, flight.item);
      if (succeeded || (data.status === "SUCCESS" && !failed)) {
        const invoiceId = succeeded?.invoiceId;
        await this.#accept(flight, { invoiceId: typeof invoiceId === "string" ? invoiceId : undefined });
      } else if (failed) await this.#reject(flight, failed);
      else untold.push(flight);
    }
    if (untold.length === 0) return;
    // The batch does not say which of its items failed: what cannot be found did.
    const reason = { batchStatus: data.status, failed: data.failed };
    if (data.status === "FAILED" && !data.succeeded?.length) {
      for (const flight of untold) await this.#reject(flight, reason);
    } else if (this.#kind.find) {
      const since = new Date(data.createdAt);
      for (const flight of await this.#acceptFound(untold, since)) await this.#reject(flight, reason);
    } else {
      for (const flight of untold) flight.outcome = unknown(flight, this.#kind, reason);
    }
  }

  /** Reads may be tried as long as the chunk has time. */
  async #patiently<T>(read: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await read();
      } catch (error) {
        this.#signals[0].throwIfAborted();
        const verdict = error instanceof PaginationError ? "unclear" : verdictOn(error, tries);
        if (verdict === "refused" || verdict === "end") throw error;
        await sleep(backoff(tries), this.#signals);
      }
    }
  }

  #accept(flight: Flight<Item>, { invoiceId }: Arrived): Promise<void> {
    const { key, batchId } = flight;
    return this.#settle(flight, {
      state: "accepted",
      keys: [key],
      ...(batchId && { batchId }),
      ...(invoiceId && { invoiceId }),
    });
  }

  #reject(flight: Flight<Item>, reason: unknown): Promise<void> {
    const { key, batchId } = flight;
    return this.#settle(flight, { state: "rejected", keys: [key], ...(batchId && { batchId }), reason });
  }

  async #settle(flight: Flight<Item>, entry: Settled): Promise<void> {
    flight.outcome = outcomeOf(flight, entry);
    await this.#means.journal?.save(entry);
  }
}

type Settled = Extract<JournalEntry, { state: "accepted" | "rejected" }>;

function outcomeOf<Item>({ item, key }: Flight<Item>, entry: Settled): Outcome<Item> {
  const { batchId } = entry;
  return entry.state === "accepted"
    ? { status: "accepted", item, key, batchId, invoiceId: entry.invoiceId }
    : { status: "rejected", item, key, batchId, reason: entry.reason };
}

function unknown<Item>({ item, key, sent, batchId }: Flight<Item>, kind: Kind<Item>, reason: unknown): Outcome<Item> {
  const lookUp = sent ? kind.lookUp : "Nothing: it was never sent.";
  return { status: "unknown", item, key, batchId, sent, reason, lookUp };
}

const itemsOf = <Item>(flights: Flight<Item>[]) => flights.map(({ item }) => item);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
