import { type Field, type Fields, parentPath } from "../read/fields.js";
import { keywordKind } from "../read/keywords.js";
import type { Difference, DifferenceKind } from "./difference.js";

/** The owner of a table of fields: a parameter, a header of a response, or a body by its status or `request`. */
export interface FieldsOwner {
  name: string;
  subject: Pick<Difference, "parameter" | "body" | "header">;
  /** The kind of a difference in the type of the root. */
  typeKind: DifferenceKind;
  /** What the spec says about a field as inferred. */
  markOf(path: string): string | undefined;
}

type AddDifference = (
  kind: DifferenceKind,
  path: string,
  spec: string | undefined,
  page: string | undefined,
  more?: Partial<Difference>,
) => void;

/** Compares the fields of a spec with those of a complete page. */
export function compareFields(ours: Fields, theirs: Fields, owner: FieldsOwner): Difference[] {
  const found: Difference[] = [];
  const add: AddDifference = (kind, path, spec, page, more = {}) => {
    found.push({
      kind: path === "" && kind === "field type" ? owner.typeKind : kind,
      what: path === "" ? owner.name : `${owner.name} ${path}`,
      spec,
      page,
      specPointer: nearestField(ours, path)?.pointer ?? [],
      pagePointer: nearestField(theirs, path)?.pointer ?? [],
      ...owner.subject,
      field: path,
      ...more,
    });
  };

  for (const [path, their] of theirs) {
    const our = ours.get(path);
    if (our) compareField(path, our, their, owner.markOf(path), add);
    else if (path === "" || canContain(ours.get(parentPath(path)), path))
      add("field added", path, undefined, typeText(their));
  }
  for (const [path, our] of ours)
    if (path !== "" && isRemoved(path, theirs)) add("field removed", path, typeText(our), undefined);
  return found;
}

function compareField(path: string, our: Field, their: Field, mark: string | undefined, add: AddDifference): void {
  if (!accepts(our, their, mark)) add("field type", path, typeText(our), typeText(their));
  // What is inferred and left open by the page is listed with the answers.
  if (path !== "" && their.required !== our.required && (their.required || mark === undefined))
    add("field required", path, requiredText(our), requiredText(their));
  compareValues(path, our, their, mark, add);
  for (const { kind, spec, page, ...subject } of compareKeywords(our.keywords, their.keywords, mark))
    add(kind, path, spec, page, subject);
}

function compareValues(path: string, our: Field, their: Field, mark: string | undefined, add: AddDifference): void {
  const [known, shown] = [[...(our.values ?? [])], [...(their.values ?? [])]];
  const added = shown.filter((value) => !our.values?.has(value));
  // Without a list the page says nothing against an open one.
  const removed =
    their.values || (our.closed && mark === undefined) ? known.filter((value) => !their.values?.has(value)) : [];
  if (added.length + removed.length > 0 && our.values && their.values && coversValues(mark)) {
    add("enum replaced", path, valuesText(our), valuesText(their), { values: shown, answers: `inferred: ${mark}` });
    return;
  }
  if (added.length > 0) add("enum added", path, valuesText(our), added.join(", "), { values: added });
  if (removed.length > 0) add("enum removed", path, removed.join(", "), valuesText(their), { values: removed });
}

/** Whether a mark of what is inferred is about a list of values. One that names other things is not. */
const coversValues = (mark: string | undefined): boolean =>
  mark !== undefined && (/\bvalues?\b/i.test(mark) || !/\b(?:type|format|optional|required|name)/i.test(mark));

type KeywordDifference = Pick<Difference, "kind" | "spec" | "page" | "keyword" | "json">;

/** Compares what is said beside the type. What is inferred need not be on the page. */
export function* compareKeywords(
  ours: Map<string, string>,
  theirs: Map<string, string>,
  mark: string | undefined,
): Iterable<KeywordDifference> {
  for (const keyword of new Set([...ours.keys(), ...theirs.keys()])) {
    const [our, their] = [ours.get(keyword), theirs.get(keyword)];
    if (our === their || (their === undefined && mark !== undefined)) continue;
    const text = (value: string | undefined) => (value === undefined ? undefined : `${keyword} ${value}`);
    yield { kind: keywordKind(keyword), spec: text(our), page: text(their), keyword, json: their };
  }
}

/** The field, else its nearest existing parent. */
export function nearestField(fields: Fields, path: string): Field | undefined {
  return fields.get(path) ?? (path === "" ? undefined : nearestField(fields, parentPath(path)));
}

/** Whether a field is missing where its siblings are shown. An object without any shown field is undocumented. */
export function isRemoved(path: string, shown: Pick<Fields, "has" | "keys">): boolean {
  const parent = parentPath(path);
  if (path.endsWith("[]") || shown.has(path) || !shown.has(parent)) return false;
  return [...shown.keys()].some((other) => other !== "" && !other.endsWith("[]") && parentPath(other) === parent);
}

/** Whether a field of the spec can have a part at a path. Where its type differs, that is the difference. */
export function canContain(parent: Field | undefined, path: string): boolean {
  return (
    parent !== undefined && (parent.types.size === 0 || parent.types.has(path.endsWith("[]") ? "array" : "object"))
  );
}

/** A spec may allow more types than the page: samples differ. */
function accepts(our: Field, their: Field, mark: string | undefined): boolean {
  if (their.types.size === 0) return true;
  if (our.types.size === 0) return [...their.types].every((type) => type === "object" || type === "null");
  const format = their.format === our.format || (their.format === undefined && mark !== undefined);
  return format && [...their.types].every((type) => our.types.has(type));
}

const requiredText = ({ required }: Field) => (required ? "required" : "optional");
const valuesText = ({ values }: Field) => (values ? [...values].join(", ") : undefined);

export function typeText({ types, format }: Field): string {
  return `${[...types].join(" | ") || "any"}${format ? ` (${format})` : ""}`;
}

/** Whether no field of a body is known. */
export function isUndocumented(fields: Fields | undefined): boolean {
  const root = fields?.get("");
  return !fields || !root || (fields.size === 1 && [...root.types].every((type) => type === "object"));
}
