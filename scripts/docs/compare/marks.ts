import { FROM_RESPONSES } from "../../specs.js";
import { type Fields, parentPath } from "../read/fields.js";
import { asObject, asString, type Pointer, valueAt } from "../read/json.js";
import type { SpecFile } from "../read/spec-folder.js";

/** The mark of a field that only an example of its page shows. */
export const FROM_EXAMPLE = "From an example; the fields of the page lack it.";

/** What a spec marks as inferred at the first of some places that has a mark. */
export function inferredMark({ value }: Pick<SpecFile, "value">, places: (Pointer | undefined)[]): string | undefined {
  for (const place of places) {
    const mark = place && asString(asObject(valueAt(value, place))["x-inferred"]);
    if (mark !== undefined) return mark.trim().replace(/\s+/g, " ");
  }
  return undefined;
}

/** The mark of a field: its own, or that of the object or list that has it. That of the root is its owner's too. */
export function fieldMark(
  file: Pick<SpecFile, "value">,
  fields: Fields,
  path: string,
  owner: Pointer,
): string | undefined {
  const [field, parent] = [fields.get(path), path === "" ? undefined : fields.get(parentPath(path))];
  const isRoot = path === "" || parentPath(path) === "";
  const places = [field?.pointer, field?.declaredAt, parent?.pointer, parent?.declaredAt, isRoot ? owner : undefined];
  return inferredMark(file, places);
}

/** Whether a field, or an object or list around it, is known from responses only. No page need have it. */
export function isFromResponses(file: Pick<SpecFile, "value">, fields: Fields, path: string, owner: Pointer): boolean {
  if (fieldMark(file, fields, path, owner) === FROM_RESPONSES) return true;
  return path !== "" && isFromResponses(file, fields, parentPath(path), owner);
}
