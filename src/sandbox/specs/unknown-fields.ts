import { closest, distance } from "fastest-levenshtein";

/** The part of a JSON schema that names fields. */
interface Schema {
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** A schema and those that it is made of. */
const partsOf = (schema: Schema): Schema[] => [
  schema,
  ...[schema.allOf, schema.anyOf, schema.oneOf].flatMap((schemas) => (schemas ?? []).flatMap(partsOf)),
];

/**
 * The fields of a value that its schema does not name, as lines with the place and a similar name: one for each kind of place.
 * Schemas are open, since the documentation is incomplete, so the validator accepts such fields. Without the name that was
 * sent: a value may have been put in its place.
 */
export function unknownFieldsIn(schema: Schema, value: unknown): string[] {
  return [...new Set(linesOf(schema, value, "/requestBody"))];
}

function* linesOf(schema: Schema, value: unknown, place: string): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  const parts = partsOf(schema);
  if (Array.isArray(value)) {
    const items = { allOf: parts.flatMap(({ items }) => items ?? []) };
    for (const item of value) yield* linesOf(items, item, `${place}/*`);
    return;
  }
  const properties = parts.map(({ properties = {} }) => properties);
  const known = [...new Set(properties.flatMap(Object.keys))];
  // A schema without names describes any object.
  if (known.length === 0 || parts.some(({ additionalProperties }) => typeof additionalProperties === "object")) return;
  for (const [name, field] of Object.entries(value)) {
    const schemas = properties.flatMap((named) => (Object.hasOwn(named, name) ? (named[name] ?? []) : []));
    if (schemas.length > 0) yield* linesOf({ allOf: schemas }, field, `${place}/${name}`);
    else yield `${place} has a field that is not in the spec${hint(name, known)}`;
  }
}

/** The known name that was probably meant, if at most every third letter differs. */
function hint(name: string, known: readonly string[]): string {
  // A long name is no misspelt one, and is slow to compare.
  if (name.length > 100) return "";
  const similar = closest(name, known);
  return distance(name, similar) <= similar.length / 3 ? `; a similar one is ${similar}` : "";
}
