import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Sandbox } from "amili-client/sandbox";
import { onTestFinished } from "vitest";
import { CLIENT, ORGANIZATION } from "../sandbox/support.js";
import { programOf } from "../support/programs.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Starting a process takes seconds where others work too. */
export const PATIENT = { timeout: 60_000 };

export interface Running {
  child: ChildProcess;
  /** What it has written so far. */
  out: { text: string };
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; text: string }>;
}

/** An example as a process, working in a sandbox; without one it starts its own. `env` has what is to differ. */
export function start(
  sandbox: (Sandbox & { env?: NodeJS.ProcessEnv }) | undefined,
  example: string,
  ...args: string[]
): Running {
  const { AMILI_CLIENT_ID, AMILI_CLIENT_SECRET, AMILI_BASE_URLS, AMILI_ENVIRONMENT, ...inherited } = process.env;
  const child = spawn(process.execPath, [programOf(`examples/${example}.ts`), ...args], {
    cwd: ROOT,
    env: {
      ...inherited,
      ...(sandbox && {
        AMILI_BASE_URLS: JSON.stringify(sandbox.baseUrls),
        AMILI_CLIENT_ID: sandbox.credentials.clientId,
        AMILI_CLIENT_SECRET: sandbox.credentials.clientSecret,
        AMILI_ORGANIZATION_ID: ORGANIZATION,
        AMILI_CLIENT_NO: String(CLIENT),
        ...sandbox.env,
      }),
    },
  });
  const out = { text: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      out.text += chunk;
    });
  }
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal, text: out.text }));
  return { child, out, ended };
}

export const run = (...args: Parameters<typeof start>) => start(...args).ended;

/** A directory until the test ends: gives paths in it. */
export async function directory(): Promise<(name: string) => string> {
  const path = await mkdtemp(join(tmpdir(), "amili-example-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return (name) => join(path, name);
}

// biome-ignore lint/suspicious/noExplicitAny: lines of all kinds, looked into by tests
export function linesOf(path: string): any[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, "utf8");
  if (text !== "" && !text.endsWith("\n")) throw new Error(`${path} ends within a line`);
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
