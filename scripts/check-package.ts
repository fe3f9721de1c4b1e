/**
 * Packs the library as it would be published and uses it as a stranger would: publint and attw look at it, and a new project
 * installs it, compiles against it and runs. With `--tools`, which takes minutes, it goes through all compilers and through
 * bundlers, test runners and Yarn's Plug'n'Play instead. Needs `npm run build` before.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkBudget } from "./budgets.js";
import { PROGRAMS, programSize } from "./program-size.js";

/** The oldest that reads the declarations without `skipLibCheck`; openapi-fetch's own ask for it. */
const COMPILERS = ["5.4", "5.9", "7.0"];
const RESOLUTIONS = ["node16", "nodenext", "bundler"];

const ALL_COMPILERS = COMPILERS.flatMap((version) => RESOLUTIONS.map((resolution) => [version, resolution] as const));
// A Latin square's diagonal: each compiler and each resolution once.
const SOME_COMPILERS = ALL_COMPILERS.filter((_, index) => index % (RESOLUTIONS.length + 1) === 0);

const PACKAGES = [
  "@types/node@20",
  "undici@7",
  ...COMPILERS.map((version) => `${compilerOf(version)}@npm:typescript@${version}`),
];

const TOOL_PACKAGES = [
  "@rollup/plugin-node-resolve@16",
  "@yarnpkg/cli-dist@4",
  "esbuild@0.28",
  "jest@30",
  "rollup@4",
  "source-map-loader@5",
  "vite@8",
  "vitest@4",
  "webpack@5",
  "webpack-cli",
];

/** Each command writes a bundle of `app.js`, to the file before it, and fails or prints something when it has to warn. */
const BUNDLERS: Record<string, string> = {
  "out/esbuild/app.js": "esbuild app.js --bundle --splitting --format=esm --outdir=out/esbuild --log-level=warning",
  "out/rollup/app.js": "rollup -c --silent --failAfterWarnings",
  "out/vite/app.js": "vite build --outDir out/vite --logLevel warn",
  "out/webpack/app.js": "webpack --fail-on-warnings --stats errors-warnings",
};

const TEST_RUNNERS = [
  ...["threads", "forks", "vmThreads"].map((pool) => `vitest run --globals --pool ${pool}`),
  "jest --rootDir .",
];

const allTools = process.argv.includes("--tools");
const folder = mkdtempSync(join(tmpdir(), "amili-client-"));

function run(command: string, cwd = folder): void {
  console.log(`$ ${command}`);
  const [program = "", ...args] = command.split(" ");
  const env = {
    ...process.env,
    NODE_OPTIONS: command.startsWith("npx jest") ? "--experimental-vm-modules" : "",
    // Yarn does not read npm's settings.
    YARN_NPM_REGISTRY_SERVER: registry,
    YARN_ENABLE_TELEMETRY: "0",
  };
  execFileSync(program, args, { cwd, env, stdio: "inherit" });
}

function compilerOf(version: string): string {
  return `typescript-${version.replace(".", "-")}`;
}

function compile(version: string, resolution: string): void {
  const module = resolution === "bundler" ? "esnext" : resolution;
  const strict = "--strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess";
  const output = `--declaration --target es2022 --outDir out/${version}-${resolution}`;
  run(
    `node node_modules/${compilerOf(version)}/lib/tsc.js ${strict} ${output} --types node --module ${module} ` +
      `--moduleResolution ${resolution} main.ts library.ts`,
  );
  run(`node out/${version}-${resolution}/main.js`);
}

/** What a consumer's compiler makes of the declarations, by counts: times vary too much for a limit. */
function checkTypes(): void {
  const empty = typeCheck("empty.ts");
  const resources = typeCheck("resources.ts");
  checkBudget("resources: types", resources("Types"));
  checkBudget("resources: instantiations", resources("Instantiations"));
  checkBudget("resources: lines read", resources("Lines of Definitions") - empty("Lines of Definitions"));
  const raw = typeCheck("raw-clients.ts");
  checkBudget("raw clients: types", raw("Types"));
  checkBudget("raw clients: instantiations", raw("Instantiations"));
}

/** The compiler's diagnostics for a program, by label. */
function typeCheck(program: string): (label: string) => number {
  const tsc = join("node_modules", compilerOf("5.9"), "lib/tsc.js");
  const options = ["--strict", "--skipLibCheck", "--noEmit", "--target", "es2022", "--module", "nodenext"];
  const args = [tsc, ...options, "--types", "node", "--extendedDiagnostics", program];
  const output = execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  return (label) => Number(new RegExp(`^${label}: +(\\d+)`, "m").exec(output)?.[1]);
}

/** Every map holds its sources, so that none points to a file that is not shipped. */
function checkSourceMaps(dist: string): void {
  for (const name of readdirSync(dist).filter((file) => file.endsWith(".js"))) {
    const [, map] = /\/\/# sourceMappingURL=(.*)/.exec(readFileSync(join(dist, name), "utf8")) ?? [];
    if (map === undefined) continue;
    const { sources, sourcesContent } = JSON.parse(readFileSync(join(dist, map), "utf8")) as Record<string, unknown[]>;
    if (sourcesContent?.length !== sources?.length || sourcesContent?.includes(null)) {
      throw new Error(`${map} lacks sources.`);
    }
  }
}

const npm = (...args: string[]) => execFileSync("npm", args, { encoding: "utf8" }).trim();
const registry = npm("config", "get", "registry");

try {
  const [packed] = JSON.parse(npm("pack", "--json", "--ignore-scripts", "--pack-destination", folder));
  const { filename } = packed as { filename: string };
  const tarball = join(folder, filename);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", type: "module", private: true }));
  cpSync(fileURLToPath(new URL("consumer", import.meta.url)), folder, { recursive: true });
  const packages = [`./${filename}`, ...PACKAGES, ...(allTools ? TOOL_PACKAGES : [])];
  run(`npm install --silent --no-audit --no-fund ${packages.join(" ")}`);

  if (allTools) {
    for (const [version, resolution] of ALL_COMPILERS) compile(version, resolution);
    for (const [file, command] of Object.entries(BUNDLERS)) {
      run(`npx ${command}`);
      run(`node run.js ${file}`);
    }
    for (const command of TEST_RUNNERS) run(`npx ${command}`);
    const yarn = `node ${join(folder, "node_modules/@yarnpkg/cli-dist/bin/yarn.js")}`;
    const project = join(folder, "plug-and-play");
    cpSync(fileURLToPath(new URL("consumer", import.meta.url)), project, { recursive: true });
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "plug-and-play", type: "module" }));
    writeFileSync(join(project, "yarn.lock"), "");
    run(`${yarn} add amili-client@file:${tarball}`, project);
    run(`${yarn} node run.js app.js`, project);
  } else {
    checkBudget("packed: files", packed.entryCount);
    checkBudget("packed: bytes", packed.size);
    checkBudget("packed: bytes when unpacked", packed.unpackedSize);
    for (const [name, program] of Object.entries(PROGRAMS)) {
      checkBudget(`gzip: ${name as keyof typeof PROGRAMS}`, await programSize(folder, program));
    }
    checkTypes();
    checkSourceMaps(join(folder, "node_modules/amili-client/dist"));
    run(`npx publint --strict ${tarball}`, process.cwd());
    run(`npx attw ${tarball} --profile esm-only --exclude-entrypoints openapi --format ascii`, process.cwd());
    run("node run.js app.js");
    run("node required.cjs");
    run("npx amili-sandbox --help");
    run("npx amili probe --dry-run");
    for (const [version, resolution] of SOME_COMPILERS) compile(version, resolution);
  }
  console.log("The package installs, compiles and runs.");
} finally {
  rmSync(folder, { recursive: true });
}
