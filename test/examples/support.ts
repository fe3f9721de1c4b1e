import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Sandbox } from "amili-client/sandbox";
import { onTestFinished } from "vitest";
import { programOf } from "../support/programs.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export const ORGANIZATION = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
export const CLIENT = 2218;

/** Starting a process takes seconds on a busy machine. */
export const SLOW = { timeout: 60_000 };

export interface Running {
  child: ChildProcess;
  /** Standard output and standard error so far. */
  output: { text: string };
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; text: string }>;
}

/** Starts Node with none of this machine's `AMILI_` variables. The process is killed when the test ends. */
export function startNode(env: NodeJS.ProcessEnv, ...args: string[]): Running {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("AMILI_"));
  const child = spawn(process.execPath, args, { cwd: ROOT, env: { ...Object.fromEntries(inherited), ...env } });
  const output = { text: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output.text += chunk;
    });
  }
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal, text: output.text }));
  return { child, output, ended };
}

/** Starts an example against a sandbox. Without one, the example starts its own. `env` overrides variables. */
export function start(
  sandbox: (Sandbox & { env?: NodeJS.ProcessEnv }) | undefined,
  example: string,
  ...args: string[]
): Running {
  const env = sandbox && {
    AMILI_BASE_URLS: JSON.stringify(sandbox.baseUrls),
    AMILI_CLIENT_ID: sandbox.credentials.clientId,
    AMILI_CLIENT_SECRET: sandbox.credentials.clientSecret,
    AMILI_ORGANIZATION_ID: ORGANIZATION,
    AMILI_CLIENT_NO: String(CLIENT),
    ...sandbox.env,
  };
  return startNode(env ?? {}, programOf(`examples/${example}.ts`), ...args);
}

export const run = (...args: Parameters<typeof start>) => start(...args).ended;

/** Creates a directory that is deleted when the test ends, and returns a function that gives paths in it. */
export async function directory(): Promise<(name: string) => string> {
  const path = await mkdtemp(join(tmpdir(), "amili-example-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return (name) => join(path, name);
}

// biome-ignore lint/suspicious/noExplicitAny: tests inspect lines of several types
export function linesOf(path: string): any[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, "utf8");
  if (text !== "" && !text.endsWith("\n")) throw new Error(`${path} ends with an incomplete line`);
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
