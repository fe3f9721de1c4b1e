import type { Pointer } from "../read/json.js";
import type { KeywordKind } from "../read/keywords.js";

export type DifferenceKind =
  | "method"
  | "path"
  | "title"
  | "tag"
  | "deprecated"
  | "modified"
  | "security"
  | "nullable"
  | `server ${"added" | "removed"}`
  | `parameter ${"added" | "removed" | "type" | "required"}`
  | `header ${"added" | "removed" | "type"}`
  | `field ${"added" | "removed" | "type" | "required"}`
  | `enum ${"added" | "removed" | "replaced"}`
  | KeywordKind
  | `status ${"added" | "removed"}`
  | `body ${"added" | "removed" | "required"}`
  | `media type ${"added" | "removed"}`
  | `callback ${"added" | "removed"}`
  | "example";

/** A difference between a page and a spec. */
export interface Difference {
  kind: DifferenceKind;
  /** What differs, for display: `200 data[].id`. */
  what: string;
  spec: string | undefined;
  page: string | undefined;
  /** Pointers into the document of the spec and of the page. */
  specPointer: Pointer;
  pagePointer: Pointer;
  /** Why the spec left it open, where the page answers a question rather than contradicts the spec. */
  answers?: string;
  /** Its subject, for `docs:apply`. */
  parameter?: string;
  body?: string;
  header?: string;
  field?: string;
  values?: string[];
  /** A keyword, and its value on the page as JSON. */
  keyword?: string;
  json?: string | undefined;
}

/** Whether a page only says more than the spec. */
export const isAddition = ({ kind, answers }: Difference): boolean => kind.endsWith("added") || answers !== undefined;
