import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Outcome } from "amili-client";
import { type FaultRule, type Sandbox, startSandbox } from "amili-client/sandbox";
import { describe, expect, it } from "vitest";
import { invoices, organizationIn } from "./submitted.js";

type Told = Pick<Outcome<{ invoiceNumber: string }>, "status" | "item">;

const KINDS: FaultRule["fault"][] = [
  { kind: "status", status: 500 },
  { kind: "status", status: 502 },
  { kind: "status", status: 503, retryAfter: 0 },
  { kind: "status", status: 429, retryAfter: 0 },
  { kind: "delay", ms: 20 },
  { kind: "close-before" },
  { kind: "close-during", ms: 30 },
  { kind: "close-after" },
  { kind: "cut-off" },
  { kind: "truncated-json" },
  { kind: "invalid-json" },
  { kind: "empty-body" },
  { kind: "content-type" },
  { kind: "token-refused" },
  { kind: "token-ended" },
  { kind: "duplicate-page-token" },
  { kind: "stuck-batch", ms: 200 },
];

/** One call in ten fails, in any of the ways. */
const faults: FaultRule[] = KINDS.map((fault) => ({ operation: "*", probability: 0.1 / KINDS.length, fault }));

/** How often each invoice is there, asked when nothing fails any more. */
async function taken(sandbox: Sandbox): Promise<Map<string, number>> {
  sandbox.faults.clear();
  const counts = new Map<string, number>();
  for await (const { invoiceNumber = "" } of organizationIn(sandbox).invoices.list({}, { prefetch: 0 })) {
    if (invoiceNumber.startsWith("SUB-")) counts.set(invoiceNumber, (counts.get(invoiceNumber) ?? 0) + 1);
  }
  return counts;
}

async function expectEachOnce(sandbox: Sandbox, count: number, outcomes: Told[]): Promise<void> {
  const found = await taken(sandbox);
  expect(outcomes).toHaveLength(count);
  expect([...found].filter(([, times]) => times !== 1)).toEqual([]);
  const accepted = outcomes.filter(({ status }) => status === "accepted").map(({ item }) => item.invoiceNumber);
  expect(accepted.toSorted()).toEqual([...found.keys()].toSorted());
  expect(outcomes.filter(({ status }) => status === "unknown")).toEqual([]);
}

const start = (seed: number) => startSandbox({ seed, faults, size: 0, batchTime: 30, uniqueInvoices: false });

describe.concurrent("invoices.submit over real HTTP, where one call in ten fails in any way", () => {
  it.each([1, 2, 3])("takes each of 10 000 invoices once, with seed %i", { timeout: 240_000 }, async (seed) => {
    const sandbox = await start(seed);
    const outcomes = [];
    for await (const outcome of organizationIn(sandbox).invoices.submit(invoices(10_000), { visibilityDelay: 150 }))
      outcomes.push(outcome);
    await expectEachOnce(sandbox, 10_000, outcomes);
    await sandbox.close();
  });

  it("goes on in another process where one was killed in the middle, and so again", {
    timeout: 240_000,
  }, async ({ onTestFinished }) => {
    const sandbox = await start(4);
    const directory = await mkdtemp(join(tmpdir(), "amili-killed-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    const submitted = (enough?: number) => submitter(sandbox, 10_000, join(directory, "journal"), enough);

    expect(await submitted(2_000)).toMatchObject({ signal: "SIGKILL" });
    expect(await submitted(6_000)).toMatchObject({ signal: "SIGKILL" });
    const { outcomes, code } = await submitted();
    expect(code).toBe(0);
    await expectEachOnce(sandbox, 10_000, outcomes);
    await sandbox.close();
  });
});

/** Submits from a process of its own, which is killed once it told enough outcomes. */
async function submitter(sandbox: Sandbox, count: number, journal: string, enough = Number.POSITIVE_INFINITY) {
  const { baseUrls, credentials } = sandbox;
  const script = ["--import", "tsx", join(import.meta.dirname, "submitter.ts")];
  const given = [String(count), journal, JSON.stringify({ baseUrls, credentials })];
  const child = spawn(process.execPath, [...script, ...given], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
    child.once("error", reject).once("exit", (code, signal) => resolve({ code, signal }));
  });
  const outcomes: Told[] = [];
  for await (const line of createInterface(child.stdout)) {
    if (outcomes.length >= enough) continue;
    outcomes.push(JSON.parse(line));
    if (outcomes.length === enough) child.kill("SIGKILL");
  }
  return { ...(await ended), outcomes };
}
