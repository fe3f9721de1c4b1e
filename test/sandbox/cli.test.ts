import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Amili } from "amili-client";
import { startSandbox } from "amili-client/sandbox";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { readArguments } from "../../src/sandbox/arguments.js";
import { CLIENT, ORGANIZATION } from "./support.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

interface Run {
  process: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** The exit code. */
  ended: Promise<number | null>;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, ["--import", "tsx", "src/sandbox/cli.ts", ...args], { cwd: ROOT });
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
  it("prints where it is, answers, fails as told, logs, and ends on SIGTERM", async () => {
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

  it("prints a line that sets the environment, for the examples too", async () => {
    const sandbox = run("--size", "3");
    await expect.poll(sandbox.stdout, { timeout: 20_000 }).toMatch(/AMILI_CLIENT_NO=.*\n$/);
    const line = sandbox.stdout().trimEnd().split("\n").at(-1);
    const shown = execFileSync("sh", ["-c", `${line}\n"${process.execPath}" -p "JSON.stringify(process.env)"`]);
    const { AMILI_BASE_URLS, AMILI_CLIENT_ID, AMILI_CLIENT_SECRET, ...env } = JSON.parse(String(shown));
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

  it("tells its options", async () => {
    const help = run("--help");
    expect(await help.ended).toBe(0);
    for (const option of ["port", "seed", "size", "latency", "faults", "webhook", "log"]) {
      expect(help.stdout()).toContain(`--${option}`);
    }
  });

  it.each<[string, string[], RegExp]>([
    ["an unknown option", ["--sead", "1"], /Unknown option '--sead'/],
    ["a port that is none", ["--port", "70000"], /--port must be at most 65535/],
    ["a fault that is none", ["--faults", "*:explode"], /must be one of status, delay/],
  ])("refuses %s", async (_, args, message) => {
    const refused = run(...args);
    expect(await refused.ended).toBe(1);
    expect(refused.stderr()).toMatch(/^amili-sandbox: /);
    expect(refused.stderr()).toMatch(message);
    expect(refused.stderr().trim().split("\n")).toHaveLength(1);
    expect(refused.stdout()).toBe("");
  });
});

describe("the arguments", () => {
  it("become options", () => {
    const { options, log } = readArguments([
      "--port=4010",
      "--size",
      "9",
      "--batch-time",
      "0",
      "--faults",
      "*:cut-off",
      "--log",
    ]);
    expect(options).toEqual({ port: 4010, size: 9, batchTime: 0, faults: "*:cut-off" });
    expect(log).toBe(true);
    expect(readArguments([]).options).toEqual({});
  });

  it.each<[string, string[], RegExp]>([
    ["a word too many", ["start"], /Unexpected argument 'start'/],
    ["a number that is none", ["--port", "http"], /--port must be a whole number/],
    ["a number that is missing", ["--port"], /Option '--port <value>' argument missing/],
    ["a file that is missing", ["--faults", "missing.json"], /there is no file missing.json/],
    ["a file that is not JSON", ["--faults", file("broken.json", "{")], /broken.json is not JSON/],
  ])("are refused for %s", (_, args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });

  it.each<[string, string[], RegExp]>([
    ["a file of faults that are none", ["--faults", file("wrong.json", "[{}]")], /faults\[0\].fault must be a fault/],
    ["a webhook elsewhere", ["--webhook", "http://example.com"], /webhook must be an https: address/],
  ])("lead to nothing with %s", async (_, args, message) => {
    await expect(startSandbox(readArguments(args).options)).rejects.toThrow(message);
  });
});
