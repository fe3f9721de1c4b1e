import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { spread } from "./statistics.mjs";

const RUNS = 5;
const path = (of) => fileURLToPath(new URL(of, import.meta.url));
const TSC = path("node_modules/typescript/bin/tsc");

const PROGRAMS = { "an empty program": "empty", resources: "resources", "raw clients": "raw-clients" };

/**
 * What a consumer's `tsc` costs: programs that use the client, in turns with one that uses nothing, with the declarations that
 * are published. Gives seconds and the number of types and instantiations.
 */
export function measureTypeCheck() {
  execFileSync("npm", ["run", "build"], { cwd: path("..") });
  const runs = Array.from({ length: RUNS }, () => Object.values(PROGRAMS).map(diagnosticsOf));
  return Object.keys(PROGRAMS).map((name, program) => {
    const { types, instantiations } = runs[0][program];
    return { name, seconds: spread(runs.map((run) => run[program].seconds)), types, instantiations };
  });
}

function diagnosticsOf(program) {
  const project = path(`consumer/tsconfig.${program}.json`);
  const text = execFileSync(process.execPath, [TSC, "-p", project, "--extendedDiagnostics"], { encoding: "utf8" });
  const value = (label) => Number(new RegExp(`^${label}:\\s+([\\d.]+)`, "m").exec(text)[1]);
  return { seconds: value("Total time"), types: value("Types"), instantiations: value("Instantiations") };
}
