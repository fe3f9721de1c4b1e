import type { Ajv2020, ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { type OperationName, schemas } from "../../generated/schemas.js";
import { closeSchemas } from "./close-schemas.js";
import { createAjv } from "./create-ajv.js";
import type { Violation } from "./violation.js";
import { writtenName } from "./written-name.js";

/** Where a schema is in the specs: `["debtCollection.getBatch", "responses", "200", "application/json"]`. */
export type SchemaPath = readonly [operation: OperationName, ...keys: string[]];

const ajvs = new Map<string, Ajv2020>();

/** Compiled at the first use. */
function validatorOf([operation, ...keys]: SchemaPath, strict: boolean): ValidateFunction {
  const [api = "", operationId = ""] = operation.split(".");
  const key = `${api}${strict ? ".strict" : ""}`;
  let ajv = ajvs.get(key);
  if (!ajv) {
    const document = schemas[api];
    ajv = createAjv().addSchema(strict && document ? closeSchemas(document) : { ...document }, "api");
    ajvs.set(key, ajv);
  }
  const fragment = ["operations", operationId, ...keys].map((part) =>
    encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")),
  );
  const validate = ajv.getSchema(`api#/${fragment.join("/")}`);
  if (!validate) throw new Error(`The spec of ${operation} has no schema at ${keys.join("/")}.`);
  return validate;
}

/** Errors beyond these are not looked at: a long list may have one for each item. */
const MAX_ERRORS = 2_000;

/**
 * Validates a body.
 *
 * @param strict whether fields and values that the spec does not name are violations
 */
export function validateBody(schema: SchemaPath, body: unknown, strict: boolean): Violation[] {
  const validate = validatorOf(schema, strict);
  if (validate(body)) return [];
  const found = new Map<string, Violation>();
  for (const error of joinAlternatives(validate.errors?.slice(0, MAX_ERRORS) ?? [])) {
    const { at, received } = locate(body, error);
    const violation = { at, rule: error.keyword, expected: expectedBy(error), received };
    const key = Object.values(violation).join("\n");
    found.set(key, { ...violation, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()];
}

/**
 * The errors with one at most for all alternatives of `anyOf` at a place. An alternative of the right type says more than one
 * of another, and a part of the value more than the whole.
 */
function joinAlternatives(errors: ErrorObject[]): ErrorObject[] {
  return errors
    .filter(({ keyword }) => keyword === "anyOf")
    .reduce((remaining, choice) => {
      const isHere = (error: ErrorObject) => error.instancePath === choice.instancePath;
      const isInside = ({ instancePath }: ErrorObject) => instancePath.startsWith(`${choice.instancePath}/`);
      const here = remaining.filter((error) => isHere(error) && error !== choice);
      const ofRightType = here.filter(({ keyword }) => keyword !== "type");
      const hasInside = remaining.some(isInside);
      const chosen = ofRightType.length > 0 || hasInside ? ofRightType : here;
      const joined = { ...choice, message: [...new Set(chosen.map(expectedBy))].join(" or ") };
      return [...remaining.filter((error) => !isHere(error)), ...(chosen.length > 1 ? [joined] : chosen)];
    }, errors);
}

/** Ajv's own messages name no values either. */
const EXPECTED: Record<string, (params: ErrorObject["params"]) => string> = {
  required: () => "must be present",
  type: ({ type }) => `must be ${[type].flat().join(" or ")}`,
  enum: ({ allowedValues }) => `must be one of ${[allowedValues].flat().join(", ")}`,
  unevaluatedProperties: () => "must be a field of the spec",
};

const expectedBy = ({ keyword, params, message = "must be valid" }: ErrorObject): string =>
  EXPECTED[keyword]?.(params) ?? message;

/** Where an error is, and the type of what is there. */
function locate(body: unknown, { instancePath, params }: ErrorObject): Pick<Violation, "at" | "received"> {
  let [at, value] = ["", body];
  for (const step of instancePath.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    at += Array.isArray(value) ? "[]" : `.${writtenName(name)}`;
    value = (value as Record<string, unknown>)[name];
  }
  const { missingProperty: missing, unevaluatedProperty: further } = params as Record<string, string | undefined>;
  if (missing !== undefined) [at, value] = [`${at}.${missing}`, undefined];
  if (further !== undefined) {
    at += `.${writtenName(further)}`;
    value = (value as Record<string, unknown>)[further];
  }
  return { at: at.replace(/^\./, "").replaceAll(".{}", "{}"), received: jsonType(value) };
}

function jsonType(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
