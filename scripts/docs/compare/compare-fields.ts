import { type Field, type Fields, parentOf } from "../read/fields.js";
import type { Difference, Kind } from "./difference.js";

/** What a table of fields belongs to: a parameter, or a body by its status or `request`. */
export type Owner = { parameter: string } | { body: string };

export interface FieldRules {
  /** Whether a field that the page leaves optional may not be required: so in what is sent. */
  isSent: boolean;
  /** Whether that a place is required was concluded and not read. */
  isInferred(at: Field["at"]): boolean;
}

const STRICT: FieldRules = { isSent: true, isInferred: () => false };

/** Two tables of fields of which the page's is whole. */
export function compareFields(ours: Fields, theirs: Fields, owner: Owner, rules = STRICT): Difference[] {
  const isParameter = "parameter" in owner;
  const name = isParameter ? owner.parameter : owner.body;
  const found: Difference[] = [];
  const say = (kind: Kind, path: string, spec: string | undefined, page: string | undefined, values?: string[]) => {
    found.push({
      kind: isParameter && kind === "field type" ? "parameter type" : kind,
      what: path === "" ? name : `${name} ${path}`,
      spec,
      page,
      specAt: nearestOf(ours, path)?.at ?? [],
      pageAt: nearestOf(theirs, path)?.at ?? [],
      ...owner,
      field: path,
      ...(values && { values }),
    });
  };

  for (const [path, their] of theirs) {
    const our = ours.get(path);
    if (!our) {
      if (path === "" || ours.has(parentOf(path))) say("field added", path, undefined, typeText(their));
      continue;
    }
    if (!accepts(our, their)) say("field type", path, typeText(our), typeText(their));
    const parent = ours.get(parentOf(path));
    if (path !== "" && their.required !== our.required) {
      const isKnown = !their.required && (!rules.isSent || (parent && rules.isInferred(parent.at)));
      if (!isKnown) say("field required", path, requiredText(our), requiredText(their));
    }
    const added = [...(their.values ?? [])].filter((value) => !our.values?.has(value));
    const removed = our.closed ? [...(our.values ?? [])].filter((value) => !their.values?.has(value)) : [];
    if (added.length > 0) say("enum added", path, valuesText(our), added.join(", "), added);
    if (removed.length > 0) say("enum removed", path, removed.join(", "), valuesText(their), removed);
  }
  for (const [path, our] of ours)
    if (path !== "" && isDropped(path, theirs)) say("field removed", path, typeText(our), undefined);
  return found;
}

/** The field itself, or the nearest one that it stands in. */
export function nearestOf(fields: Fields, path: string): Field | undefined {
  return fields.get(path) ?? (path === "" ? undefined : nearestOf(fields, parentOf(path)));
}

/** Whether a field is not shown where its neighbours are. What shows nothing of an object does not say that it has none. */
export function isDropped(path: string, shown: Pick<Fields, "has" | "keys">): boolean {
  const parent = parentOf(path);
  if (path.endsWith("[]") || shown.has(path) || !shown.has(parent)) return false;
  return [...shown.keys()].some((other) => other !== "" && !other.endsWith("[]") && parentOf(other) === parent);
}

/** A spec may take more types than the page shows: samples differ. */
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

/** Whether nothing is known of a body but that it is one. */
export function isUnseen(fields: Fields | undefined): boolean {
  const root = fields?.get("");
  return !fields || !root || (fields.size === 1 && [...root.types].every((type) => type === "object"));
}
