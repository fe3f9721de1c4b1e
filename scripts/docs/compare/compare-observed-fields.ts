import { type ObservedField, type ObservedResponses, UNNAMED } from "../../../src/observe/observations.js";
import { type Field, type Fields, isUnnamed, mapPath, parentPath } from "../read/fields.js";
import { asObject, valueAt } from "../read/json.js";
import { fieldPath } from "../read/observed.js";
import type { KnownOperation, SpecFile } from "../read/spec-folder.js";
import { allowsType } from "./compare-example.js";
import { canContain, typeText } from "./compare-fields.js";
import { differ } from "./differ.js";
import type { Difference, DifferenceKind } from "./difference.js";

/** The fields of an observed body by path, as in a spec. */
export const observedFields = ({ body }: ObservedResponses): Map<string, ObservedField> =>
  new Map(Object.entries(body?.fields ?? {}).map(([path, field]) => [fieldPath(path), field]));

/** A field that the spec has and that was observed. */
interface SeenField {
  path: string;
  our: Field;
  their: ObservedField;
  file: SpecFile;
  /** How often it was seen, as text. */
  seen: string;
}

/** A difference in a field: what the spec has, and what was observed. */
interface FieldDifference {
  kind: DifferenceKind;
  spec: string;
  page: string;
  /** What of the field differs, where it is not the field as such. */
  part?: string;
  values?: string[];
}

/** Compares the fields of an observed body with those of the spec. What was not seen is no difference, unless it is required. */
export function* compareObservedFields(
  { file }: KnownOperation,
  body: string,
  ours: Fields,
  theirs: Map<string, ObservedField>,
): Iterable<Difference> {
  const seenPaths = new Set<string>();
  for (const [observed, their] of theirs) {
    const path = specPath(ours, observed);
    seenPaths.add(path);
    const [our, parent] = [ours.get(path), ours.get(parentPath(path))];
    const [name, subject] = [`${body} ${path}`.trim(), { body, field: path }];
    const seen = seenText(observed, their, theirs);
    if (our) {
      const field = { path, our, their, file, seen };
      for (const { kind, spec, page, part, values } of COMPARERS.flatMap((compare) => [...compare(field)]))
        yield differ(kind, part ? `${name} (${part})` : name, [spec, our.pointer], [page, []], {
          ...subject,
          ...(values && { values }),
        });
    } else if (parent && canContain(parent, path)) {
      const text = `${observedTypes(their).join(" | ")}, ${seen}`;
      yield differ("field added", name, [undefined, parent.pointer], [text, []], subject);
    }
  }
  for (const [path, our] of ours) {
    const parent = theirs.get(parentPath(path));
    if (!our.required || path === "" || isUnnamed(path) || seenPaths.has(path) || !parent?.types.object) continue;
    const seen = seenText(path, { present: 0, parents: parent.types.object, types: {} }, theirs);
    yield differ("field required", `${body} ${path}`, ["required", our.pointer], [seen, []], { body, field: path });
  }
}

function* compareTypes({ our, their }: SeenField): Iterable<FieldDifference> {
  const counts: Record<string, number> = their.types;
  const values = Object.values(counts).reduce((sum, part) => sum + part, 0);
  const further = observedTypes(their).filter((type) => !allowsType(our.types, type));
  if (further.length === 0) return;
  const page = further.map((type) => `${type} in ${counts[type]} of ${values} values`).join(", ");
  yield { kind: further.join() === "null" ? "nullable" : "field type", spec: typeText(our), page };
}

function* compareFormats({ our, their, file }: SeenField): Iterable<FieldDifference> {
  const format = FORMATS.find((known) => known === our.format);
  // Of variants of a field only one may have the format.
  if (!format || asObject(valueAt(file.value, our.pointer)).format !== format) return;
  const [strings = 0, formatted = 0] = [their.types.string, their.formats?.[format]];
  if (formatted < strings)
    yield {
      kind: "field type",
      part: format,
      spec: typeText(our),
      page: `${format} in ${formatted} of ${strings} strings`,
    };
}

function* compareRequired({ path, our, their, seen }: SeenField): Iterable<FieldDifference> {
  if (our.required && path !== "" && !isUnnamed(path) && their.present < their.parents)
    yield { kind: "field required", spec: "required", page: seen };
}

function* compareValues({ our, their }: SeenField): Iterable<FieldDifference> {
  if (!our.values) return;
  const isOpen = !our.closed;
  // Values that are not written say something only where no others are allowed.
  const added = Object.entries(their.values ?? {}).filter(
    ([value]) => !our.values?.has(value) && !(isOpen && value === UNNAMED),
  );
  if (added.length === 0) return;
  const strings = their.types.string ?? 0;
  const page = added.map(([value, part]) => `${value === UNNAMED ? "others" : value} in ${part} of ${strings} strings`);
  const values = isOpen ? added.map(([value]) => value) : [];
  yield { kind: "enum added", spec: [...our.values].join(", "), page: page.join(", "), values };
}

const COMPARERS = [compareTypes, compareFormats, compareRequired, compareValues];

const FORMATS = ["date", "date-time", "uuid"] as const;

/** The JSON types of a field. Integers are numbers where others are not integers. */
export const observedTypes = ({ types }: ObservedField): string[] =>
  Object.entries(types).flatMap(([type, part]) => (part === 0 || (type === "integer" && types.number) ? [] : [type]));

function seenText(path: string, { present, parents }: ObservedField, all: Map<string, ObservedField>): string {
  if (isUnnamed(path)) return `${present} observed`;
  return `seen in ${present} of ${parents} ${parents === all.get("")?.parents ? "responses" : "objects"}`;
}

/** The path of an observed field in the spec, where objects may be maps. */
function specPath(ours: Fields, path: string): string {
  if (path === "" || ours.has(path)) return path;
  const observedParent = parentPath(path);
  const parent = specPath(ours, observedParent);
  const map = mapPath(parent);
  return !isUnnamed(path) && ours.has(map) ? map : parent + path.slice(observedParent.length);
}
