import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { spread } from "./statistics.mjs";

const RUNS = 5;
const path = (of) => fileURLToPath(new URL(of, import.meta.url));
const TSC = path("node_modules/typescript/bin/tsc");

/**
 * What a consumer's `tsc` costs: a program that uses the client, beside one that uses nothing, both with the declarations
 * that are published. Gives seconds and the number of types and instantiations.
 */
export function measureTypeCheck() {
  const emit = ["-p", path("../tsconfig.build.json"), "--emitDeclarationOnly", "--declarationMap", "false"];
  execFileSync(process.execPath, [TSC, ...emit, "--outDir", path("dist/types")]);
  return ["an empty program", "amili-client"].map((name) => {
    const project = path(name === "amili-client" ? "consumer/tsconfig.json" : "consumer/tsconfig.empty.json");
    const runs = Array.from({ length: RUNS }, () => diagnosticsOf(project));
    return {
      name,
      seconds: spread(runs.map(({ seconds }) => seconds)),
      types: runs[0].types,
      instantiations: runs[0].instantiations,
    };
  });
}

function diagnosticsOf(project) {
  const text = execFileSync(process.execPath, [TSC, "-p", project, "--extendedDiagnostics"], { encoding: "utf8" });
  const value = (label) => Number(new RegExp(`^${label}:\\s+([\\d.]+)`, "m").exec(text)[1]);
  return { seconds: value("Total time"), types: value("Types"), instantiations: value("Instantiations") };
}
