/** What a spec says of an operation and of how it is known. */
export interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  deprecated?: boolean;
  "x-evidence"?: Evidence;
  "x-inferred"?: string;
  "x-unknown"?: string[];
  "x-source"?: { slug: string; id: number; modified: string | null }[];
  "x-older-titles"?: string[];
  "x-replaced-by"?: string;
  "x-idempotent"?: boolean;
  "x-badges"?: { name: string; color: string }[];
}

export type Evidence = "documented" | "partial" | "inferred";

/** What each evidence means, and a colour to put dark text on. */
export const EVIDENCE: Record<Evidence, { meaning: string; color: string }> = {
  documented: { meaning: "method, path, parameters and a body were read", color: "#a7e3bd" },
  partial: { meaning: "method and path were read, the rest in part", color: "#f6d58a" },
  inferred: { meaning: "method or path was concluded, not read", color: "#f7b9b2" },
};

/** The evidence of an operation as Markdown, for the end of its description. */
function evidenceOf(operation: Operation): string {
  const { "x-evidence": evidence, "x-inferred": inferred, "x-unknown": unknown = [] } = operation;
  const { "x-source": sources = [], "x-older-titles": titles = [], "x-replaced-by": successor } = operation;
  const pages = sources.map(({ slug, modified }) => `\`${slug}\`${modified ? ` (${modified})` : ""}`);
  return [
    evidence && `**Evidence: ${evidence}.** That is: ${EVIDENCE[evidence].meaning}.`,
    inferred && `**Inferred:** ${inferred.trim()}`,
    unknown.length > 0 && ["**Not known:**\n", ...unknown.map((line) => `- ${line}`)].join("\n"),
    `**Read from:** ${pages.join(", ") || "no page."}`,
    titles.length > 0 && `**Older titles:** ${titles.join(", ")}`,
    successor && `**Replaced by:** \`${successor}\``,
    operation["x-idempotent"] && "**May be sent twice** without harm, by the documentation.",
  ]
    .filter((part) => typeof part === "string" && part !== "")
    .join("\n\n");
}

const joined = (parts: unknown[], between: string): string =>
  parts.filter((part) => typeof part === "string" && part !== "").join(between);

/** The operation with its evidence where a reader sees it. */
export function withEvidence<Given extends Operation>(operation: Given): Given {
  const evidence = operation["x-evidence"];
  return {
    ...operation,
    description: joined([operation.description?.trimEnd(), evidenceOf(operation)], "\n\n"),
    ...(evidence && { "x-badges": [{ name: evidence, color: EVIDENCE[evidence].color }] }),
  };
}

/** Under these stands what goes over the wire: it is shown as it is. */
const WIRE = new Set(["example", "examples", "default", "const", "enum"]);

/** A part of a spec, with what was concluded of each parameter, field and answer in its description. */
export function withInferred(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withInferred);
  if (typeof part !== "object" || part === null) return part;
  const copy = Object.fromEntries(
    Object.entries(part).map(([name, value]) => [name, WIRE.has(name) ? value : withInferred(value)]),
  );
  const { description, "x-inferred": inferred, "x-open-enum": values } = copy;
  const notes = [
    typeof inferred === "string" && `*Inferred: ${inferred.trim()}*`,
    Array.isArray(values) && `Seen: ${values.map((value) => `\`${value}\``).join(", ")}; there may be others.`,
  ].filter(Boolean);
  return notes.length > 0
    ? { ...copy, description: joined([typeof description === "string" && description.trimEnd(), ...notes], " ") }
    : copy;
}
