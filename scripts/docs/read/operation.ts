import { UnreadableError } from "../unreadable-error.js";
import { type Fields, flattenSchema } from "./fields.js";
import type { Pointer } from "./json.js";
import { asList, asObject, asString, type JsonObject, resolveReference, valueAt } from "./json.js";

/** The interface of one operation, read from a spec or from a page. */
export interface Operation {
  pointer: Pointer;
  method: string;
  path: string;
  title: string;
  tag: string | undefined;
  deprecated: boolean;
  /** By {@link parameterKey}. */
  parameters: Map<string, Parameter>;
  request: Body | undefined;
  /** By status. */
  responses: Map<string, Body>;
}

export interface Parameter {
  pointer: Pointer;
  in: string;
  name: string;
  required: boolean;
  /** `undefined` when the page shows only the name. */
  fields: Fields | undefined;
}

export interface Body {
  pointer: Pointer;
  mediaType: string | undefined;
  required: boolean;
  /** Its schema and further variants of it. */
  schemas: Pointer[];
  /** `undefined` when the body has no schema, or the page does not show it. */
  fields: Fields | undefined;
  examples: Example[];
}

export interface Example {
  pointer: Pointer;
  value: unknown;
}

/** OpenAPI does not describe these as parameters, but Apidog pages list them. */
const IGNORED_HEADERS = new Set(["accept", "authorization", "content-type"]);
export const isParameterHeader = (name: string): boolean => !IGNORED_HEADERS.has(name.toLowerCase());

export const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** The name of the request body. Response bodies are named by status. */
export const REQUEST = "request";

type OperationBodies = Pick<Operation, "request" | "responses">;

/** The names of the bodies that an operation may have. */
export const bodyNames = ({ responses }: OperationBodies): string[] => [REQUEST, ...responses.keys()];

export const findBody = ({ request, responses }: OperationBodies, name: string): Body | undefined =>
  name === REQUEST ? request : responses.get(name);

/** A path without the names of its parameters. */
export const pathShape = (path: string): string => path.replace(/\{[^{}/]*\}/g, "{}").replace(/(?<=.)\/$/, "");

export const pathParameterNames = (path: string): string[] =>
  [...path.matchAll(/\{([^{}/]*)\}/g)].map(([, name = ""]) => name);

/** The operations of an OpenAPI document. */
export function operationPointers(root: unknown): Pointer[] {
  return Object.entries(asObject(asObject(root).paths)).flatMap(([path, item]) =>
    Object.keys(asObject(item))
      .filter((method) => METHODS.includes(method))
      .map((method) => ["paths", path, method]),
  );
}

export function readOperation(root: unknown, pointer: Pointer): Operation {
  const [, path, method] = pointer.map(String) as [string, string, string];
  const node = asObject(valueAt(root, pointer));
  return {
    pointer,
    method: method.toUpperCase(),
    path,
    title: asString(node.summary) ?? "",
    tag: asString(asList(node.tags)[0]),
    deprecated: node.deprecated === true || /^(deprecated|obsolete)$/.test(String(node["x-apidog-status"])),
    parameters: readParameters(root, pointer, path),
    request: node.requestBody === undefined ? undefined : readBody(root, [[...pointer, "requestBody"]]),
    responses: readResponses(root, [...pointer, "responses"]),
  };
}

function readParameters(root: unknown, pointer: Pointer, path: string): Map<string, Parameter> {
  const positions = pathParameterNames(path);
  const found = new Map<string, Parameter>();
  // An operation's own parameters override those of its path.
  for (const owner of [pointer.slice(0, 2), pointer])
    for (const index of asList(valueAt(root, [...owner, "parameters"])).keys()) {
      const target = resolveReference(root, [...owner, "parameters", index]);
      const node = asObject(valueAt(root, target));
      if (node.name === undefined || node.in === undefined) throw new UnreadableError("a parameter without name or in");
      const name = String(node.name);
      const where = String(node.in);
      if (where === "header" && !isParameterHeader(name)) continue;
      const parameter = {
        pointer: target,
        in: where,
        name,
        required: node.required === true,
        fields: node.schema === undefined ? undefined : flattenSchema(root, [...target, "schema"]),
      };
      found.set(parameterKey(where, name, positions), parameter);
    }
  return found;
}

/** Identifies a parameter. Path parameters by position, because their names are not sent. */
export function parameterKey(where: string, name: string, positions: string[]): string {
  const position = where === "path" ? positions.indexOf(name) : -1;
  return position >= 0 ? `path {${position + 1}}` : `${where} ${where === "header" ? name.toLowerCase() : name}`;
}

/** Reads responses by status. `x-200:Title` is a further variant of 200. */
function readResponses(root: unknown, pointer: Pointer): Map<string, Body> {
  const variants = new Map<string, Pointer[]>();
  for (const key of Object.keys(asObject(valueAt(root, pointer)))) {
    const [, status] = /^(?:x-)?([1-5](?:\d\d|XX)|default)(?::|$)/.exec(key) ?? [];
    if (status) variants.set(status, [...(variants.get(status) ?? []), [...pointer, key]]);
  }
  return new Map([...variants].map(([status, pointers]) => [status, readBody(root, pointers)]));
}

function readBody(root: unknown, pointers: Pointer[]): Body {
  const bodies = pointers.map((pointer) => {
    const target = resolveReference(root, pointer);
    const content = asObject(valueAt(root, [...target, "content"]));
    const types = Object.keys(content);
    const type = types.find((name) => name.includes("json")) ?? types[0];
    return { target, type, media: type === undefined ? undefined : [...target, "content", type] };
  });
  const described = bodies.flatMap(({ media }) =>
    media && Object.keys(asObject(valueAt(root, [...media, "schema"]))).length > 0 ? [[...media, "schema"]] : [],
  );
  return {
    pointer: pointers[0] ?? [],
    mediaType: bodies[0]?.type,
    required: bodies.some(({ target }) => asObject(valueAt(root, target)).required === true),
    schemas: described,
    fields: described.length > 0 ? mergeVariants(described.map((schema) => flattenSchema(root, schema))) : undefined,
    examples: bodies.flatMap(({ media }) => (media ? readExamples(asObject(valueAt(root, media)), media) : [])),
  };
}

function readExamples(media: JsonObject, pointer: Pointer): Example[] {
  const single = media.example === undefined ? [] : [{ pointer: [...pointer, "example"], value: media.example }];
  const named = Object.entries(asObject(media.examples)).map(([name, example]) => ({
    pointer: [...pointer, "examples", name],
    value: asObject(example).value,
  }));
  return [...single, ...named].filter(({ value }) => value !== undefined);
}

/** Merges tables of variants. A field is required only when all of them require it. */
function mergeVariants(tables: Fields[]): Fields {
  const merged: Fields = new Map();
  for (const path of new Set(tables.flatMap((table) => [...table.keys()]))) {
    const rows = tables.flatMap((table) => table.get(path) ?? []);
    const [first] = rows;
    if (!first) continue;
    const values = rows.flatMap((row) => [...(row.values ?? [])]);
    merged.set(path, {
      pointer: first.pointer,
      declaredAt: first.declaredAt,
      types: new Set(rows.flatMap((row) => [...row.types])),
      format: first.format,
      values: values.length > 0 ? new Set(values) : undefined,
      closed: rows.every((row) => row.closed),
      required: rows.length === tables.length && rows.every((row) => row.required),
    });
  }
  return merged;
}
