import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import type { NamedSpec } from "../specs.js";

const { factory } = ts;
const STRING = factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
/** `string & {}`: accepts any string, and keeps the known values for completion. */
const ANY_STRING = factory.createIntersectionTypeNode([STRING, factory.createTypeLiteralNode([])]);

/** A list known from samples only becomes `"OPEN" | "PAUSED" | (string & {})`. */
function openEnum(schema: object): ts.TypeNode | undefined {
  const values = "x-open-enum" in schema ? (schema["x-open-enum"] as string[]) : undefined;
  if (!values) return undefined;
  const literals = values.map((value) => factory.createLiteralTypeNode(factory.createStringLiteral(value)));
  return factory.createUnionTypeNode([...literals, ANY_STRING]);
}

/** The types of a spec: openapi-typescript's, and a named interface for each object schema. */
export async function generateTypes({ file, spec }: NamedSpec, root: URL): Promise<string> {
  const ast = await openapiTS(new URL(file, root), {
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
  return `${astToString(ast)}${schemas}`;
}
