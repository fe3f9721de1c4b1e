import { UNKNOWN_PATH } from "./observe-call.js";
import type { PreparedRequest } from "./prepared-request.js";
import { isForm, isFormData } from "./serialize.js";

/** Headers whose values are names of formats. */
const FORMAT_HEADERS = new Set(["accept", "content-type"]);

/**
 * All values that a request sent in its path, query, headers and body: what an error must not show. Those of the URL also as
 * they stand in it.
 */
export function* sentValues({ call, url, headers, body }: PreparedRequest): Generator<string> {
  const { pathname, search, searchParams } = new URL(url);
  // Of an unknown path, any segment may be a value.
  const template = call.path === UNKNOWN_PATH ? pathname.replace(/[^/]+/g, "{}").split("/") : call.path.split("/");
  for (const [index, segment] of pathname.split("/").slice(-template.length).entries()) {
    if (template[index]?.startsWith("{")) yield* [segment, decode(segment)];
  }
  for (const parameter of search.slice(1).split("&")) yield parameter.slice(parameter.indexOf("=") + 1);
  yield* searchParams.values();
  for (const [name, value] of Object.entries(headers))
    if (!FORMAT_HEADERS.has(name)) yield* [value, ...value.split(" ")];
  yield* bodyValues(body, headers["content-type"] ?? "");
}

function* bodyValues(body: BodyInit | undefined, contentType: string): Generator<string> {
  if (isFormData(body)) {
    for (const value of body.values()) if (typeof value === "string") yield value;
  } else if (body !== undefined) {
    const text = typeof body === "string" ? body : new TextDecoder().decode(body as ArrayBuffer);
    if (isForm(contentType)) yield* new URLSearchParams(text).values();
    else yield* leavesOf(text);
  }
}

function* leavesOf(json: string): Generator<string> {
  let parts: unknown[];
  try {
    parts = [JSON.parse(json)];
  } catch {
    return;
  }
  while (parts.length > 0) {
    const part = parts.pop();
    if (typeof part === "string" || typeof part === "number") yield String(part);
    else for (const inner of Object.values(part ?? {})) parts.push(inner);
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
