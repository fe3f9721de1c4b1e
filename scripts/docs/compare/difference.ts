import type { Pointer } from "../read/json.js";

export type DifferenceKind =
  | "method"
  | "path"
  | "title"
  | "deprecated"
  | "modified"
  | `parameter ${"added" | "removed" | "type" | "required"}`
  | `field ${"added" | "removed" | "type" | "required"}`
  | `enum ${"added" | "removed"}`
  | `status ${"added" | "removed"}`
  | `body ${"added" | "removed"}`
  | "media type"
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
  /** Its subject, for `docs:apply`. */
  parameter?: string;
  body?: string;
  field?: string;
  values?: string[];
}
