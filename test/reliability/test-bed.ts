import type { AmiliOptions, Journal, SubmitOptions } from "amili-client";
import { vi } from "vitest";
import { ClientProcess } from "./client-process.js";
import { passTimeUntil, useVirtualClock } from "./clock.js";
import { correction, invoice, payment } from "./items.js";
import { JournalDisk } from "./journal.js";
import { Network, type NetworkFaults } from "./network.js";
import { Random } from "./random.js";
import { CollectionServer, type ServerOptions } from "./server/collection-server.js";

export type Kind = "invoice" | "payment" | "correction";
export type Status = "accepted" | "exists" | "rejected" | "unknown";
export type Item = Record<string, unknown>;
export type Options = Partial<SubmitOptions>;

/** What a submit meets. */
export interface Situation {
  /** Default "invoice". */
  kind?: Kind;
  count?: number;
  /** Default: a plain invoice, payment or correction. */
  item?: (n: number) => Item;
  /** What the server has before, in one batch. */
  earlier?: (n: number) => Item | undefined;
  /** How old that batch is, in ms. Default: an hour. */
  earlierAge?: number;
  /** Ended batches, of one invoice each, that the server has before. */
  earlierBatches?: number;
  server?: Partial<ServerOptions>;
  faults?: NetworkFaults;
  options?: Options;
}

export interface TestOutcome {
  status: Status;
  item: Item;
  key: string;
  sent?: boolean;
  reason?: unknown;
  lookUp?: string;
}

export interface RunOptions extends Options {
  /** The step at which the process is stopped. */
  stopAt?: number;
  /** Options of the client. */
  client?: (process: ClientProcess) => AmiliOptions;
  wrapJournal?: (journal: Journal) => Journal;
  withoutJournal?: boolean;
  /** The organization's id. */
  organization?: string;
}

export interface SubmitEnd {
  outcomes: TestOutcome[];
  /** What the submit threw. */
  error: unknown;
  process: ClientProcess;
}

const CHUNK_SIZE = 15;
const COUNT = 300;
const [MINUTE, HOUR] = [60_000, 3_600_000];
const ITEMS = { invoice, payment, correction } satisfies Record<Kind, (n: number) => Item>;

/** A server, the way to it, a journal, and the clock they share. */
export class TestBed {
  readonly random: Random;
  readonly server: CollectionServer;
  readonly network: Network;
  readonly disk = new JournalDisk();
  readonly items: readonly Item[];
  readonly kind: Kind;
  /** How often the server has an item before the submit. */
  readonly earlierCounts: ReadonlyMap<Item, number>;
  readonly #options: Options;

  constructor(situation: Situation, seed: number) {
    const { kind = "invoice", count = COUNT, item = ITEMS[kind], earlier, earlierAge = HOUR } = situation;
    this.random = new Random(seed);
    useVirtualClock(this.random);
    this.kind = kind;
    this.#options = situation.options ?? {};
    this.server = new CollectionServer(situation.server ?? {}, this.random);
    this.network = new Network(this.server, this.random, situation.faults);
    this.items = Array.from({ length: count }, (_, n) => item(n));
    for (let n = situation.earlierBatches ?? 0; n > 0; n--) {
      this.server.addEndedBatch("invoices", [invoice(-n)], HOUR + n * MINUTE);
    }
    const known = earlier ? this.items.map((_, n) => earlier(n)).filter((item) => item !== undefined) : [];
    if (known.length > 0) this.server.addEndedBatch("invoices", known, earlierAge);
    this.earlierCounts = new Map(this.items.map((item) => [item, this.server.acceptedCount(item)]));
  }

  /** Submits in a process of its own until the submit ends or the process is stopped at a step. */
  async submit(items: readonly Item[], runOptions: RunOptions = {}): Promise<SubmitEnd> {
    const { stopAt, client, wrapJournal, withoutJournal, organization, ...options } = runOptions;
    const process = new ClientProcess(this.network, this.disk, this.random, stopAt);
    const journal = wrapJournal?.(process.journal) ?? process.journal;
    const outcomes: TestOutcome[] = [];
    let error: unknown;
    let hasEnded = false;
    const run = async () => {
      // The resources differ in their items only.
      const resource = process.organization(client?.(process), organization)[`${this.kind}s`] as Submitter;
      const given = { chunkSize: CHUNK_SIZE, ...(!withoutJournal && { journal }), ...this.#options, ...options };
      for await (const outcome of resource.submit(items, given)) outcomes.push(outcome);
    };
    run()
      .catch((reason: unknown) => {
        error = reason ?? new Error("The submit rejected with undefined.");
      })
      .finally(() => {
        hasEnded = true;
      });
    await passTimeUntil(() => hasEnded || process.isStopped);
    if (process.isStopped) this.#endProcess();
    return { outcomes, error, process };
  }

  /** Whatever the server still has to process is processed. */
  letServerFinish(): void {
    vi.advanceTimersByTime(HOUR);
  }

  /** How often items were accepted again, other than by a request that was delivered twice. */
  countDoubled(): number {
    const doubled = this.items.reduce((sum, item) => sum + Math.max(0, this.server.acceptedCount(item) - 1), 0);
    return doubled - this.server.duplicatesFromNetwork;
  }

  /** How often each item was sent. */
  countSends(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { body } of this.network.writes) {
      for (const item of Object.values(JSON.parse(body) as Record<string, Item[]>).flat()) {
        const text = JSON.stringify(item);
        counts.set(text, (counts.get(text) ?? 0) + 1);
      }
    }
    return counts;
  }

  close(): void {
    vi.clearAllTimers();
    vi.useRealTimers();
    vi.restoreAllMocks();
  }

  #endProcess(): void {
    const now = Date.now();
    vi.clearAllTimers();
    // Without timers the clock is back at its start.
    vi.setSystemTime(now);
    this.disk.recover(this.random, this.random.chance(0.5));
    vi.advanceTimersByTime(this.random.in([0, 3]) * 5_000);
  }
}

interface Submitter {
  submit(items: readonly Item[], options: object): AsyncIterable<TestOutcome>;
}

/** Whether the server's state contradicts an outcome. */
const CONTRADICTS: Record<Status, (acceptedCount: number, earlierCount: number, outcome: TestOutcome) => boolean> = {
  accepted: (count) => count === 0,
  exists: (count) => count === 0,
  rejected: (count) => count > 0,
  unknown: (count, earlierCount, { sent }) => count > earlierCount && !sent,
};

/** Outcomes that are not true. */
export function findFalse(outcomes: readonly TestOutcome[], { server, earlierCounts }: TestBed): string[] {
  return outcomes.flatMap((outcome) => {
    const { item, status, key } = outcome;
    const count = server.acceptedCount(item);
    if (!CONTRADICTS[status](count, earlierCounts.get(item) ?? 0, outcome)) return [];
    return [`${key} is ${status}, but the server has it${count > 0 ? "" : " not"}`];
  });
}

/** Items without exactly one outcome. */
export function findWithoutOneOutcome(items: readonly Item[], outcomes: readonly TestOutcome[]): string[] {
  const counts = new Map(items.map((item) => [item, 0]));
  for (const { item } of outcomes) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].flatMap(([item, count]) => (count === 1 ? [] : [`${JSON.stringify(item)} has ${count} outcomes`]));
}

export function countByStatus(outcomes: readonly TestOutcome[]): Record<Status, number> {
  const counts: Record<Status, number> = { accepted: 0, exists: 0, rejected: 0, unknown: 0 };
  for (const { status } of outcomes) counts[status]++;
  return counts;
}
