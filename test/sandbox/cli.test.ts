import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Amili } from "amili-client";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { programOf } from "../support/programs.js";
import { CLIENT, ORGANIZATION } from "./support.js";

interface Run {
  process: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** The exit code. */
  ended: Promise<number | null>;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [programOf("src/sandbox/cli.ts"), ...args]);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "close").then(([code]) => code as number | null);
  return { process: child, stdout: () => stdout, stderr: () => stderr, ended };
}

const folder = mkdtempSync(join(tmpdir(), "amili-sandbox-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("amili-sandbox", { timeout: 30_000 }, () => {
  it("prints its URLs, injects faults, logs requests, and stops on SIGTERM", async () => {
    const sandbox = run(
      "--seed",
      "7",
      "--size",
      "6",
      "--log",
      "--faults",
      "listCustomers:status=503;retry-after=0:n=1",
    );
    await expect.poll(sandbox.stdout, { timeout: 20_000 }).toMatch(/state {2,}http/);
    const printed = Object.fromEntries(
      [...sandbox.stdout().matchAll(/^ {2}(\w+) +(\S+)$/gm)].map(([, name, value]) => [name, value as string]),
    );
    const { identity, debtCollection, accountsReceivable, clientId, clientSecret } = printed as Record<string, string>;
    const baseUrls = { identity, debtCollection, accountsReceivable } as Record<string, string>;
    const amili = new Amili({ baseUrls, clientId: clientId ?? "", clientSecret: clientSecret ?? "" });
    expect(await amili.accountsReceivable.client(1).customers.list().toArray()).toHaveLength(6);
    const state = (await (await fetch(printed.state ?? "")).json()) as { seed: number; requestCount: number };
    expect(state).toMatchObject({ seed: 7, requestCount: 3 });

    sandbox.process.kill("SIGTERM");
    expect(await sandbox.ended).toBe(0);
    expect(sandbox.stderr()).toBe("");
    const log = sandbox
      .stdout()
      .split("\n")
      .filter((line) => line.includes("/customers"));
    expect(log.map((line) => line.replace(/^\S+ {2}|\d+ ms/g, ""))).toEqual([
      "GET  /arm/v1/clients/{clientno}/customers  503    fault: status",
      "GET  /arm/v1/clients/{clientno}/customers  200  ",
    ]);
  });

  it("prints a line that sets the environment of the examples", async () => {
    const sandbox = run("--size", "3");
    await expect.poll(sandbox.stdout, { timeout: 20_000 }).toMatch(/AMILI_CLIENT_NO=.*\n$/);
    const line = sandbox.stdout().trimEnd().split("\n").at(-1);
    const output = execFileSync("sh", ["-c", `${line}\n"${process.execPath}" -p "JSON.stringify(process.env)"`]);
    const { AMILI_BASE_URLS, AMILI_CLIENT_ID, AMILI_CLIENT_SECRET, ...env } = JSON.parse(String(output));
    expect(env).toMatchObject({ AMILI_ORGANIZATION_ID: ORGANIZATION, AMILI_CLIENT_NO: String(CLIENT) });
    const amili = new Amili({
      baseUrls: JSON.parse(AMILI_BASE_URLS),
      clientId: AMILI_CLIENT_ID,
      clientSecret: AMILI_CLIENT_SECRET,
    });
    expect(await amili.accountsReceivable.client(1).customers.list().toArray()).toHaveLength(3);
    sandbox.process.kill("SIGTERM");
    expect(await sandbox.ended).toBe(0);
  });

  it("reads faults from a file", async () => {
    const rules = file(
      "faults.json",
      JSON.stringify([{ operation: "createToken", fault: { kind: "status", status: 418 } }]),
    );
    const sandbox = run("--faults", rules);
    await expect.poll(sandbox.stdout, { timeout: 20_000 }).toMatch(/identity +http/);
    const [, identity] = /identity +(\S+)/.exec(sandbox.stdout()) ?? [];
    expect((await fetch(`${identity}/token`, { method: "POST" })).status).toBe(418);
    sandbox.process.kill("SIGINT");
    expect(await sandbox.ended).toBe(0);
  });

  it("prints its options", async () => {
    const help = run("--help");
    expect(await help.ended).toBe(0);
    for (const option of ["port", "seed", "size", "latency", "faults", "webhook", "log"]) {
      expect(help.stdout()).toContain(`--${option}`);
    }
  });

  it.each<[string, string[], RegExp]>([
    ["an unknown option", ["--sead", "1"], /unknown option '--sead'/],
    ["a port that is too large", ["--port", "70000"], /--port must be at most 65535/],
    ["an unknown fault", ["--faults", "*:explode"], /must be one of status, delay/],
  ])("refuses %s", async (_, args, message) => {
    const refused = run(...args);
    expect(await refused.ended).toBe(1);
    expect(refused.stderr()).toMatch(/^amili-sandbox: /);
    expect(refused.stderr()).toMatch(message);
    expect(refused.stderr()).not.toMatch(/^ +at /m);
    expect(refused.stdout()).toBe("");
  });
});
