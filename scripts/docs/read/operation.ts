import { Unreadable } from "../unreadable-error.js";
import { type Fields, fieldsOf } from "./fields.js";
import { at, type Json, listOf, objectOf, resolve, textOf } from "./json.js";
import type { Pointer } from "./parse-yaml.js";

/** What goes over the wire for one operation, read from a spec or from a page. */
export interface Operation {
  at: Pointer;
  method: string;
  path: string;
  title: string;
  tag: string | undefined;
  deprecated: boolean;
  /** By place and name; path parameters by their position, as their names are not on the wire. */
  parameters: Map<string, Parameter>;
  request: Body | undefined;
  /** By status. */
  responses: Map<string, Body>;
}

export interface Parameter {
  at: Pointer;
  in: string;
  name: string;
  required: boolean;
  /** Not there where only the name is in view. */
  fields: Fields | undefined;
}

export interface Body {
  at: Pointer;
  mediaType: string | undefined;
  required: boolean;
  /** The places of its schema and of further variants of it. */
  schemas: Pointer[];
  /** Not there where the body is not described, or folded away. */
  fields: Fields | undefined;
  examples: Example[];
}

export interface Example {
  at: Pointer;
  value: unknown;
}

/** Headers that OpenAPI leaves out of parameters; Apidog pages list them all the same. */
const NOT_PARAMETERS = new Set(["accept", "authorization", "content-type"]);
export const isParameterHeader = (name: string): boolean => !NOT_PARAMETERS.has(name.toLowerCase());

export const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** The name of what is sent, beside the statuses of what is answered. */
export const REQUEST = "request";

type Bodies = Pick<Operation, "request" | "responses">;

/** The names of all bodies that an operation may have. */
export const bodiesOf = ({ responses }: Bodies): string[] => [REQUEST, ...responses.keys()];

export const bodyOf = ({ request, responses }: Bodies, name: string): Body | undefined =>
  name === REQUEST ? request : responses.get(name);

/** A path with its parameters' names left out. */
export const shapeOf = (path: string): string => path.replace(/\{[^{}/]*\}/g, "{}").replace(/(?<=.)\/$/, "");

export const pathNames = (path: string): string[] => [...path.matchAll(/\{([^{}/]*)\}/g)].map(([, name = ""]) => name);

/** The operations that an OpenAPI document describes, as the places where they stand. */
export function operationPlaces(root: unknown): Pointer[] {
  return Object.entries(objectOf(objectOf(root).paths)).flatMap(([path, item]) =>
    Object.keys(objectOf(item))
      .filter((method) => METHODS.includes(method))
      .map((method) => ["paths", path, method]),
  );
}

export function readOperation(root: unknown, place: Pointer): Operation {
  const [, path, method] = place.map(String) as [string, string, string];
  const node = objectOf(at(root, place));
  return {
    at: place,
    method: method.toUpperCase(),
    path,
    title: textOf(node.summary) ?? "",
    tag: textOf(listOf(node.tags)[0]),
    deprecated: node.deprecated === true || /^(deprecated|obsolete)$/.test(String(node["x-apidog-status"])),
    parameters: readParameters(root, place, path),
    request: node.requestBody === undefined ? undefined : readBody(root, [[...place, "requestBody"]]),
    responses: readResponses(root, [...place, "responses"]),
  };
}

function readParameters(root: unknown, place: Pointer, path: string): Map<string, Parameter> {
  const positions = pathNames(path);
  const found = new Map<string, Parameter>();
  // Those of the path first: an operation's own win over them.
  for (const owner of [place.slice(0, 2), place])
    for (const index of listOf(at(root, [...owner, "parameters"])).keys()) {
      const target = resolve(root, [...owner, "parameters", index]);
      const node = objectOf(at(root, target));
      if (node.name === undefined || node.in === undefined) throw new Unreadable("a parameter without a name or place");
      const name = String(node.name);
      const where = String(node.in);
      if (where === "header" && !isParameterHeader(name)) continue;
      const parameter = {
        at: target,
        in: where,
        name,
        required: node.required === true,
        fields: node.schema === undefined ? undefined : fieldsOf(root, [...target, "schema"]),
      };
      found.set(parameterKey(where, name, positions), parameter);
    }
  return found;
}

/** What identifies a parameter on the wire. */
export function parameterKey(where: string, name: string, positions: string[]): string {
  const position = where === "path" ? positions.indexOf(name) : -1;
  return position >= 0 ? `path {${position + 1}}` : `${where} ${where === "header" ? name.toLowerCase() : name}`;
}

/** Responses by status; `x-200:Title` is a further variant of 200. */
function readResponses(root: unknown, place: Pointer): Map<string, Body> {
  const variants = new Map<string, Pointer[]>();
  for (const key of Object.keys(objectOf(at(root, place)))) {
    const [, status] = /^(?:x-)?([1-5](?:\d\d|XX)|default)(?::|$)/.exec(key) ?? [];
    if (status) variants.set(status, [...(variants.get(status) ?? []), [...place, key]]);
  }
  return new Map([...variants].map(([status, places]) => [status, readBody(root, places)]));
}

function readBody(root: unknown, places: Pointer[]): Body {
  const bodies = places.map((place) => {
    const target = resolve(root, place);
    const content = objectOf(at(root, [...target, "content"]));
    const types = Object.keys(content);
    const type = types.find((name) => name.includes("json")) ?? types[0];
    return { target, type, media: type === undefined ? undefined : [...target, "content", type] };
  });
  const described = bodies.flatMap(({ media }) =>
    media && Object.keys(objectOf(at(root, [...media, "schema"]))).length > 0 ? [[...media, "schema"]] : [],
  );
  return {
    at: places[0] ?? [],
    mediaType: bodies[0]?.type,
    required: bodies.some(({ target }) => objectOf(at(root, target)).required === true),
    schemas: described,
    fields: described.length > 0 ? overlay(described.map((schema) => fieldsOf(root, schema))) : undefined,
    examples: bodies.flatMap(({ media }) => (media ? readExamples(objectOf(at(root, media)), media) : [])),
  };
}

function readExamples(media: Json, place: Pointer): Example[] {
  const single = media.example === undefined ? [] : [{ at: [...place, "example"], value: media.example }];
  const named = Object.entries(objectOf(media.examples)).map(([name, example]) => ({
    at: [...place, "examples", name],
    value: objectOf(example).value,
  }));
  return [...single, ...named].filter(({ value }) => value !== undefined);
}

/** Several tables as one: a field of any variant is a field, required only where all of them require it. */
function overlay(tables: Fields[]): Fields {
  const merged: Fields = new Map();
  for (const path of new Set(tables.flatMap((table) => [...table.keys()]))) {
    const rows = tables.flatMap((table) => table.get(path) ?? []);
    const [first] = rows;
    if (!first) continue;
    const values = rows.flatMap((row) => [...(row.values ?? [])]);
    merged.set(path, {
      at: first.at,
      from: first.from,
      types: new Set(rows.flatMap((row) => [...row.types])),
      format: first.format,
      values: values.length > 0 ? new Set(values) : undefined,
      closed: rows.every((row) => row.closed),
      required: rows.length === tables.length && rows.every((row) => row.required),
    });
  }
  return merged;
}
