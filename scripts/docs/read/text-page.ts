import { UnreadableError } from "../unreadable-error.js";
import type { Pointer } from "./json.js";
import {
  type Body,
  type Example,
  isParameterHeader,
  type Parameter,
  parameterKey,
  pathParameterNames,
  serverUrl,
} from "./operation.js";
import { MODIFIED, type PageContent } from "./page.js";
import { namedScheme } from "./security.js";

const OPERATION = /^(GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS|TRACE)\n(\/\S*)$/m;
const JSON_TYPE = "application/json";
/** A status, its name, and the media type below it. */
const STATUS = /^\p{Extended_Pictographic}\s*([1-5]\d\d)(?=\D|$)[^\n]*(?:\n([a-z]+\/[\w.+*-]+)$)?/gmu;
const BODY_PARAMS = /^Body Params ?([a-z]+\/[a-z0-9.+*-]+?)? ?(Required)?$/m;
const AUTHORIZATION =
  /^Authorization\n+(?!(?:Path|Query|Header|Body) Params|Responses$|Add the parameter$)(\S[^\n]*)$/m;
const BREADCRUMB = /^ *\d+\. (.+)$/gm;

/**
 * Reads a page in plain text. It has no tables of fields: it shows the names of query and header parameters (in the curl
 * line), statuses, media types, and an example of each body. A pointer into it is a line number, followed by the names in
 * an example.
 */
export function readTextPage(text: string): PageContent {
  const found = OPERATION.exec(text);
  if (!found) throw new UnreadableError("neither an OpenAPI document nor an operation in plain text");
  const [, method = "", path = ""] = found;
  const above = text.slice(0, found.index).trimEnd();
  const body = text.slice(found.index);
  const pointer = [lineNumber(text, found.index)];

  const responses = new Map<string, Body>();
  for (const { 1: status = "", 2: mediaType, index } of body.matchAll(STATUS))
    if (!responses.has(status)) responses.set(status, makeBody([lineNumber(text, found.index + index)], [], mediaType));
  const response = findResponseSample(text, found.index);
  const described = response && responses.get(response.status);
  if (response && described)
    responses.set(response.status, makeBody(described.pointer, response.examples, described.mediaTypes[0]));

  const breadcrumbs = [...above.matchAll(BREADCRUMB)].map(([, name = ""]) => name.trim());
  const title = above.slice(above.lastIndexOf("\n") + 1).trim();
  return {
    id: undefined,
    folders: breadcrumbs.slice(-1),
    modified: MODIFIED.exec(body)?.[1],
    operation: {
      pointer,
      method,
      path,
      title,
      description: findDescription(body),
      tag: breadcrumbs.at(-1),
      deprecated: /^Deprecated$/m.test(body) || undefined,
      security: findSecurity(body),
      servers: findServers(body, path),
      parameters: new Map([
        ...pathParameterNames(path).map((name) => makeParameter(pointer, "path", name, pathParameterNames(path))),
        ...findParameters(text, found.index).map(([where, name, line]) => makeParameter([line], where, name, [])),
      ]),
      request: findRequest(text, found.index),
      responses,
      callbacks: new Map(),
    },
    isComplete: false,
    // The start of a page that is cut off, or a line of its navigation.
    isTitleCut: breadcrumbs.length === 0 || /^\d+\. /.test(title),
    document: undefined,
    lineOf: (position) => findLine(text, position),
  };
}

const makeBody = (pointer: Pointer, examples: Example[], mediaType?: string): Body => ({
  pointer,
  mediaType: mediaType ?? (examples.length > 0 ? JSON_TYPE : undefined),
  mediaTypes: mediaType === undefined ? [] : [mediaType],
  required: undefined,
  schemas: [],
  fields: undefined,
  examples,
  headers: undefined,
});

const makeParameter = (pointer: Pointer, where: string, name: string, positions: string[]): [string, Parameter] => [
  parameterKey(where, name, positions),
  {
    pointer,
    in: where,
    name,
    required: where === "path",
    keywords: new Map(),
    description: undefined,
    fields: undefined,
  },
];

/** The text between the path, which is on the second line, and the request. */
function findDescription(body: string): string | undefined {
  const end = body.search(/^(?:Request|Responses)$/m);
  const [, , ...text] = body.slice(0, Math.max(0, end)).split("\n");
  return text.join("\n").trim() || undefined;
}

function findSecurity(body: string): string[] | undefined {
  const name = AUTHORIZATION.exec(body)?.[1];
  return name === undefined ? undefined : [namedScheme(name)];
}

/** The host in the curl line, when it has one. Path parameters are blank there. */
function findServers(body: string, path: string): string[] {
  const [, url = ""] = /^curl --location[^'\n]*'(https?:\/\/[^'?\n]*)/m.exec(body) ?? [];
  const blank = path.replace(/\{[^{}/]*\}/g, "");
  return url.endsWith(blank) && blank.length < url.length ? [serverUrl(url.slice(0, -blank.length))] : [];
}

/** The request body: its heading above the responses, and the sample in the curl line. */
function findRequest(text: string, from: number): Body | undefined {
  const sample = findRequestSample(text, from);
  const heading = BODY_PARAMS.exec(text.slice(from));
  if (!sample && !heading) return undefined;
  const pointer = sample?.pointer ?? [lineNumber(text, from + (heading?.index ?? 0))];
  const body = makeBody(pointer, sample?.examples ?? [], heading?.[1]);
  return {
    ...body,
    mediaType: body.mediaType ?? (sample ? JSON_TYPE : undefined),
    required: heading ? heading[2] !== undefined : undefined,
  };
}

/** Query parameters and headers of the curl line. */
function findParameters(text: string, from: number): [string, string, number][] {
  const start = text.indexOf("curl --location", from);
  if (start < 0) return [];
  const end = text.indexOf("Response Response Example", start);
  const curl = text.slice(start, end < 0 ? undefined : end);
  const line = lineNumber(text, start);
  const [, address = ""] = /^[^']*'([^'\n]*)'/.exec(curl) ?? [];
  const query = (address.split("?")[1] ?? "").split("&").filter(Boolean);
  const headers = [...curl.matchAll(/^--header '([\w-]+)[:;]/gm)].map(([, name = ""]) => name);
  return [
    ...query.map((name): [string, string, number] => ["query", decodeName(name.split("=")[0] ?? ""), line]),
    ...headers.filter(isParameterHeader).map((name): [string, string, number] => ["header", name, line]),
  ];
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The body of the curl line. One that is cut off still shows that there is a body. */
function findRequestSample(text: string, from: number): Sample | undefined {
  const lead = /--data(?:-raw)? '/.exec(text.slice(from));
  if (!lead) return undefined;
  const start = from + lead.index + lead[0].length;
  const length = text.slice(start).search(/'\n(?:Response Response Example|Modified at)/);
  return length > 0
    ? parseSample(text.slice(start, start + length).replaceAll("'\\''", "'"), lineNumber(text, start))
    : undefined;
}

/** The example under `200 - Title`. */
function findResponseSample(text: string, from: number): (Sample & { status: string }) | undefined {
  const found = /^Response Response Example\n([1-5]\d\d)\b[^\n]*\n/m.exec(text.slice(from));
  if (!found) return undefined;
  const start = from + found.index + found[0].length;
  const length = text.slice(start).search(/^(Modified at|Previous$|Next$|Built with)/m);
  const json = text.slice(start, length < 0 ? undefined : start + length);
  return { status: found[1] ?? "", ...parseSample(json, lineNumber(text, start)) };
}

/** A body as printed. It has no example when it is cut off or is not JSON. */
interface Sample {
  pointer: Pointer;
  examples: Example[];
}

function parseSample(json: string, line: number): Sample {
  const pointer = [line];
  try {
    return { pointer, examples: [{ pointer, value: JSON.parse(json) as unknown }] };
  } catch {
    return { pointer, examples: [] };
  }
}

const lineNumber = (text: string, offset: number) => text.slice(0, offset).split("\n").length;

/** The first line with a name, in the example that starts on the given line. */
function findLine(text: string, [line, ...names]: Pointer): number {
  const start = Number(line ?? 1);
  const lines = text.split("\n").slice(start - 1);
  const name = names.findLast((part) => typeof part === "string");
  const offset = name === undefined ? -1 : lines.findIndex((content) => content.includes(`"${name}":`));
  return start + Math.max(0, offset);
}
