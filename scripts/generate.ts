/**
 * Writes `generated/` from `openapi/`: the types of each API, its resource classes, the servers and operations that the
 * client needs at run time, and the schemas of `amili-client/contract`. With `--check` it writes nothing and fails when a file is stale.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import { closeInputs } from "./generate/close-inputs.js";
import { generateInferredOperations, generateOperations } from "./generate/operations.js";
import { generateResources } from "./generate/resources.js";
import { generateSchemas } from "./generate/schemas.js";
import { generateNames, generateReads } from "./generate/shapes.js";
import { generateTypes } from "./generate/types.js";
import { modelOf } from "./resources.js";
import { readSpecs } from "./specs.js";
import { writeFiles } from "./write-files.js";

const SPECS = new URL("../openapi/", import.meta.url);
const OUT = new URL("../generated/", import.meta.url);
const HEADER = "// Written by `npm run generate` from openapi/. Do not edit.\n";

/** The text of each generated file, by name. */
export async function generate(root = SPECS): Promise<Map<string, string>> {
  const specs = readSpecs(root);
  const models = specs.map(closeInputs).map(modelOf);
  const pretty = (code: string) => format(code, { parser: "typescript", printWidth: 120 });
  const files = new Map<string, string>();
  for (const model of models) {
    files.set(`${model.name}.ts`, await generateTypes(model));
    files.set(`${model.name}.resources.ts`, await pretty(generateResources(model)));
  }
  files.set("operations.ts", await pretty(generateOperations(models)));
  files.set("inferred-operations.ts", await pretty(generateInferredOperations(models)));
  files.set("schemas.ts", generateSchemas(specs));
  files.set("names.ts", await pretty(generateNames(models)));
  files.set("reads.ts", await pretty(generateReads(models)));
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  files.set("version.ts", `export const version = ${JSON.stringify(version)};\n`);
  return new Map([...files].map(([name, text]) => [name, HEADER + text]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFiles(OUT, await generate(), "npm run generate");
