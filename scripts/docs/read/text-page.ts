import { UnreadableError } from "../unreadable-error.js";
import type { Pointer } from "./json.js";
import {
  type Body,
  type Example,
  isParameterHeader,
  type Parameter,
  parameterKey,
  pathParameterNames,
} from "./operation.js";
import { MODIFIED, type PageContent } from "./page.js";

const OPERATION = /^(GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS|TRACE)\n(\/\S*)$/m;
const JSON_TYPE = "application/json";
const STATUS = /^\p{Extended_Pictographic}\s*([1-5]\d\d)(?=\D|$)/gmu;

/**
 * Reads a page in plain text. It has no tables of fields: it shows the names of query and header parameters (in the curl
 * line), statuses, and an example of each body. A pointer into it is a line number, followed by the names in an example.
 */
export function readTextPage(text: string): PageContent {
  const found = OPERATION.exec(text);
  if (!found) throw new UnreadableError("neither an OpenAPI document nor an operation in plain text");
  const [, method = "", path = ""] = found;
  const above = text.slice(0, found.index).trimEnd();
  const body = text.slice(found.index);
  const pointer = [lineNumber(text, found.index)];

  const responses = new Map<string, Body>();
  for (const { 1: status = "", index } of body.matchAll(STATUS))
    if (!responses.has(status)) responses.set(status, makeBody([lineNumber(text, found.index + index)], []));
  const response = findResponseSample(text, found.index);
  const described = response && responses.get(response.status);
  if (response && described)
    responses.set(response.status, { ...described, ...makeBody(described.pointer, response.examples) });

  const request = findRequestSample(text, found.index);
  return {
    id: undefined,
    modified: MODIFIED.exec(body)?.[1],
    operation: {
      pointer,
      method,
      path,
      title: above.slice(above.lastIndexOf("\n") + 1).trim(),
      tag: [...above.matchAll(/^ *\d+\. (.+)$/gm)].at(-1)?.[1]?.trim(),
      deprecated: /^Deprecated$/m.test(body),
      parameters: new Map([
        ...pathParameterNames(path).map((name) => makeParameter(pointer, "path", name, pathParameterNames(path))),
        ...findParameters(text, found.index).map(([where, name, line]) => makeParameter([line], where, name, [])),
      ]),
      request: request && { ...makeBody(request.pointer, request.examples), mediaType: JSON_TYPE },
      responses,
    },
    isComplete: false,
    document: undefined,
    lineOf: (position) => findLine(text, position),
  };
}

const makeBody = (pointer: Pointer, examples: Example[]): Body => ({
  pointer,
  mediaType: examples.length > 0 ? JSON_TYPE : undefined,
  required: false,
  schemas: [],
  fields: undefined,
  examples,
});

const makeParameter = (pointer: Pointer, where: string, name: string, positions: string[]): [string, Parameter] => [
  parameterKey(where, name, positions),
  { pointer, in: where, name, required: where === "path", fields: undefined },
];

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
