import type { OperationName } from "../../generated/schemas.js";
import { ANY_TYPE, bodiesOf, matchingType, statusKey } from "./operation-bodies.js";
import { type SchemaPath, validateBody } from "./validate-body.js";
import type { Violation } from "./violation.js";

const ofWhole = (rule: string, expected: string, received: string): Violation[] => [
  { at: "", rule, expected, received, count: 1 },
];

/** What is wrong with a response before its body is read, or the schema of a body that is to be read. */
export function checkHead(
  operation: OperationName | undefined,
  { status, headers, body }: Response,
): { violations: Violation[]; schema?: SchemaPath } {
  const fail = (...violation: Parameters<typeof ofWhole>) => ({ violations: ofWhole(...violation) });
  const bodies = operation && bodiesOf(operation);
  if (!bodies) return fail("operation", "must be in the specs", "another");
  const key = statusKey(bodies, status);
  if (key === undefined) return fail("status", `must be ${Object.keys(bodies.responses).join(" or ")}`, String(status));
  const contents = bodies.responses[key] ?? {};
  const types = Object.keys(contents);
  const isEmpty = body === null || headers.get("content-length") === "0";
  const sent = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (types.length === 0) return isEmpty || sent === "" ? { violations: [] } : fail("body", "must be empty", "a body");
  const type = isEmpty ? undefined : matchingType(contents, sent);
  if (type?.includes("json")) return { violations: [], schema: [operation, "responses", key, type] };
  if (type !== undefined || types.includes(ANY_TYPE)) return { violations: [] };
  const expected = `must be ${types.join(" or ")}`;
  return isEmpty ? fail("body", expected, "nothing") : fail("contentType", expected, sent ? "another" : "nothing");
}

/** What is wrong with the text of a body. */
export function checkText(schema: SchemaPath, text: string, strict: boolean): Violation[] {
  if (text === "") return ofWhole("body", `must be ${schema.at(-1)}`, "nothing");
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return ofWhole("json", "must be JSON", "text");
  }
  return validateBody(schema, body, strict);
}
