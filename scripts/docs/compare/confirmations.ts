import { at, objectOf, pointerOf } from "../read/json.js";
import { bodiesOf, bodyOf } from "../read/operation.js";
import type { Page } from "../read/page.js";
import type { Pointer } from "../read/parse-yaml.js";
import type { KnownOperation, SpecFile } from "../read/spec-folder.js";
import type { Difference } from "./difference.js";

/** Something that a spec has as concluded or seen in part, and that a page shows. */
export interface Confirmed {
  kind: "evidence" | "inferred" | "page";
  /** For people. */
  what: string;
  at: Pointer;
}

/** How much of an operation a page shows: its parameters and a body, or less. */
export function evidenceIn({ whole, operation }: Page): "documented" | "partial" {
  const hasAnswer = [...operation.responses.values()].some(({ examples }) => examples.length > 0);
  return whole || hasAnswer ? "documented" : "partial";
}

/** What a page confirms. Parts that other operations share are left: this page speaks for its own operation alone. */
export function confirmedBy(spec: KnownOperation, page: Page, differences: Difference[]): Confirmed[] {
  const { file, node } = spec;
  const evidence = node["x-evidence"];
  const isRaised = evidence === "inferred" || (evidence === "partial" && evidenceIn(page) === "documented");
  const moved = differences.some(({ kind }) => kind === "method" || kind === "path");
  const head = isRaised && !moved ? [evidenceOf(spec)] : [];
  const isListed = page.slug === undefined || node["x-source"].some(({ slug }) => slug === page.slug);
  if (!isListed) head.push({ kind: "page", what: `page ${page.slug}`, at: spec.at });
  if (!page.whole) return head;

  // What a page has more does not speak against what is there.
  const contradictions = differences.filter(({ kind }) => !kind.endsWith("added"));
  const own = (place: Pointer) => place[0] === "paths" || reachedBy(file, place) === 1;
  const isInferred = (place: Pointer) => own(place) && "x-inferred" in objectOf(at(file.value, place));
  const differs = (key: "parameter" | "body", value: string, field: string) =>
    contradictions.some((found) => found[key] === value && (found.field === undefined || isWithin(found.field, field)));
  const parameters = [...spec.parameters].filter(
    ([key, ours]) =>
      isInferred(ours.at) && page.operation.parameters.get(key)?.fields && !differs("parameter", key, ""),
  );
  const fields = bodiesOf(spec).flatMap((body) => {
    const [ours, theirs] = [bodyOf(spec, body)?.fields, bodyOf(page.operation, body)?.fields];
    return [...(ours ?? [])]
      .filter(([path, field]) => isInferred(field.at) && theirs?.has(path) && !differs("body", body, path))
      .map(([path, field]) => inferredAt(field.at, `${body} ${path}`.trim()));
  });
  return [...head, ...parameters.map(([, ours]) => inferredAt(ours.at, `${ours.in} ${ours.name}`)), ...fields];
}

const evidenceOf = ({ node, at }: KnownOperation): Confirmed => ({
  kind: "evidence",
  what: `evidence (was ${node["x-evidence"]})`,
  at,
});

const inferredAt = (at: Pointer, what: string): Confirmed => ({ kind: "inferred", what: `inferred ${what}`, at });

const isWithin = (path: string, of: string) =>
  of === "" || path === of || path.startsWith(`${of}.`) || path.startsWith(`${of}[]`);

const reaches = new WeakMap<SpecFile, Map<string, number>>();

/** How many operations use a component. */
export function reachedBy(file: SpecFile, place: Pointer): number {
  const counted = reaches.get(file) ?? countReaches(file);
  reaches.set(file, counted);
  return counted.get(place.slice(0, 3).join("/")) ?? 0;
}

function countReaches(file: SpecFile): Map<string, number> {
  const counted = new Map<string, number>();
  for (const operation of file.operations) {
    const seen = new Set<string>();
    const visit = (node: unknown): void => {
      if (typeof node !== "object" || node === null) return;
      const { $ref } = node as { $ref?: unknown };
      const place = typeof $ref === "string" ? pointerOf($ref) : undefined;
      if (place && !seen.has(place.join("/"))) {
        seen.add(place.join("/"));
        visit(at(file.value, place));
      }
      for (const child of Object.values(node)) visit(child);
    };
    visit(operation.node);
    for (const key of seen) counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  return counted;
}
