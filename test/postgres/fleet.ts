import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { createOutbox, type OutboxOutcome, type OutboxStats, type WorkOptions } from "amili-client/postgres";
import type { FleetWorker } from "../../scripts/fleet-worker.js";
import type { PostgresServer } from "../../scripts/postgres-server.js";
import type { WriteFault } from "../reliability/faults.js";
import { invoice } from "../reliability/items.js";
import { Network } from "../reliability/network.js";
import { Random } from "../reliability/random.js";
import { CollectionServer, ORGANIZATION } from "../reliability/server/collection-server.js";
import { listen } from "../reliability/server/listen.js";
import { programOf } from "../support/programs.js";

/** What happens to a worker: it is killed and replaced, or paused until others have its rows. */
const ACCIDENTS = {
  async kill(worker: ChildProcess) {
    worker.kill("SIGKILL");
  },
  async pause(worker: ChildProcess, { lease, visibilityDelay }: FleetOptions["work"], random: Random) {
    worker.kill("SIGSTOP");
    await sleep(lease + random.in([0, 2 * visibilityDelay]));
    worker.kill("SIGCONT");
  },
};

export interface FleetOptions {
  seed: number;
  count: number;
  workers: number;
  work: Pick<WorkOptions, "chunkSize" | "concurrency"> & { lease: number; visibilityDelay: number };
  writes: readonly WriteFault[];
  writeRate: number;
  /** The shares of outcomes at which a worker has an accident. */
  accidents: readonly { at: number; what: keyof typeof ACCIDENTS }[];
  /** The shares of outcomes at which PostgreSQL restarts. */
  restarts: readonly { at: number; how: "fast" | "immediate" }[];
}

export interface FleetResult {
  outcomes: OutboxOutcome[];
  /** Invoices that the API has not accepted exactly once. */
  notOnce: number[];
  writes: number;
  faults: number;
  requests: number;
  /** ms. */
  duration: number;
  exitCodes: (number | null)[];
}

/** Submits invoices by several processes to the independent server, with faults, accidents and restarts meanwhile. */
export async function runFleet(postgres: PostgresServer, schema: string, options: FleetOptions): Promise<FleetResult> {
  const { seed, count, workers, work, writes, writeRate, accidents, restarts } = options;
  const random = new Random(seed);
  const server = new CollectionServer({ workTime: [50, 300] }, random);
  const network = new Network(server, random, { writes, writeRate });
  const { url, close } = await listen((request) => {
    network.record(request);
    return network.deliver(request);
  });
  const pool = postgres.connect();
  const outbox = createOutbox(pool, { schema });
  await Promise.all(Array.from({ length: 5 }, () => outbox.migrate()));
  const numbers = Array.from({ length: count }, (_, n) => n);
  for (let from = 0; from < count; from += 1_000) {
    await outbox.enqueue(pool, {
      organizationId: ORGANIZATION,
      invoices: numbers.slice(from, from + 1_000).map(invoice),
    });
  }

  const baseUrls = { identity: url, debtCollection: url };
  const setup: FleetWorker = {
    host: postgres.host,
    schema,
    client: { clientId: "fleet", clientSecret: "secret", baseUrls },
    work: { ...work, pollInterval: 1_000 },
  };
  const start = () =>
    spawn(process.execPath, [programOf("scripts/fleet-worker.ts"), JSON.stringify(setup)], { stdio: "ignore" });
  const running = Array.from({ length: workers }, start);
  const happening: Promise<unknown>[] = [];
  const due = [
    ...accidents.map(({ at, what }) => ({
      at,
      async happen() {
        const index = random.in([0, running.length - 1]);
        const worker = running[index];
        if (!worker) return;
        // The worker that is paused comes back to its place when the others have its rows.
        running[index] = start();
        await ACCIDENTS[what](worker, work, random);
        if (what === "pause") await end(worker);
      },
    })),
    ...restarts.map(({ at, how }) => ({ at, happen: () => postgres.restart(how) })),
  ].sort((a, b) => a.at - b.at);

  const startedAt = performance.now();
  try {
    for (;;) {
      const settled = settledOf(await outbox.stats().catch(() => undefined));
      while (due[0] && settled >= due[0].at * count) happening.push(due.shift()?.happen() ?? Promise.resolve());
      if (settled === count) break;
      await sleep(50);
    }
    const duration = performance.now() - startedAt;
    await Promise.all(happening);
    const exitCodes = await Promise.all(running.map(end));
    const outcomes: OutboxOutcome[] = [];
    for await (const outcome of outbox.outcomes()) outcomes.push(outcome);
    const notOnce = numbers.filter((n) => server.acceptedCount(invoice(n)) !== 1);
    const { faultCount: faults, requestCount: requests } = network;
    return { outcomes, notOnce, writes: network.writes.length, faults, requests, duration, exitCodes };
  } finally {
    for (const worker of running) worker.kill("SIGKILL");
    close();
  }
}

async function end(worker: ChildProcess): Promise<number | null> {
  if (worker.exitCode !== null || worker.signalCode !== null) return worker.exitCode;
  const exit = once(worker, "exit");
  worker.kill("SIGTERM");
  await exit;
  return worker.exitCode;
}

const settledOf = (stats: OutboxStats | undefined): number =>
  stats ? stats.accepted + stats.exists + stats.rejected + stats.unknown : 0;

export const countByStatus = (outcomes: readonly OutboxOutcome[]) => {
  const counts = { accepted: 0, exists: 0, rejected: 0, unknown: 0 };
  for (const { status } of outcomes) counts[status]++;
  return counts;
};
