import { UnreadableError } from "../unreadable-error.js";
import { type Fields, flattenSchema, mergeVariants } from "./fields.js";
import type { Pointer } from "./json.js";
import { asList, asObject, asString, type JsonObject, resolveReference, valueAt } from "./json.js";
import { keywordTexts, parameterKeywords } from "./keywords.js";
import { readSecurity } from "./security.js";

/** The interface of one operation, read from a spec or from a page. */
export interface Operation {
  pointer: Pointer;
  method: string;
  path: string;
  title: string;
  description: string | undefined;
  tag: string | undefined;
  /** `undefined` where it is not stated. */
  deprecated: boolean | undefined;
  /** What a request is authorized with, as text; `undefined` where it is not stated. */
  security: string[] | undefined;
  /** URLs. Empty where none is stated. */
  servers: string[];
  /** By {@link parameterKey}. */
  parameters: Map<string, Parameter>;
  request: Body | undefined;
  /** By status. */
  responses: Map<string, Body>;
  /** Requests that the server sends, by name, URL and method. */
  callbacks: Map<string, Pointer>;
}

export interface Parameter {
  pointer: Pointer;
  in: string;
  name: string;
  required: boolean;
  /** Style and deprecation; see `keywords.ts`. */
  keywords: Map<string, string>;
  description: string | undefined;
  /** `undefined` when the page shows only the name. */
  fields: Fields | undefined;
}

export interface Body {
  pointer: Pointer;
  /** The media type that is compared: JSON, else the first. */
  mediaType: string | undefined;
  mediaTypes: string[];
  /** `undefined` where it is not stated. */
  required: boolean | undefined;
  /** Its schema and further variants of it. */
  schemas: Pointer[];
  /** `undefined` when the body has no schema, or the page does not show it. */
  fields: Fields | undefined;
  examples: Example[];
  /** By name in lower case; `undefined` when the page does not show headers. */
  headers: Map<string, Parameter> | undefined;
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
    description: asString(node.description)?.trim() || undefined,
    // A tag may be the path of a folder.
    tag: asString(asList(node.tags)[0])?.split("/").at(-1)?.trim() || undefined,
    deprecated: readDeprecated(node),
    security: readSecurity(root, node),
    servers: readServers(root, pointer),
    parameters: readParameters(root, pointer, path),
    request: node.requestBody === undefined ? undefined : readBody(root, [[...pointer, "requestBody"]]),
    responses: readResponses(root, [...pointer, "responses"]),
    callbacks: readCallbacks(root, pointer),
  };
}

function readDeprecated(node: JsonObject): boolean | undefined {
  const status = asString(node["x-apidog-status"]);
  if (node.deprecated === true || status === "deprecated" || status === "obsolete") return true;
  return node.deprecated === false || status === "released" ? false : undefined;
}

/** The servers of an operation, else of its path, else of its document. */
function readServers(root: unknown, pointer: Pointer): string[] {
  const owners = [pointer, pointer.slice(0, 2), []].map((owner) => asList(valueAt(root, [...owner, "servers"])));
  const servers = owners.find((list) => list.length > 0) ?? [];
  return servers
    .map((server) => serverUrl(String(asObject(server).url ?? "")))
    .filter((url) => url !== "" && url !== "/");
}

/** A URL without the slash at its end. */
export const serverUrl = (url: string): string => url.trim().replace(/(?<=.)\/+$/, "");

function readCallbacks(root: unknown, pointer: Pointer): Map<string, Pointer> {
  const owner = [...pointer, "callbacks"];
  return new Map(
    Object.keys(asObject(valueAt(root, owner))).flatMap((name) => {
      const target = resolveReference(root, [...owner, name]);
      return Object.entries(asObject(valueAt(root, target))).flatMap(([url, item]) =>
        Object.keys(asObject(item))
          .filter((method) => METHODS.includes(method))
          .map((method): [string, Pointer] => [`${name} ${method.toUpperCase()} ${url}`, [...target, url, method]]),
      );
    }),
  );
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
      found.set(parameterKey(where, name, positions), readParameter(root, target, where, name));
    }
  return found;
}

function readParameter(root: unknown, pointer: Pointer, where: string, name: string): Parameter {
  const node = asObject(valueAt(root, pointer));
  return {
    pointer,
    in: where,
    name,
    required: node.required === true,
    keywords: keywordTexts(parameterKeywords({ ...node, in: where })),
    description: asString(node.description)?.trim() || undefined,
    fields: node.schema === undefined ? undefined : flattenSchema(root, [...pointer, "schema"]),
  };
}

function readHeaders(root: unknown, owner: Pointer): [string, Parameter][] {
  return Object.keys(asObject(valueAt(root, owner))).map((name) => [
    name.toLowerCase(),
    readParameter(root, resolveReference(root, [...owner, name]), "header", name),
  ]);
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
    return { target, types, type, media: type === undefined ? undefined : [...target, "content", type] };
  });
  const described = bodies.flatMap(({ media }) =>
    media && Object.keys(asObject(valueAt(root, [...media, "schema"]))).length > 0 ? [[...media, "schema"]] : [],
  );
  return {
    pointer: pointers[0] ?? [],
    mediaType: bodies[0]?.type,
    mediaTypes: [...new Set(bodies.flatMap(({ types }) => types))],
    required: bodies.some(({ target }) => asObject(valueAt(root, target)).required === true),
    schemas: described,
    fields: described.length > 0 ? mergeVariants(described.map((schema) => flattenSchema(root, schema))) : undefined,
    examples: bodies.flatMap(({ media }) => (media ? readExamples(asObject(valueAt(root, media)), media) : [])),
    headers: new Map(bodies.flatMap(({ target }) => readHeaders(root, [...target, "headers"]))),
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
