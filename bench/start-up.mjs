import { execFileSync } from "node:child_process";
import { spread } from "./statistics.mjs";

const RUNS = 15;
// Timed inside the process: its own start takes ten times as long, and is not ours.
const SCRIPT =
  "const begun = performance.now(); await import(process.argv[1]); console.log(performance.now() - begun);";

/** ms that `import()` of each module takes in a fresh process. The modules take turns; names are resolved in `cwd`. */
export function measureStartUp(modules, cwd) {
  const times = modules.map(() => []);
  for (let run = 0; run < RUNS; run++) {
    modules.forEach((module, i) => {
      times[i].push(Number(execFileSync(process.execPath, ["--input-type=module", "--eval", SCRIPT, module], { cwd })));
    });
  }
  return times.map(spread);
}
