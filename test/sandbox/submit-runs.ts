import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Outcome } from "amili-client";
import { type FaultRule, type Sandbox, startSandbox } from "amili-client/sandbox";
import { expect, onTestFinished } from "vitest";
import { programOf } from "../support/programs.js";
import { invoices, organizationIn, submitOptions } from "./submit-data.js";

type Submitted = Pick<Outcome<{ invoiceNumber: string }>, "status" | "item">;

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

/** One call in ten gets a fault of any kind. */
const faults: FaultRule[] = KINDS.map((fault) => ({ operation: "*", probability: 0.1 / KINDS.length, fault }));

async function startFaulty(seed: number): Promise<Sandbox> {
  const sandbox = await startSandbox({ seed, faults, size: 0, batchTime: 30, uniqueInvoices: false });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Checks that each invoice is in the sandbox once, and that its outcome says so. */
async function expectEachOnce(sandbox: Sandbox, count: number, outcomes: Submitted[]): Promise<void> {
  sandbox.faults.clear();
  const found = await organizationIn(sandbox).invoices.list({}, { prefetch: 0 }).toArray();
  const numbers = found.map(({ invoiceNumber = "" }) => invoiceNumber);
  expect(outcomes).toHaveLength(count);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(outcomes.filter(({ status }) => status === "unknown")).toEqual([]);
  const arrived = outcomes.filter(({ status }) => status === "accepted" || status === "exists");
  expect(arrived.map(({ item }) => item.invoiceNumber).toSorted()).toEqual(numbers.toSorted());
}

/** Submits invoices with faults. */
export async function submitWithFaults(seed: number, count: number): Promise<void> {
  const sandbox = await startFaulty(seed);
  const outcomes: Submitted[] = [];
  const { invoices: resource } = organizationIn(sandbox);
  for await (const outcome of resource.submit(invoices(count), submitOptions)) outcomes.push(outcome);
  await expectEachOnce(sandbox, count, outcomes);
}

/** Submits invoices with faults from three processes, one after the other, of which the first two are killed. */
export async function submitAndKill(seed: number, count: number): Promise<void> {
  const sandbox = await startFaulty(seed);
  const directory = await mkdtemp(join(tmpdir(), "amili-killed-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const submit = (enough?: number) => runSubmitter(sandbox, count, join(directory, "journal"), enough);

  expect(await submit(count * 0.2)).toMatchObject({ signal: "SIGKILL" });
  expect(await submit(count * 0.6)).toMatchObject({ signal: "SIGKILL" });
  const { outcomes, code } = await submit();
  expect(code).toBe(0);
  await expectEachOnce(sandbox, count, outcomes);
}

/** Submits from a process of its own, which is killed after `enough` outcomes. */
async function runSubmitter(sandbox: Sandbox, count: number, journal: string, enough = Number.POSITIVE_INFINITY) {
  const { baseUrls, credentials } = sandbox;
  const args = [String(count), journal, JSON.stringify({ baseUrls, credentials })];
  const child = spawn(process.execPath, [programOf("test/sandbox/submitter.ts"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
    child.once("error", reject).once("exit", (code, signal) => resolve({ code, signal }));
  });
  const outcomes: Submitted[] = [];
  for await (const line of createInterface(child.stdout)) {
    if (outcomes.length >= enough) continue;
    outcomes.push(JSON.parse(line));
    if (outcomes.length === enough) child.kill("SIGKILL");
  }
  return { ...(await exit), outcomes };
}
