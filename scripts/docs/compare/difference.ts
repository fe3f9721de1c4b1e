import type { Pointer } from "../read/parse-yaml.js";

export type Kind =
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

/** Something that a page and a spec say differently. */
export interface Difference {
  kind: Kind;
  /** What differs, for people: `200 data[].id`. */
  what: string;
  spec: string | undefined;
  page: string | undefined;
  /** Its place in the spec's document and in the page's. */
  specAt: Pointer;
  pageAt: Pointer;
  /** What it is about, for `docs:apply`. */
  parameter?: string;
  body?: string;
  field?: string;
  values?: string[];
}
