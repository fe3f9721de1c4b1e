import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { closeInputs } from "../../scripts/generate/close-inputs.js";
import { methodsOf } from "../../scripts/generate/operations.js";
import { generateTypes } from "../../scripts/generate/types.js";
import { modelOf } from "../../scripts/resources.js";
import { readSpecs } from "../../scripts/specs.js";
import type { Change } from "./changes.js";

const HELPERS = `
import type { operations as accountsReceivable } from "./accounts-receivable.js";
import type { operations as debtCollection } from "./debt-collection.js";
interface Apis { accountsReceivable: accountsReceivable; debtCollection: debtCollection }
type Item<T> = NonNullable<T> extends readonly (infer I)[] ? I : never;
type Get<T, K> = T extends object ? (K extends keyof T ? T[K] : never) : never;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Body<R> = Get<R, "content"> extends infer C ? C[keyof C] : never;
`;

/**
 * Generates from the specs in a folder, and compiles a program that says what the types are. Returns what is wrong with it,
 * and the operations that need `allowInferred`.
 */
export async function generateFrom(specs: string, root: string, changes: readonly Change[]) {
  const folder = join(root, "generated");
  mkdirSync(folder);
  const models = readSpecs(pathToFileURL(`${specs}/`))
    .map(closeInputs)
    .map(modelOf);
  for (const model of models) writeFileSync(join(folder, `${model.name}.ts`), await generateTypes(model));
  const program = join(folder, "program.ts");
  const lines = changes.flatMap((change, index) =>
    change.typed ? `const _${index}: Same<${typeOf(change)}, ${change.typed}> = true; // ${change.title}` : [],
  );
  writeFileSync(program, [HELPERS, ...lines].join("\n"));
  const options = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  };
  const problems = ts
    .getPreEmitDiagnostics(ts.createProgram([program], options))
    .map(({ file, start = 0, messageText }) => [messageText, file?.text.slice(start).split("\n")[0]]);
  const inferred = models.flatMap(methodsOf).filter(({ operation }) => operation["x-evidence"] === "inferred");
  return { problems, inferred: inferred.map(({ operationId }) => operationId) };
}

/** The type of what was found, such as `field added 200 data.retryCount`. */
function typeOf({ operation, finds: [found = ""], typedAt }: Change): string {
  const [api, id] = operation.split(".");
  const [status, path = ""] = (typedAt ?? /\d+.*$/.exec(found)?.[0] ?? "").split(" ");
  const response = `Apis["${api}"]["${id}"]["responses"][${status}]`;
  if (found.startsWith("header added")) return `Get<Get<${response}, "headers">, "${path}">`;
  const steps = path.match(/\[\]|[^.[\]]+/g) ?? [];
  return steps.reduce(
    (type, step) => (step === "[]" ? `Item<${type}>` : `Get<${type}, "${step}">`),
    `Body<${response}>`,
  );
}
