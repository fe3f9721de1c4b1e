import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { AmiliOptions } from "amili-client";
import { chromium } from "playwright-core";
import type { Result, Step } from "./scenario.js";

const MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));

export interface Task {
  step: Step;
  options: AmiliOptions;
  /** The page that runs it in a browser. */
  page: string;
}

/** Runs a step of a program. The signal ends it from outside. */
export type Run = (program: string, task: Task, signal?: AbortSignal) => Promise<Result>;

/** What is known of a kind of runtime. */
export interface Traits {
  name: string;
  /** Whether its `fetch` sends a POST again by itself. */
  resends: boolean;
  /** Whether the client can prevent that; it refuses the request otherwise. */
  prevented: boolean;
  /** Whether its errors show that no connection was made. */
  tellsConnectFailure: boolean;
  isBrowser: boolean;
}

export interface Runtime extends Traits {
  /** Undefined where it is not installed. */
  version: string | undefined;
  run: Run;
  close?(): void;
}

const SERVER = { resends: false, prevented: true, tellsConnectFailure: true, isBrowser: false };

export const NODE: Traits = { ...SERVER, name: "Node.js" };
export const DENO: Traits = { ...SERVER, name: "Deno", resends: true };
/** 1.3.13 is the last version that resends. */
export const BUN: Traits = { ...SERVER, name: "Bun", resends: true };
export const WORKERD: Traits = { ...SERVER, name: "workerd", tellsConnectFailure: false };
const CHROMIUM: Traits = {
  name: "Chromium",
  resends: true,
  prevented: false,
  tellsConnectFailure: false,
  isBrowser: true,
};

/** A runtime that evaluates a module given as an argument. */
export function commandLine(path: string | undefined, args: string[]): Pick<Runtime, "version" | "run"> {
  return {
    version: path && versionOf(path),
    async run(program, { step, options }, signal) {
      const module = JSON.stringify(pathToFileURL(program).href);
      const given = JSON.stringify([step, options]);
      // Connections that stay open would keep some processes running.
      const code = `import { run } from ${module}; console.log(JSON.stringify(await run(...${given}))); process.exit();`;
      const { stdout } = await promisify(execFile)(path ?? "", [...args, code], {
        timeout: 30_000,
        ...(signal && { signal }),
      });
      return JSON.parse(stdout);
    },
  };
}

export const EVALUATE = { node: ["--input-type=module", "--eval"], deno: ["eval"], bun: ["--eval"] };

export function versionOf(path: string): string | undefined {
  const { status, stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
  return status === 0 ? /\d+(\.\d+)+/.exec(stdout)?.[0] : undefined;
}

/** The binary that an npm package brings: in its own folder once its install script ran, else in one for the system. */
export function binary(own: string, scope: string, file: string, modules = MODULES): string | undefined {
  const forSystems = existsSync(`${modules}/${scope}`) ? readdirSync(`${modules}/${scope}`) : [];
  return [`${modules}/${own}`, ...forSystems.map((name) => `${modules}/${scope}/${name}/${file}`)].find(versionOf);
}

/** workerd in miniflare, which needs a Node.js of its own: one process for each program, until `close`. */
export function inWorkerd(node: string, modules: string): Pick<Runtime, "version" | "run" | "close"> {
  const driver = fileURLToPath(new URL("workerd.ts", import.meta.url));
  const { version } = JSON.parse(readFileSync(`${modules}/workerd/package.json`, "utf8"));
  const workers = new Map<string, { url: Promise<string>; stop(): void }>();

  function start(program: string) {
    const child = spawn(node, [driver, `${modules}/miniflare/dist/src/index.js`, program], {
      stdio: ["pipe", "pipe", "ignore"],
      timeout: 300_000,
    });
    const ended = once(child, "exit").then(() => Promise.reject(new Error("miniflare did not start.")));
    const line = once(createInterface(child.stdout), "line").then(([url]) => String(url));
    const worker = { url: Promise.race([line, ended]), stop: () => child.stdin.end() };
    workers.set(program, worker);
    return worker;
  }

  return {
    version,
    async run(program, task, signal) {
      const { url } = workers.get(program) ?? start(program);
      const response = await fetch(await url, {
        method: "POST",
        body: JSON.stringify(task),
        signal: AbortSignal.any([AbortSignal.timeout(30_000), ...(signal ? [signal] : [])]),
      });
      const text = await response.text();
      return response.ok ? JSON.parse(text) : { error: { name: "WorkerError", message: text } };
    },
    close() {
      for (const worker of workers.values()) worker.stop();
    },
  };
}

const CHROMIUM_PATH = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

const runInChromium: Run = async (program, { step, options, page: url }) => {
  const browser = await chromium.launch({ executablePath: CHROMIUM_PATH, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    // As text: a function would be rewritten by a transpiler before it gets there.
    const module = JSON.stringify(`data:text/javascript,${encodeURIComponent(readFileSync(program, "utf8"))}`);
    return await page.evaluate(`import(${module}).then(({ run }) => run(...${JSON.stringify([step, options])}))`);
  } finally {
    await browser.close();
  }
};

/** Those that `npm ci` and the system bring. */
export const INSTALLED: Record<"node" | "deno" | "bun" | "chromium", Runtime> = {
  node: { ...NODE, ...commandLine(process.execPath, EVALUATE.node) },
  deno: { ...DENO, ...commandLine(process.env.DENO_PATH ?? binary("deno/deno", "@deno", "deno"), EVALUATE.deno) },
  bun: { ...BUN, ...commandLine(process.env.BUN_PATH ?? binary("bun/bin/bun.exe", "@oven", "bin/bun"), EVALUATE.bun) },
  chromium: { ...CHROMIUM, version: versionOf(CHROMIUM_PATH), run: runInChromium },
};
