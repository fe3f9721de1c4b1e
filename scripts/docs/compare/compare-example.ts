import { Ajv2020 } from "ajv/dist/2020.js";
import { type Fields, inside, jsonType, nameOf, parentOf, stepsOf } from "../read/fields.js";
import { objectOf } from "../read/json.js";
import type { Body, Example } from "../read/operation.js";
import type { Pointer } from "../read/parse-yaml.js";
import type { SpecFile } from "../read/spec-folder.js";
import { isDropped, nearestOf, typeText } from "./compare-fields.js";
import type { Difference, Kind } from "./difference.js";

/** What a documentation tool fills in where nobody gave a value. */
const PLACEHOLDER = "string";

/** What a page's example shows that the spec's table of fields does not hold, and the other way round. */
export function compareShown(ours: Body, { at, value }: Example, body: string): Difference[] {
  const fields: Fields = ours.fields ?? new Map();
  const differences = new Map<string, Difference>();
  const say = (kind: Kind, field: string, spec: string | undefined, page: string | undefined, values?: string[]) => {
    const what = field === "" ? body : `${body} ${field}`;
    const specAt = nearestOf(fields, field)?.at ?? ours.at;
    const pageAt = [...at, ...stepsOf(field).filter((step) => step !== "[]")];
    const said = { kind, what, spec, page, specAt, pageAt, body, field, ...(values && { values }) };
    differences.set(`${kind} ${field} ${values ?? ""}`, said);
  };

  for (const { path, value: shown } of partsOf(value)) {
    const field = fields.get(path);
    const type = jsonType(shown);
    if (!field) {
      if (fields.has(parentOf(path))) say("field added", path, undefined, type);
    } else if (!takes(field.types, type)) say("field type", path, typeText(field), type);
    else if (field.values && typeof shown === "string" && shown !== PLACEHOLDER && !field.values.has(shown))
      say("enum added", path, [...field.values].join(", "), shown, [shown]);
  }
  const shown = namesIn(value);
  for (const path of missing(shown, nearestExample(ours, shown))) {
    const field = fields.get(path);
    say("field removed", path, field && typeText(field), undefined);
  }
  return [...differences.values()];
}

/** Whether a page's example contradicts the page's own table of fields, as they sometimes do. */
export function contradictsItself(fields: Fields, value: unknown): boolean {
  const required = [...fields].filter(([path, field]) => field.required && path !== "" && !path.endsWith("[]"));
  return partsOf(value).some(({ path, value: part }) => {
    const field = fields.get(path);
    if (!field) return false;
    if (!takes(field.types, jsonType(part))) return true;
    if (field.values && typeof part === "string" && !field.values.has(part)) return true;
    const lacks = (child: string) => parentOf(child) === path && !Object.hasOwn(objectOf(part), nameOf(child));
    return jsonType(part) === "object" && required.some(([child]) => lacks(child));
  });
}

const takes = (types: Set<string>, type: string) =>
  types.size === 0 || types.has(type) || (type === "integer" && types.has("number"));

/** Every value in an example with the path of its field. */
function partsOf(value: unknown, path = ""): { path: string; value: unknown }[] {
  const here = { path, value };
  if (Array.isArray(value)) return [here, ...value.flatMap((item) => partsOf(item, `${path}[]`))];
  const parts = Object.entries(objectOf(value));
  return [here, ...parts.flatMap(([name, part]) => partsOf(part, inside(path, name)))];
}

const namesIn = (value: unknown) => new Set(partsOf(value).map(({ path }) => path));

/** Fields that one example shows and another, which shows their neighbours, does not. */
const missing = (shown: Set<string>, known: Set<string>) => [...known].filter((path) => isDropped(path, shown));

/** Of the examples that a spec keeps, the names in the one most like the page's. */
function nearestExample(ours: Body, shown: Set<string>): Set<string> {
  const overlap = (names: Set<string>) => [...names].filter((name) => shown.has(name)).length;
  const [nearest] = ours.examples
    .map(({ value }) => namesIn(value))
    .sort((one, other) => overlap(other) - overlap(one));
  return nearest ?? new Set();
}

/** What older forms a spec keeps beside the page's own: fields that some other example shows and this one does not. */
export function lacks(ours: Body, value: unknown): string[] {
  const shown = namesIn(value);
  return [...new Set(ours.examples.flatMap((example) => missing(shown, namesIn(example.value))))];
}

/** Validators of a spec, made when they are first needed. */
const validators = new WeakMap<SpecFile, Ajv2020>();

/** What a spec's schema finds wrong with an example. Formats are not asked for: tools fill in any text. */
export function faultsOf(file: SpecFile, schema: Pointer, value: unknown): string[] {
  const ajv = validators.get(file) ?? new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  if (!validators.has(file)) {
    ajv.addSchema(file.value as object, file.name);
    validators.set(file, ajv);
  }
  const fragment = schema.map((key) => encodeURIComponent(String(key).replaceAll("~", "~0").replaceAll("/", "~1")));
  const validate = ajv.compile({ $ref: `${file.name}#/${fragment.join("/")}` });
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`.trim());
}
