import type { Pointer } from "../read/json.js";
import type { Page } from "../read/page.js";
import type { KnownOperation } from "../read/spec-folder.js";
import type { Difference, DifferenceKind } from "./difference.js";

/** The value and the pointer of one side of a difference. */
export type Side = [value: string | undefined, pointer: Pointer];

export type Comparer = (spec: KnownOperation, page: Page) => Iterable<Difference>;

export function differ(
  kind: DifferenceKind,
  what: string,
  [spec, specPointer]: Side,
  [page, pagePointer]: Side,
  subject: Partial<Difference> = {},
): Difference {
  return { kind, what, spec, page, specPointer, pagePointer, ...subject };
}

/** A page answers what the spec does not mention. */
export const nothing = { answers: "the spec has nothing" };
