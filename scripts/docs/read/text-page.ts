import { Unreadable } from "../unreadable-error.js";
import { MODIFIED } from "./markdown-page.js";
import { type Body, type Example, isParameterHeader, type Parameter, parameterKey, pathNames } from "./operation.js";
import type { Page } from "./page.js";
import type { Pointer } from "./parse-yaml.js";

const OPERATION = /^(GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS|TRACE)\n(\/\S*)$/m;
const JSON_TYPE = "application/json";
const STATUS = /^\p{Extended_Pictographic}\s*([1-5]\d\d)(?=\D|$)/gmu;

/**
 * A page as plain text. Its tables of fields are folded away: what it shows are names of query and header parameters (in
 * the curl line), statuses, and an example of each body. A place on it is a line, and the names that lead on from there.
 */
export function readTextPage(text: string): Omit<Page, "name" | "slug"> {
  const found = OPERATION.exec(text);
  if (!found) throw new Unreadable("neither an OpenAPI document nor an operation in plain text");
  const [, method = "", path = ""] = found;
  const above = text.slice(0, found.index).trimEnd();
  const body = text.slice(found.index);
  const place = [lineAt(text, found.index)];

  const responses = new Map<string, Body>();
  for (const { 1: status = "", index } of body.matchAll(STATUS))
    if (!responses.has(status)) responses.set(status, bodyOf([lineAt(text, found.index + index)], []));
  const answer = answerIn(text, found.index);
  const answered = answer && responses.get(answer.status);
  if (answer && answered) responses.set(answer.status, { ...answered, ...bodyOf(answered.at, answer.examples) });

  const sent = sentIn(text, found.index);
  return {
    id: undefined,
    modified: MODIFIED.exec(body)?.[1],
    operation: {
      at: place,
      method,
      path,
      title: above.slice(above.lastIndexOf("\n") + 1).trim(),
      tag: [...above.matchAll(/^ *\d+\. (.+)$/gm)].at(-1)?.[1]?.trim(),
      deprecated: /^Deprecated$/m.test(body),
      parameters: new Map([
        ...pathNames(path).map((name) => parameter(place, "path", name, pathNames(path))),
        ...parametersIn(text, found.index).map(([where, name, line]) => parameter([line], where, name, [])),
      ]),
      request: sent && { ...bodyOf(sent.at, sent.examples), mediaType: JSON_TYPE },
      responses,
    },
    whole: false,
    document: undefined,
    lineOf: (at) => lineIn(text, at),
  };
}

const bodyOf = (at: Pointer, examples: Example[]): Body => ({
  at,
  mediaType: examples.length > 0 ? JSON_TYPE : undefined,
  required: false,
  schemas: [],
  fields: undefined,
  examples,
});

const parameter = (at: Pointer, where: string, name: string, positions: string[]): [string, Parameter] => [
  parameterKey(where, name, positions),
  { at, in: where, name, required: where === "path", fields: undefined },
];

/** What the curl line names: query parameters without values, and headers. */
function parametersIn(text: string, from: number): [string, string, number][] {
  const start = text.indexOf("curl --location", from);
  if (start < 0) return [];
  const end = text.indexOf("Response Response Example", start);
  const curl = text.slice(start, end < 0 ? undefined : end);
  const line = lineAt(text, start);
  const [, address = ""] = /^[^']*'([^'\n]*)'/.exec(curl) ?? [];
  const query = (address.split("?")[1] ?? "").split("&").filter(Boolean);
  const headers = [...curl.matchAll(/^--header '([\w-]+)[:;]/gm)].map(([, name = ""]) => name);
  return [
    ...query.map((name): [string, string, number] => ["query", decode(name.split("=")[0] ?? ""), line]),
    ...headers.filter(isParameterHeader).map((name): [string, string, number] => ["header", name, line]),
  ];
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** What the curl line sends. A sample that is cut still says that there is a body. */
function sentIn(text: string, from: number): Sample | undefined {
  const lead = /--data(?:-raw)? '/.exec(text.slice(from));
  if (!lead) return undefined;
  const start = from + lead.index + lead[0].length;
  const length = text.slice(start).search(/'\n(?:Response Response Example|Modified at)/);
  return length > 0
    ? sampleOf(text.slice(start, start + length).replaceAll("'\\''", "'"), lineAt(text, start))
    : undefined;
}

/** The example under `200 - Title`. */
function answerIn(text: string, from: number): (Sample & { status: string }) | undefined {
  const found = /^Response Response Example\n([1-5]\d\d)\b[^\n]*\n/m.exec(text.slice(from));
  if (!found) return undefined;
  const start = from + found.index + found[0].length;
  const length = text.slice(start).search(/^(Modified at|Previous$|Next$|Built with)/m);
  const json = text.slice(start, length < 0 ? undefined : start + length);
  return { status: found[1] ?? "", ...sampleOf(json, lineAt(text, start)) };
}

/** A body as printed. One that is cut, or no JSON, is no example. */
interface Sample {
  at: Pointer;
  examples: Example[];
}

function sampleOf(json: string, line: number): Sample {
  const at = [line];
  try {
    return { at, examples: [{ at, value: JSON.parse(json) as unknown }] };
  } catch {
    return { at, examples: [] };
  }
}

const lineAt = (text: string, offset: number) => text.slice(0, offset).split("\n").length;

/** The line of a name inside an example that starts on a line: the first that has it. */
function lineIn(text: string, [line, ...names]: Pointer): number {
  const start = Number(line ?? 1);
  const lines = text.split("\n").slice(start - 1);
  const name = names.findLast((part) => typeof part === "string");
  const offset = name === undefined ? -1 : lines.findIndex((content) => content.includes(`"${name}":`));
  return start + Math.max(0, offset);
}
