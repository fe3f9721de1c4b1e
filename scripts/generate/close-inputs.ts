import { type NamedSpec, operationsOf, type Spec } from "../specs.js";

type Node = Record<string, unknown>;

const SCHEMAS = "#/components/schemas/";

/**
 * A spec whose request bodies accept the known fields only, so that the compiler finds a misspelt field. Responses stay
 * open: a schema that both use gets a twin, `PostalAddressInput`. `x-open-input` keeps a schema open.
 */
export function closeInputs<Named extends NamedSpec>(named: Named): Named {
  const spec = structuredClone(named.spec);
  const schemas = (spec.components?.schemas ?? {}) as Record<string, Node>;
  const operations = operationsOf(spec).map(({ operation }) => operation);
  const inputs = inputSchemas(spec);
  const outputs = reachable(spec, [operations.map(({ responses }) => responses), spec.webhooks]);
  const isOpen = (name: string) =>
    [name, ...reachable(spec, schemas[name])].some((other) => hasOpenObject(schemas[other]));
  const shared = [...inputs].filter((name) => outputs.has(name) && isOpen(name));
  const twins = new Map(shared.map((name) => [name, `${name}Input`]));

  for (const operation of operations)
    if (operation.requestBody)
      operation.requestBody = close(operation.requestBody, twins) as typeof operation.requestBody;
  for (const name of inputs) schemas[twins.get(name) ?? name] = close(schemas[name], twins) as Node;
  return { ...named, spec };
}

/** The names of the schemas that request bodies consist of. */
export const inputSchemas = (spec: Spec): Set<string> =>
  reachable(
    spec,
    operationsOf(spec).map(({ operation }) => operation.requestBody),
  );

function reachable(spec: Spec, node: unknown, found = new Set<string>()): Set<string> {
  for (const name of referencesIn(node))
    if (!found.has(name)) reachable(spec, spec.components?.schemas?.[name], found.add(name));
  return found;
}

const isObject = (node: unknown): node is Node => typeof node === "object" && node !== null;
const isOpenObject = (node: Node) =>
  node.additionalProperties === true && node.properties !== undefined && !node["x-open-input"];

function referencesIn(node: unknown): string[] {
  if (!isObject(node)) return [];
  const { $ref } = node;
  if (typeof $ref === "string" && $ref.startsWith(SCHEMAS)) return [$ref.slice(SCHEMAS.length)];
  return Object.values(node).flatMap(referencesIn);
}

const hasOpenObject = (node: unknown): boolean =>
  isObject(node) && (isOpenObject(node) || Object.values(node).some(hasOpenObject));

function close(node: unknown, twins: Map<string, string>): unknown {
  if (Array.isArray(node)) return node.map((item) => close(item, twins));
  if (!isObject(node)) return node;
  const entries = Object.entries(node).filter(([key]) => key !== "additionalProperties" || !isOpenObject(node));
  const twin = twins.get(referencesIn({ $ref: node.$ref })[0] ?? "");
  return {
    ...Object.fromEntries(entries.map(([key, value]) => [key, close(value, twins)])),
    ...(twin && { $ref: SCHEMAS + twin }),
  };
}
