import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BUN, binary, commandLine, EVALUATE, INSTALLED, inWorkerd, NODE, type Runtime, WORKERD } from "./runtimes.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CACHE = `${ROOT}.cache/runtimes`;

const npm = (args: string[], cwd: string) =>
  execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 300_000 });

/** Installs packages into a folder of their own and returns its node_modules. */
function install(folder: string, packages: string[]): string {
  const directory = `${CACHE}/${folder}`;
  mkdirSync(directory, { recursive: true });
  writeFileSync(`${directory}/package.json`, JSON.stringify({ private: true }));
  npm(["install", "--no-audit", "--no-fund", "--no-package-lock", ...packages], directory);
  return `${directory}/node_modules`;
}

/** Packs the library as it would be published, and installs the file. Returns the folder of its consumer. */
export function installPackedLibrary(): string {
  const consumer = `${CACHE}/consumer`;
  rmSync(consumer, { recursive: true, force: true });
  mkdirSync(consumer, { recursive: true });
  npm(["run", "build"], ROOT);
  npm(["pack", "--pack-destination", consumer], ROOT);
  const file = readdirSync(consumer).find((name) => name.endsWith(".tgz"));
  install("consumer", [`./${file}`]);
  return consumer;
}

/** The runtime, or one without a version if it cannot be installed. */
function attempt(runtime: Omit<Runtime, "version" | "run">, folder: string, packages: string[], start: Start): Runtime {
  try {
    return { ...runtime, ...start(install(folder, packages)) };
  } catch {
    return { ...runtime, version: undefined, run: () => Promise.reject(new Error("It is not installed.")) };
  }
}

type Start = (modules: string) => Pick<Runtime, "version" | "run">;

const nodePath = (modules: string) => `${modules}/node/bin/node`;
const startNode: Start = (modules) => commandLine(nodePath(modules), EVALUATE.node);
const startBun: Start = (modules) => commandLine(binary("bun/bin/bun.exe", "@oven", "bin/bun", modules), EVALUATE.bun);

/** The lowest Node.js supported, each line since, the newest, and whatever else can be installed. */
export function installRuntimes(): Runtime[] {
  const nodes = ["20.19.0", "22", "24", "latest"].map((version) =>
    attempt({ ...NODE, name: `Node.js ${version}` }, `node-${version}`, [`node@${version}`], startNode),
  );
  // miniflare needs Node.js 22, and its driver one that strips types.
  const node = nodePath(`${CACHE}/node-24/node_modules`);
  const startWorkerd: Start = (modules) => {
    if (!existsSync(node)) throw new Error("There is no Node.js 24.");
    return inWorkerd(node, modules);
  };
  return [
    ...nodes,
    INSTALLED.bun,
    attempt({ ...BUN, name: "Bun latest" }, "bun", ["bun@latest"], startBun),
    INSTALLED.deno,
    attempt(WORKERD, "workerd", ["miniflare@latest"], startWorkerd),
    INSTALLED.chromium,
  ];
}
