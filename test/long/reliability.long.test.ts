import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import { FAULTS, stopAtEachStep } from "../reliability/crash-points.js";
import { invoice } from "../reliability/items.js";
import { playRow, serversOf, type Variant } from "../reliability/matrix.js";
import { Network } from "../reliability/network.js";
import { Random } from "../reliability/random.js";
import { checkRandomSituations } from "../reliability/random-situations.js";
import { CollectionServer } from "../reliability/server/collection-server.js";
import { listen } from "../reliability/server/listen.js";
import { LIST_GROUPS, PAYMENT_GROUPS, type Row, SERVER_GROUPS, WRITE_GROUPS } from "../reliability/situations.js";
import { countByStatus, TestBed } from "../reliability/test-bed.js";
import { programOf } from "../support/programs.js";

const SEEDS = [11, 12, 13];

/** Each seed without a stop, and with stops in the same and in another order. */
const VARIANTS = SEEDS.flatMap((seed): Variant[] => [
  { seed, stops: 0, isShuffled: false },
  { seed: seed + 100, stops: 2, isShuffled: false },
  { seed: seed + 200, stops: 2, isShuffled: true },
]);

/** 3,000 invoices in requests of 25, of which 5 % are faulty. */
const atFullSize = ({ maxWrites: _, maxBatchLists: __, ...row }: Row): Row => ({
  ...row,
  count: (row.count ?? 3_000) < 3_000 ? 1_000 : 3_000,
  options: { chunkSize: 25, ...row.options },
  faults: { writeRate: 0.05, readRate: 0.05, ...row.faults },
});

for (const { title, rows } of [...WRITE_GROUPS, ...SERVER_GROUPS, ...LIST_GROUPS, ...PAYMENT_GROUPS]) {
  describe(title, { timeout: 600_000 }, () => {
    const cases = rows.flatMap((row) => serversOf(row).map((uniqueInvoices) => ({ row, uniqueInvoices })));
    it.each(cases)("$row.name, unique source ids: $uniqueInvoices", async ({ row, uniqueInvoices }) => {
      expect((await playRow(atFullSize(row), uniqueInvoices, VARIANTS)).violations).toEqual([]);
    });
  });
}

describe("a submit of 9 invoices that is stopped at any step, twice, unique source ids", { timeout: 600_000 }, () => {
  it.each(FAULTS)("holds with the fault: %s", async (fault) => {
    expect((await stopAtEachStep("invoice", true, fault)).violations).toEqual([]);
  });
});

it("says nothing false and doubles nothing in 2,000 random situations", { timeout: 3_600_000 }, () => {
  return checkRandomSituations(2_000, 20_260_303);
});

it("sends 35,000 invoices in about 350 requests, also when it is stopped and resumed in another order", {
  timeout: 600_000,
}, async () => {
  const bed = new TestBed({ count: 35_000, options: { chunkSize: 100 } }, 2);
  try {
    await bed.submit(bed.items, { stopAt: 2_000 });
    const { outcomes } = await bed.submit(bed.random.shuffled(bed.items));
    const { accepted, exists } = countByStatus(outcomes);
    expect(accepted + exists).toBe(35_000);
    expect(bed.countDoubled()).toBe(0);
    expect(bed.network.writes.length).toBeLessThanOrEqual(370);
  } finally {
    bed.close();
  }
});

describe("processes that are killed", { timeout: 600_000 }, () => {
  const COUNT = 5_000;

  it.each([1, 2, 3])("submit each of 5,000 invoices once over HTTP, with seed %i", async (seed) => {
    const random = new Random(seed);
    const server = new CollectionServer({ workTime: [50, 300] }, random);
    const writes = ["closed before the work", "closed after the work", "503 with Retry-After after the work"] as const;
    const network = new Network(server, random, { writes, writeRate: 0.05 });
    const { url, close } = await listen((request) => network.deliver(request));
    onTestFinished(close);
    const directory = await mkdtemp(join(tmpdir(), "amili-killed-"));
    onTestFinished(() => rm(directory, { recursive: true }));

    const submit = (enough?: number) => runSubmitter([String(COUNT), join(directory, "journal"), url], enough);
    expect(await submit(COUNT * 0.2)).toMatchObject({ signal: "SIGKILL" });
    expect(await submit(COUNT * 0.6)).toMatchObject({ signal: "SIGKILL" });
    const { outcomes, code } = await submit();
    expect(code).toBe(0);
    expect(outcomes).toHaveLength(COUNT);
    const counts = Array.from({ length: COUNT }, (_, n) => server.acceptedCount(invoice(n)));
    expect(counts.filter((count) => count !== 1)).toEqual([]);
    expect(outcomes.filter(({ status }) => status !== "accepted" && status !== "exists")).toEqual([]);
  });
});

/** Submits from a process of its own, which is killed after `enough` outcomes. */
async function runSubmitter(args: string[], enough = Number.POSITIVE_INFINITY) {
  const child = spawn(process.execPath, [programOf("test/reliability/submitter.ts"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
    child.once("error", reject).once("exit", (code, signal) => resolve({ code, signal }));
  });
  const outcomes: { status: string; key: string }[] = [];
  for await (const line of createInterface(child.stdout)) {
    if (outcomes.length >= enough) continue;
    outcomes.push(JSON.parse(line));
    if (outcomes.length === enough) child.kill("SIGKILL");
  }
  return { ...(await exit), outcomes };
}
