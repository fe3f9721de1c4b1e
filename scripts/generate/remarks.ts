import type { Evidence } from "../specs.js";

/** What of a part is inferred and what was not observed, as one text. */
export function remarksOn({
  "x-inferred": inferred,
  "x-unknown": unknown = [],
  "x-example-cut": cut,
}: Evidence): string {
  const parts = [
    cut && `The example is cut ${cut}`,
    inferred && `Inferred: ${inferred}`,
    unknown.length > 0 && `Undocumented: ${unknown.join("; ")}`,
  ];
  return parts
    .filter((part) => typeof part === "string")
    .map((part) => part.trim().replace(/\s+/g, " ").replace(/\.?$/, "."))
    .join(" ");
}
