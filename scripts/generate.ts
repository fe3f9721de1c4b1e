/**
 * Writes `generated/` from `openapi/`: the types of each API, and the index of servers and operations that the library
 * needs at run time. With `--check` it writes nothing and fails when a file is stale.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { apiName, type NamedSpec, operationsOf, readSpecs, type SpecOperation } from "./specs.js";

const OUT = new URL("../generated/", import.meta.url);
const HEADER = "// Written by `npm run generate` from openapi/. Do not edit.\n";

const { factory } = ts;
const STRING = factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
/** `string & {}`: takes any string, and keeps the known values for completion. */
const ANY_STRING = factory.createIntersectionTypeNode([STRING, factory.createTypeLiteralNode([])]);

/** A list known from samples only becomes `"OPEN" | "PAUSED" | (string & {})`. */
function openEnum(schema: object): ts.TypeNode | undefined {
  const values = "x-open-enum" in schema ? (schema["x-open-enum"] as string[]) : undefined;
  if (!values) return undefined;
  const literals = values.map((value) => factory.createLiteralTypeNode(factory.createStringLiteral(value)));
  return factory.createUnionTypeNode([...literals, ANY_STRING]);
}

async function typesOf({ file, spec }: NamedSpec): Promise<string> {
  const ast = await openapiTS(new URL(`../openapi/${file}`, import.meta.url), {
    transform: openEnum,
    // A default is the server's: the field may still be left out.
    defaultNonNullable: false,
  });
  // Interfaces, unlike aliases, keep their names in hovers and compiler errors.
  const names = Object.entries(spec.components?.schemas ?? {})
    .filter(([, schema]) => schema.type === "object")
    .map(([name]) => `export interface ${name} extends Schema<${JSON.stringify(name)}> {}\n`);
  const schemas =
    names.length > 0
      ? `type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];\n${names.join("")}`
      : "";
  return `${HEADER}${astToString(ast)}${schemas}`;
}

/** What of an inferred operation was concluded. The reason stays in the spec: it would weigh on every program. */
function concluded({ operationId, "x-inferred": why = "" }: SpecOperation): string {
  const [, what] = /^(?:the )?(path|method|method and path)\b/i.exec(why) ?? [];
  if (!what) throw new Error(`x-inferred of ${operationId} must begin with what was concluded: the path or the method`);
  return what.toLowerCase();
}

function indexOf(specs: NamedSpec[]): string {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  const apis = specs.map(({ name, spec }) => {
    const servers = (spec.servers ?? []).flatMap(({ url, "x-environment": environment }) =>
      environment ? [`  ${environment}: ${JSON.stringify(url)},`] : [],
    );
    const operations = operationsOf(spec).map(({ method, path, operation }) => {
      const [contentType = "application/json"] = Object.keys(operation.requestBody?.content ?? {});
      const flags = [
        contentType === "application/json" ? [] : `contentType: ${JSON.stringify(contentType)}`,
        operation["x-idempotent"] ? "idempotent: true" : [],
        operation["x-evidence"] === "inferred" ? `inferred: ${JSON.stringify(concluded(operation))}` : [],
      ].flat();
      const entry = [`method: ${JSON.stringify(method)}`, `path: ${JSON.stringify(path)}`, ...flags].join(", ");
      return `  ${operation.operationId}: { ${entry} },`;
    });
    const id = apiName(name);
    // openapi-typescript lists webhooks among the operations; nobody calls them.
    const hooks = Object.values(spec.webhooks ?? {}).map(({ post }) => JSON.stringify(post.operationId));
    const keys = hooks.length > 0 ? `Exclude<keyof ${id}Types, ${hooks.join(" | ")}>` : `keyof ${id}Types`;
    return [
      `import type { operations as ${id}Types } from "./${name}.js";`,
      `export const ${id}Servers: Servers = {\n${servers.join("\n")}\n};`,
      `export const ${id}Operations: Record<${keys}, Operation> = {\n${operations.join("\n")}\n};`,
    ];
  });
  return [
    HEADER.trimEnd(),
    'import type { Operation, Servers } from "../src/http/client.js";',
    ...apis.map(([types]) => types),
    "",
    `export const version = ${JSON.stringify(version)};`,
    ...apis.flatMap(([, servers, operations]) => ["", servers, operations]),
    "",
  ].join("\n");
}

const specs = readSpecs();
const files = new Map<string, string>();
for (const spec of specs) files.set(`${spec.name}.ts`, await typesOf(spec));
files.set("operations.ts", indexOf(specs));

mkdirSync(OUT, { recursive: true });
const present = readdirSync(OUT);
const read = (name: string) => (present.includes(name) ? readFileSync(new URL(name, OUT), "utf8") : undefined);
const stale = [...files].filter(([name, text]) => read(name) !== text).map(([name]) => name);
const extra = present.filter((name) => !files.has(name));

if (process.argv.includes("--check")) {
  if (stale.length + extra.length > 0) {
    console.error(`generated/ is stale: ${[...stale, ...extra].join(", ")}. Run "npm run generate".`);
    process.exitCode = 1;
  }
} else {
  for (const [name, text] of files) writeFileSync(new URL(name, OUT), text);
  for (const name of extra) rmSync(new URL(name, OUT));
  console.log(
    stale.length + extra.length > 0 ? `Wrote ${[...stale, ...extra].join(", ")}.` : "generated/ is up to date.",
  );
}
