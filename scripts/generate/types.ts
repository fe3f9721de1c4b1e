import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { type NamedSpec, operationsOf, type Spec } from "../specs.js";
import { inputSchemas } from "./close-inputs.js";
import { remarksOn } from "./remarks.js";

const { factory } = ts;
const STRING = factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
/** `string & {}`: accepts any string, and keeps the known values for completion. */
const ANY_STRING = factory.createIntersectionTypeNode([STRING, factory.createTypeLiteralNode([])]);

/** A list known from samples only becomes `"OPEN" | "PAUSED" | (string & {})`. */
function openEnum(schema: object): ts.TypeNode | undefined {
  const values = "x-open-enum" in schema ? (schema["x-open-enum"] as string[]) : undefined;
  if (!values) return undefined;
  const literals = values.map((value) => factory.createLiteralTypeNode(factory.createStringLiteral(value)));
  const isNullable = "type" in schema && [schema.type].flat().includes("null");
  const nothing = isNullable ? [factory.createLiteralTypeNode(factory.createNull())] : [];
  return factory.createUnionTypeNode([...literals, ANY_STRING, ...nothing]);
}

/** The types of a spec: openapi-typescript's, and a named interface for each object schema. */
export async function generateTypes({ spec }: NamedSpec): Promise<string> {
  const ast = await openapiTS(JSON.stringify(withOpenQueries(withRemarks(spec))), {
    transform: openEnum,
    // A default is the server's: the field may still be left out.
    defaultNonNullable: false,
  });
  dropAbsentMethods(ast);
  const inputs = inputSchemas(spec);
  const objects = Object.entries(spec.components?.schemas ?? {}).filter(([, schema]) => schema.type === "object");
  const declarations = hoist(ast, new Set(objects.map(([name]) => name).filter((name) => inputs.has(name))));
  // Interfaces, unlike aliases, keep their names in hovers.
  const names = objects
    .filter(([name]) => !inputs.has(name))
    .map(([name]) => `export interface ${name} extends Schema<${JSON.stringify(name)}> {}\n`);
  const schema =
    names.length > 0 ? 'type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];\n' : "";
  const types = astToString([...ast, ...declarations]).replaceAll(
    `"${FURTHER.name}"?: ${FURTHER.type};`,
    INDEX_SIGNATURE,
  );
  return `${types}${schema}${names.join("")}`;
}

/** Leaves `put?: never` and empty parameters out of `paths`: fourteen lines a path that a consumer's compiler would read. */
function dropAbsentMethods(ast: ts.Node[]): void {
  const paths = ast.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === "paths");
  for (const { type } of paths?.members.filter(ts.isPropertySignature) ?? []) {
    if (!type || !ts.isTypeLiteralNode(type)) continue;
    Object.assign(type, { members: factory.createNodeArray(type.members.filter((member) => !isAbsent(member))) });
  }
}

/** `never`, or an object of nothing else. */
const isAbsent = (member: ts.TypeElement): boolean =>
  ts.isPropertySignature(member) &&
  member.type !== undefined &&
  (member.type.kind === ts.SyntaxKind.NeverKeyword ||
    (ts.isTypeLiteralNode(member.type) && member.type.members.every(isAbsent)));

/**
 * Takes schemas out of `components` as interfaces, to which it then refers. For an interface that only extends another type,
 * the compiler's errors print all the fields of that type; those of inputs name the interface.
 */
function hoist(ast: ts.Node[], names: Set<string>): ts.InterfaceDeclaration[] {
  const root = ast.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === "components");
  const schemas = root?.members.filter(ts.isPropertySignature).find((member) => nameOf(member) === "schemas")?.type;
  if (!schemas || !ts.isTypeLiteralNode(schemas)) return [];
  const members = schemas.members.filter(ts.isPropertySignature).filter((member) => names.has(nameOf(member)));
  return members.map((member) => {
    const name = nameOf(member);
    const parts = partsOf(member.type);
    const fields = parts.filter(ts.isTypeLiteralNode).flatMap((part) => [...part.members]);
    const bases = parts.flatMap(baseOf);
    const heritage = bases.length > 0 ? [factory.createHeritageClause(ts.SyntaxKind.ExtendsKeyword, bases)] : undefined;
    Object.assign(member, { type: factory.createTypeReferenceNode(name) });
    const declaration = factory.createInterfaceDeclaration([EXPORT], name, undefined, heritage, fields);
    return ts.setSyntheticLeadingComments(declaration, ts.getSyntheticLeadingComments(member));
  });
}

const EXPORT = factory.createModifier(ts.SyntaxKind.ExportKeyword);

const nameOf = ({ name }: ts.PropertySignature) => (ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : "");

/** The parts of an object type: `{ … } & { [key: string]: unknown }` if it is open, `components["schemas"]["Base"] & { … }`. */
const partsOf = (type: ts.TypeNode | undefined): ts.TypeNode[] =>
  type && ts.isIntersectionTypeNode(type) ? type.types.flatMap(partsOf) : type ? [type] : [];

function baseOf(type: ts.TypeNode): ts.ExpressionWithTypeArguments[] {
  if (!ts.isIndexedAccessTypeNode(type) || !ts.isLiteralTypeNode(type.indexType)) return [];
  const { literal } = type.indexType;
  if (!ts.isStringLiteral(literal)) return [];
  return [factory.createExpressionWithTypeArguments(factory.createIdentifier(literal.text), undefined)];
}

/** A spec in which parameters, fields and bodies say in their docs what of them is inferred or was not observed. */
function withRemarks<Node>(node: Node): Node {
  if (typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) return node.map(withRemarks) as Node;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, withRemarks(value)]),
  );
  const remarks = !("operationId" in node) && !("url" in node) && `@remarks ${remarksOn(node)}`;
  if (!remarks || remarks === "@remarks ") return copy as Node;
  // Without a description the tag stands alone, which openapi-typescript does for a summary.
  const { description } = copy;
  return {
    ...copy,
    ...(description ? { description: `${description}\n\n${remarks}` } : { summary: remarks }),
  } as Node;
}

/** openapi-typescript has no open queries: this parameter is written as any other, and replaced in its output. */
const FURTHER = { name: "[name: string]", type: "string | number | boolean" };
const INDEX_SIGNATURE = `${FURTHER.name}: ${FURTHER.type} | undefined;`;

function withOpenQueries(spec: Spec): Spec {
  const further = {
    name: FURTHER.name,
    in: "query",
    description: "Not all parameters were observed: others are sent as given.",
    schema: { type: FURTHER.type.split(" | ") },
  };
  for (const { operation } of operationsOf(spec))
    if (operation["x-open-query"]) operation.parameters = [...(operation.parameters ?? []), further];
  return spec;
}
