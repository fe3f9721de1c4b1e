/** The parts of an operation in a spec that say how much of it is documented. */
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

export type Evidence = "documented" | "partial" | "observed" | "inferred";

/** The meaning of each level, and its background color. */
export const EVIDENCE: Record<Evidence, { meaning: string; color: string }> = {
  documented: { meaning: "method, path, parameters and a body are documented", color: "#a7e3bd" },
  partial: { meaning: "method and path are documented, the rest in part", color: "#f6d58a" },
  observed: { meaning: "method or path was inferred, and the API answered there", color: "#b9d4f7" },
  inferred: { meaning: "method or path is inferred", color: "#f7b9b2" },
};

/** The evidence of an operation as Markdown, for the end of its description. */
function evidenceOf(operation: Operation): string {
  const { "x-evidence": evidence, "x-inferred": inferred, "x-unknown": unknown = [] } = operation;
  const { "x-source": sources = [], "x-older-titles": titles = [], "x-replaced-by": successor } = operation;
  const pages = sources.map(({ slug, modified }) => `\`${slug}\`${modified ? ` (${modified})` : ""}`);
  return [
    evidence && `**Evidence: ${evidence}**, that is, ${EVIDENCE[evidence].meaning}.`,
    inferred && `**Inferred:** ${inferred.trim()}`,
    unknown.length > 0 && ["**Undocumented:**\n", ...unknown.map((line) => `- ${line}`)].join("\n"),
    `**Source:** ${pages.join(", ") || "none"}`,
    titles.length > 0 && `**Older titles:** ${titles.join(", ")}`,
    successor && `**Replaced by:** \`${successor}\``,
    operation["x-idempotent"] && "**Idempotent** by the documentation.",
  ]
    .filter((part) => typeof part === "string" && part !== "")
    .join("\n\n");
}

const joined = (parts: unknown[], between: string): string =>
  parts.filter((part) => typeof part === "string" && part !== "").join(between);

/** The operation with its evidence in the description and as a badge. */
export function withEvidence<Given extends Operation>(operation: Given): Given {
  const evidence = operation["x-evidence"];
  return {
    ...operation,
    description: joined([operation.description?.trimEnd(), evidenceOf(operation)], "\n\n"),
    ...(evidence && { "x-badges": [{ name: evidence, color: EVIDENCE[evidence].color }] }),
  };
}

/** These hold data of the API, which is shown unchanged. */
const DATA_KEYS = new Set(["example", "examples", "default", "const", "enum"]);

/** A part of a spec, with what was inferred of each parameter, field and response in its description. */
export function withInferred(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withInferred);
  if (typeof part !== "object" || part === null) return part;
  const copy = Object.fromEntries(
    Object.entries(part).map(([name, value]) => [name, DATA_KEYS.has(name) ? value : withInferred(value)]),
  );
  const { description, "x-inferred": inferred, "x-open-enum": values } = copy;
  const notes = [
    typeof inferred === "string" && `*Inferred: ${inferred.trim()}*`,
    Array.isArray(values) && `Observed: ${values.map((value) => `\`${value}\``).join(", ")}. There may be others.`,
  ].filter(Boolean);
  return notes.length > 0
    ? { ...copy, description: joined([typeof description === "string" && description.trimEnd(), ...notes], " ") }
    : copy;
}
