import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { spread } from "./statistics.mjs";

const RUNS = 9;
const path = (of) => fileURLToPath(new URL(of, import.meta.url));
const OPTIONS = "--strict --skipLibCheck --noEmit --target es2022 --module nodenext --types node".split(" ");

const COMPILERS = { "TypeScript 5.9": "typescript", "TypeScript 7.0": "typescript-7" };
const PROGRAMS = { resources: "resources.ts", "raw clients": "raw-clients.ts" };

/** Seconds that a consumer's programs take to compile, above an empty one, in turns with it. */
export function measureTypeCheck(folder) {
  return Object.entries(COMPILERS).flatMap(([compiler, name]) => {
    const tsc = path(`node_modules/${name}/lib/tsc.js`);
    const timeOf = (program) => {
      const begun = performance.now();
      execFileSync(process.execPath, [tsc, ...OPTIONS, join(folder, program)], { cwd: folder });
      return (performance.now() - begun) / 1000;
    };
    const runs = Array.from({ length: RUNS }, () => {
      const empty = timeOf("empty.ts");
      return Object.values(PROGRAMS).map((program) => timeOf(program) - empty);
    });
    return Object.keys(PROGRAMS).map((program, i) => ({
      program,
      compiler,
      seconds: spread(runs.map((run) => run[i])),
    }));
  });
}
