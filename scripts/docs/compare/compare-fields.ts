import { type Field, type Fields, parentPath } from "../read/fields.js";
import type { Difference, DifferenceKind } from "./difference.js";

/** The owner of a table of fields: a parameter, or a body by its status or `request`. */
export type FieldsOwner = { parameter: string } | { body: string };

export interface FieldRules {
  /** Whether the fields are sent. A sent field must not be required when the page has it as optional. */
  isSent: boolean;
  /** Whether the spec inferred what it says at a pointer. */
  isInferred(pointer: Field["pointer"]): boolean;
}

const STRICT: FieldRules = { isSent: true, isInferred: () => false };

/** Compares the fields of a spec with those of a complete page. */
export function compareFields(ours: Fields, theirs: Fields, owner: FieldsOwner, rules = STRICT): Difference[] {
  const isParameter = "parameter" in owner;
  const name = isParameter ? owner.parameter : owner.body;
  const found: Difference[] = [];
  const add = (
    kind: DifferenceKind,
    path: string,
    spec: string | undefined,
    page: string | undefined,
    values?: string[],
  ) => {
    found.push({
      kind: isParameter && kind === "field type" ? "parameter type" : kind,
      what: path === "" ? name : `${name} ${path}`,
      spec,
      page,
      specPointer: nearestField(ours, path)?.pointer ?? [],
      pagePointer: nearestField(theirs, path)?.pointer ?? [],
      ...owner,
      field: path,
      ...(values && { values }),
    });
  };

  for (const [path, their] of theirs) {
    const our = ours.get(path);
    if (!our) {
      if (path === "" || ours.has(parentPath(path))) add("field added", path, undefined, typeText(their));
      continue;
    }
    if (!accepts(our, their)) add("field type", path, typeText(our), typeText(their));
    const parent = ours.get(parentPath(path));
    if (path !== "" && their.required !== our.required) {
      const isKnown = !their.required && (!rules.isSent || (parent && rules.isInferred(parent.pointer)));
      if (!isKnown) add("field required", path, requiredText(our), requiredText(their));
    }
    const added = [...(their.values ?? [])].filter((value) => !our.values?.has(value));
    const removed = our.closed ? [...(our.values ?? [])].filter((value) => !their.values?.has(value)) : [];
    if (added.length > 0) add("enum added", path, valuesText(our), added.join(", "), added);
    if (removed.length > 0) add("enum removed", path, removed.join(", "), valuesText(their), removed);
  }
  for (const [path, our] of ours)
    if (path !== "" && isRemoved(path, theirs)) add("field removed", path, typeText(our), undefined);
  return found;
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

/** A spec may allow more types than the page: samples differ. */
function accepts(our: Field, their: Field): boolean {
  if (their.types.size === 0) return true;
  if (our.types.size === 0) return [...their.types].every((type) => type === "object" || type === "null");
  const format = their.format === undefined || their.format === our.format;
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
