import { execFile, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import type { Result, Step } from "./scenario.js";

const MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** Runs the scenario in the bundle. */
export type Run = (bundle: string, step: Step, url: string, options: object) => Promise<Result>;

export interface Runtime {
  name: string;
  /** Undefined where it is not installed. */
  version: string | undefined;
  /** Whether its `fetch` sends a POST again by itself. */
  resends: boolean;
  /** Whether the client can prevent that; it refuses the request otherwise. */
  prevented: boolean;
  run: Run;
}

/** A runtime that evaluates a module given as an argument. */
function commandLine(path: string | undefined, args: string[]): Pick<Runtime, "version" | "run"> {
  return {
    version: path && versionOf(path),
    async run(bundle, ...given) {
      const module = JSON.stringify(pathToFileURL(bundle).href);
      const code = `import { run } from ${module}; console.log(JSON.stringify(await run(...${JSON.stringify(given)})));`;
      const { stdout } = await promisify(execFile)(path ?? "", [...args, code], { timeout: 20_000 });
      return JSON.parse(stdout);
    },
  };
}

function versionOf(path: string): string | undefined {
  const { status, stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
  return status === 0 ? /\d+(\.\d+)+/.exec(stdout)?.[0] : undefined;
}

/** The binary that an npm package brings: in its own folder once its install script ran, else in one for the system. */
function binary(variable: string, own: string, scope: string, file: string): string | undefined {
  const forSystems = existsSync(`${MODULES}/${scope}`) ? readdirSync(`${MODULES}/${scope}`) : [];
  const paths = [`${MODULES}/${own}`, ...forSystems.map((name) => `${MODULES}/${scope}/${name}/${file}`)];
  return process.env[variable] || paths.find(versionOf);
}

const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

const inChromium: Run = async (bundle, ...given) => {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage();
    await page.goto(given[1]);
    // As text: a function would be rewritten by vitest before it gets there.
    const module = JSON.stringify(`data:text/javascript,${encodeURIComponent(readFileSync(bundle, "utf8"))}`);
    return await page.evaluate(`import(${module}).then(({ run }) => run(...${JSON.stringify(given)}))`);
  } finally {
    await browser.close();
  }
};

export const RUNTIMES: Runtime[] = [
  {
    name: "Node.js",
    resends: false,
    prevented: true,
    ...commandLine(process.execPath, ["--input-type=module", "--eval"]),
  },
  {
    name: "Deno",
    resends: true,
    prevented: true,
    ...commandLine(binary("DENO_PATH", "deno/deno", "@deno", "deno"), ["eval"]),
  },
  // The devDependency is pinned to the last version that resends.
  {
    name: "Bun",
    resends: true,
    prevented: true,
    ...commandLine(binary("BUN_PATH", "bun/bin/bun.exe", "@oven", "bin/bun"), ["--eval"]),
  },
  { name: "Chromium", resends: true, prevented: false, version: versionOf(CHROMIUM), run: inChromium },
];
