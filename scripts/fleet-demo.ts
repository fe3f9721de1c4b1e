/**
 * Starts PostgreSQL, the sandbox and four workers of one outbox, shows how they send invoices, kills one of them, and shows how
 * the others take over its rows: `npm run fleet:demo`. Needs PostgreSQL's programs on this machine.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Amili } from "amili-client";
import { createOutbox, type OutboxStats } from "amili-client/postgres";
import { startSandbox } from "amili-client/sandbox";
import type { FleetWorker } from "./fleet-worker.js";
import { startPostgres } from "./postgres-server.js";

const ORGANIZATION = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
const COUNT = 2_000;
const WORKERS = 4;
/** The share of outcomes at which a worker is killed. */
const KILLED_AT = 0.3;
const SCHEMA = "amili_outbox";
/** So that the whole takes half a minute. In production the defaults are longer. */
const WORK = { chunkSize: 20, concurrency: 2, lease: 4_000, visibilityDelay: 3_000 };
const INTERVAL = process.stdout.isTTY ? 250 : 1_000;

const COLUMNS = [
  "queued",
  "inFlight",
  "accepted",
  "exists",
  "rejected",
  "unknown",
] as const satisfies (keyof OutboxStats)[];
const cell = (value: string | number) => String(value).padStart(10);
const TITLES = [...COLUMNS, "per second", "workers"].map(cell).join("");

/** Prints a line; on a terminal it replaces the one before, until `text` has ended with a line feed. */
const print = (text: string) => process.stdout.write(process.stdout.isTTY ? `\r\x1b[K${text}` : `${text.trimEnd()}\n`);

const postgres = await startPostgres();
const sandbox = await startSandbox({
  size: 0,
  latency: 40,
  batchTime: 400,
  uniqueInvoices: false,
  faults: [
    { operation: "createInvoices", probability: 0.05, fault: { kind: "close-after" } },
    { operation: "createInvoices", probability: 0.05, fault: { kind: "status", status: 503 } },
  ],
});
const client = { ...sandbox.credentials, baseUrls: sandbox.baseUrls };
const pool = postgres.connect();
const outbox = createOutbox(pool, { schema: SCHEMA });
const workers: ChildProcess[] = [];

function startWorker(): ChildProcess {
  const setup: FleetWorker = { host: postgres.host, schema: SCHEMA, client, work: WORK };
  const program = fileURLToPath(new URL("./fleet-worker.ts", import.meta.url));
  return spawn(process.execPath, ["--import", "tsx", program, JSON.stringify(setup)], { stdio: "ignore" });
}

try {
  await outbox.migrate();
  const invoices = Array.from({ length: COUNT }, (_, n) => ({
    type: "NOTICE",
    invoiceNumber: `INV-2026-${n}`,
    originalInvoiceAmount: 100 + n,
    currency: "NOK",
    uniqueSourceInvoiceId: `erp-${n}`,
  }));
  await outbox.enqueue(pool, { organizationId: ORGANIZATION, invoices });
  print(`${COUNT} invoices are enqueued. ${WORKERS} workers send them; 10 % of the requests fail.\n`);
  print(`${TITLES}\n`);
  workers.push(...Array.from({ length: WORKERS }, startWorker));

  let settled = 0;
  let isKilled = false;
  for (let time = performance.now(); settled < COUNT; ) {
    await sleep(INTERVAL);
    const stats = await outbox.stats();
    const before = settled;
    settled = COUNT - stats.queued - stats.inFlight;
    const perSecond = Math.round(((settled - before) * 1_000) / (performance.now() - time));
    time = performance.now();
    const alive = workers.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null).length;
    print([...COLUMNS.map((name) => stats[name]), perSecond, alive].map(cell).join(""));
    if (isKilled || settled < KILLED_AT * COUNT) continue;
    isKilled = true;
    const [first] = workers;
    first?.kill("SIGKILL");
    print(`Worker 1 is killed. Its rows are free in ${WORK.lease} ms; what it had sent is reconciled first.\n`);
  }

  sandbox.faults.clear();
  const listed = await new Amili(client).debtCollection.organization(ORGANIZATION).invoices.list({}).toArray();
  const ids = new Set(listed.map(({ uniqueSourceInvoiceId }) => uniqueSourceInvoiceId));
  const { unknown } = await outbox.stats();
  print(`\nThe API has ${listed.length} invoices of ${ids.size} ids; ${unknown} outcomes are unknown.\n`);
  if (listed.length !== COUNT || ids.size !== COUNT || unknown > 0) process.exitCode = 1;
} finally {
  for (const worker of workers) {
    if (worker.exitCode !== null || worker.signalCode !== null) continue;
    worker.kill();
    await once(worker, "exit");
  }
  await sandbox.close();
  await postgres.stop();
}
