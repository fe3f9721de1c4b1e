import type { BatchResponse } from "../../../generated/debt-collection.js";
import type { CallOptions } from "../../call.js";
import { ApiError, AuthenticationError, PaginationError } from "../../errors.js";
import { raceAbort, sleep } from "../../http/abort.js";
import { backoff } from "../../http/retry.js";
import { type Flight, itemsOf, outcomeOf, plain, type Settled, unknown } from "./flight.js";
import type { Journal, JournalEntry } from "./journal.js";
import type { Arrived, Kind } from "./kind.js";
import type { Outcome } from "./outcome.js";
import type { Keyed } from "./source.js";
import { surelyNotTaken, verdictOn } from "./verdict.js";

/** What an item is unless a look finds it. */
interface Otherwise {
  state: "rejected" | "unknown";
  reason: unknown;
}

interface Means {
  callOptions: CallOptions;
  /** ms. */
  settle: number;
  journal: Journal | undefined;
}

/** The way of one chunk, from sending it to an outcome for each of its items. */
export class Course<Item> {
  readonly #kind: Kind<Item>;
  readonly #flights: Flight<Item>[];
  readonly #means: Means;
  readonly #aborted = new AbortController();
  readonly #stopped = new AbortController();
  readonly #callOptions: CallOptions & { signal: AbortSignal };
  #turn: Promise<unknown> = Promise.resolve();

  constructor(kind: Kind<Item>, items: Keyed<Item>[], means: Means) {
    this.#kind = kind;
    this.#flights = items.map((item) => ({
      ...item,
      sent: undefined,
      resent: false,
      batchId: undefined,
      outcome: undefined,
    }));
    this.#means = means;
    this.#callOptions = { ...means.callOptions, signal: this.#aborted.signal };
  }

  /** Nothing more is sent. What was sent is followed to its end. */
  stop(reason: unknown): void {
    this.#stopped.abort(reason);
  }

  /** Nothing more is done. */
  abort(reason: unknown): void {
    this.stop(reason);
    this.#aborted.abort(reason);
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
    const since = new Date((entry.state === "sending" && Date.parse(entry.at)) || 0);
    const batchId = entry.state === "sent" ? entry.batchId : undefined;
    for (const flight of flights) {
      flight.sent = since;
      flight.batchId = batchId;
    }
    if (batchId !== undefined) return this.#readBatch(flights, since, batchId);
    await this.#afterLostAnswer(flights, since, new Error("An earlier process was stopped here."));
  }

  async #send(flights: Flight<Item>[]): Promise<void> {
    let refusedTokens = 0;
    for (let tries = 0; ; tries++) {
      const { since, batchId, error } = await this.#inTurn(() => this.#post(flights));
      if (batchId !== undefined) return this.#readBatch(flights, since, batchId);
      refusedTokens = error instanceof AuthenticationError ? refusedTokens + 1 : 0;
      const verdict = verdictOn(error, refusedTokens);
      if (verdict === "unclear") {
        return this.#afterLostAnswer(flights, since, error ?? new Error("The answer named no batch."));
      }
      if (surelyNotTaken(error)) for (const flight of flights) if (!flight.resent) flight.sent = undefined;
      if (verdict === "refused") return this.#afterRefusal(flights, since, error);
      if (verdict === "end") throw error;
      const wait = (error instanceof ApiError && error.retryAfter) || backoff(tries);
      await sleep(wait, [this.#aborted.signal, this.#stopped.signal]);
    }
  }

  /** One request. `since` is when these items were sent for the first time. */
  async #post(flights: Flight<Item>[]): Promise<{ since: Date; batchId?: string; error?: unknown }> {
    const keys = flights.map(({ key }) => key);
    const now = new Date();
    this.#stopped.signal.throwIfAborted();
    await this.#save({ state: "sending", keys, at: now.toISOString() });
    this.#stopped.signal.throwIfAborted();
    for (const flight of flights) flight.sent ??= now;
    const since = flights[0]?.sent ?? now;
    let batchId: string | undefined;
    try {
      const reference = await this.#kind.send(itemsOf(flights), this.#callOptions);
      batchId = reference?.data?.batchId;
    } catch (error) {
      this.#aborted.signal.throwIfAborted();
      return { since, error };
    }
    if (!batchId) return { since };
    for (const flight of flights) flight.batchId = batchId;
    await this.#save({ state: "sent", keys, batchId });
    return { since, batchId };
  }

  /** Requests of a chunk go one after the other: it counts as one of those under way. */
  #inTurn<T>(request: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(request);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** One item may have spoilt it for all: halves are sent on their own, down to the one that is refused. */
  async #afterRefusal(flights: Flight<Item>[], since: Date, error: unknown): Promise<void> {
    if (flights.length > 1) {
      const half = Math.ceil(flights.length / 2);
      return all([flights.slice(0, half), flights.slice(half)].map((part) => this.#send(part)));
    }
    const [flight] = flights as [Flight<Item>];
    // A conflict may say that it is there already.
    const doubtful = flight.resent || (error instanceof ApiError && error.status === 409);
    if (!doubtful) return this.#reject(flight, error);
    await this.#unlessFound(new Map([[flight, { state: "rejected", reason: error }]]), since);
  }

  /** Looks for what arrived. What shows nowhere, even after a while, is sent again; where one cannot look, nothing is. */
  async #afterLostAnswer(flights: Flight<Item>[], since: Date, reason: unknown): Promise<void> {
    if (!this.#kind.look) {
      for (const flight of flights) flight.outcome = unknown(flight, this.#kind, reason);
      return;
    }
    const missing = await this.#lookTwice(flights, since);
    for (const flight of missing) flight.resent = true;
    if (missing.length > 0) await this.#send(missing);
  }

  async #readBatch(flights: Flight<Item>[], since: Date, batchId: string): Promise<void> {
    const data = await this.#ended(batchId);
    if (!data) {
      for (const flight of flights) flight.batchId = undefined;
      return this.#afterLostAnswer(flights, since, new Error(`There is no batch ${batchId}.`));
    }

    const [succeeded, failed] = [data.succeeded, data.failed].map((list) => (list ?? []).filter(isObject));
    const entryIn = (list: Record<string, unknown>[] = [], { item }: Flight<Item>) =>
      list.find((entry) => this.#kind.matches(entry, item));
    const named = new Map(flights.map((flight) => [flight, entryIn(succeeded, flight)]));
    const namesSome = [...named.values()].some((entry) => entry !== undefined);
    const unproved = new Map<Flight<Item>, Otherwise>();
    await all(
      flights.map(async (flight) => {
        const taken = named.get(flight);
        if (taken) return this.#accept(flight, { invoiceId: textOf(taken.invoiceId) });
        const refused = entryIn(failed, flight);
        const isRefused = refused !== undefined || (data.status === "FAILED" && !data.succeeded?.length);
        // What the batch says of others is not for this one: it may be personal.
        const reason = refused ?? { batchStatus: data.status, ...(flights.length === 1 && { failed: data.failed }) };
        if (isRefused && !flight.resent) return this.#reject(flight, reason);
        const isSuccess = data.status === "SUCCESS" && !isRefused;
        if (isSuccess && !(namesSome && this.#kind.look)) return this.#accept(flight, { invoiceId: undefined });
        const state = isRefused || (this.#kind.look && !isSuccess) ? "rejected" : "unknown";
        unproved.set(flight, { state, reason });
      }),
    );
    const registered = flights.some(({ resent }) => resent) ? since : new Date(data.createdAt);
    await this.#unlessFound(unproved, registered);
  }

  /** Settles items for which there may be more than was said. */
  async #unlessFound(unproved: Map<Flight<Item>, Otherwise>, since: Date): Promise<void> {
    const flights = [...unproved.keys()];
    const missing = this.#kind.look && flights.length > 0 ? await this.#lookTwice(flights, since) : flights;
    await all(
      missing.map(async (flight) => {
        const { state, reason } = unproved.get(flight) as Otherwise;
        if (state === "rejected") return this.#reject(flight, reason);
        flight.outcome = unknown(flight, this.#kind, reason);
      }),
    );
  }

  /** Settles those that show, now or after a while, and gives those that show nowhere. */
  async #lookTwice(flights: Flight<Item>[], since: Date): Promise<Flight<Item>[]> {
    const begun = performance.now();
    const first = await this.#look(flights, since);
    if (first.missing.length + first.unclear.length === 0) return [];
    await sleep(Math.max(0, begun + this.#means.settle - performance.now()), [this.#aborted.signal]);
    const { missing, unclear } = await this.#look([...first.missing, ...first.unclear], since);
    for (const flight of unclear) {
      const reason = new Error("The API's list tells neither that it is there nor that it is not.");
      flight.outcome = unknown(flight, this.#kind, reason);
    }
    return missing;
  }

  async #look(flights: Flight<Item>[], since: Date): Promise<Record<"missing" | "unclear", Flight<Item>[]>> {
    const { look } = this.#kind;
    const seen = look && (await this.#patiently(() => look(itemsOf(flights), since, this.#callOptions)));
    const rest = flights.filter(({ item }) => !seen?.found.has(item));
    await all(
      flights.map(async (flight) => {
        const arrived = seen?.found.get(flight.item);
        if (arrived) await this.#accept(flight, arrived);
      }),
    );
    const isUnclear = ({ item }: Flight<Item>) => seen?.unclear.has(item) ?? false;
    return { missing: rest.filter((flight) => !isUnclear(flight)), unclear: rest.filter(isUnclear) };
  }

  /** A batch once it has ended. A new one may show late; `undefined` where it shows not at all. */
  async #ended(batchId: string): Promise<BatchResponse["data"] | undefined> {
    const begun = performance.now();
    for (let tries = 0; ; tries++) {
      try {
        return (await this.#patiently(() => this.#kind.waitFor(batchId, this.#callOptions))).data;
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 404)) throw error;
        if (performance.now() - begun >= this.#means.settle) return undefined;
        await sleep(backoff(tries), [this.#aborted.signal]);
      }
    }
  }

  /** Reads may be tried as long as the chunk has time. */
  async #patiently<T>(read: () => Promise<T>): Promise<T> {
    let refusedTokens = 0;
    for (let tries = 0; ; tries++) {
      try {
        return await read();
      } catch (error) {
        this.#aborted.signal.throwIfAborted();
        refusedTokens = error instanceof AuthenticationError ? refusedTokens + 1 : 0;
        const verdict = error instanceof PaginationError ? "unclear" : verdictOn(error, refusedTokens);
        if (verdict === "refused" || verdict === "end") throw error;
        await sleep(backoff(tries), [this.#aborted.signal]);
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
    await this.#save(entry.state === "rejected" ? { ...entry, reason: plain(entry.reason) } : entry);
  }

  async #save(entry: JournalEntry): Promise<void> {
    if (this.#means.journal) await raceAbort(this.#means.journal.save(entry), [this.#aborted.signal]);
  }
}

/** Waits for all, also where one fails, so that none goes on by itself. */
async function all(promises: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(promises)).find(({ status }) => status === "rejected");
  if (failed) throw (failed as PromiseRejectedResult).reason;
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
