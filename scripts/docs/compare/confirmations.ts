import { EVIDENCE_LEVELS, type EvidenceLevel } from "../../specs.js";
import { type Field, type Fields, parentPath } from "../read/fields.js";
import type { Pointer } from "../read/json.js";
import { parseReference, valueAt } from "../read/json.js";
import { bodyNames, findBody } from "../read/operation.js";
import type { Page } from "../read/page.js";
import type { KnownOperation, SpecFile } from "../read/spec-folder.js";
import { type Difference, isAddition } from "./difference.js";
import { inferredMark } from "./marks.js";

/** Something that a spec has as inferred or partial, and that a page shows. */
export interface Confirmation {
  kind: "evidence" | "inferred" | "observed" | "page";
  /** For display. */
  what: string;
  pointer: Pointer;
}

/** How much of an operation a page documents. */
export function pageEvidence({ isComplete, operation }: Page): "documented" | "partial" {
  const hasResponse = [...operation.responses.values()].some(({ examples }) => examples.length > 0);
  return isComplete || hasResponse ? "documented" : "partial";
}

/** Whether evidence is better than that of the spec. */
export const isRaise = (known: EvidenceLevel, shown: EvidenceLevel): boolean =>
  EVIDENCE_LEVELS.indexOf(shown) < EVIDENCE_LEVELS.indexOf(known);

/** What a page confirms. It says nothing about components that other operations share. */
export function findConfirmations(spec: KnownOperation, page: Page, differences: Difference[]): Confirmation[] {
  const { file, node } = spec;
  const evidence = node["x-evidence"];
  const isRaised = isRaise(evidence, pageEvidence(page));
  // A page corrects an inferred path, and then is the evidence for the new one.
  const moved = evidence !== "inferred" && differences.some(({ kind }) => kind === "method" || kind === "path");
  const head = isRaised && !moved ? [confirmEvidence(spec)] : [];
  const isListed = page.slug === undefined || node["x-source"].some(({ slug }) => slug === page.slug);
  if (!isListed) head.push({ kind: "page", what: `page ${page.slug}`, pointer: spec.pointer });
  head.push(...confirmServers(spec, page));
  if (!page.isComplete) return head;

  const contradictions = differences.filter((difference) => !isAddition(difference));
  const isOwn = (pointer: Pointer) => pointer[0] === "paths" || countUsers(file, pointer) === 1;
  const markAt = (pointer: Pointer) => (isOwn(pointer) ? inferredMark(file, [pointer]) : undefined);
  const differs = (key: "parameter" | "body", value: string, field: string) =>
    contradictions.some((found) => found[key] === value && (found.field === undefined || isWithin(found.field, field)));
  const parameters = [...spec.parameters].flatMap(([key, ours]) => {
    const [mark, theirs] = [markAt(ours.pointer), page.operation.parameters.get(key)];
    if (mark === undefined || !theirs?.fields || differs("parameter", key, "")) return [];
    const isStated = !ours.fields || statesAll(ours.fields, theirs.fields, "", mark);
    return isStated ? [confirmInferred(ours.pointer, `${ours.in} ${ours.name}`)] : [];
  });
  const fields = bodyNames(spec).flatMap((body) => {
    const [ours, theirs] = [findBody(spec, body)?.fields, findBody(page.operation, body)?.fields];
    if (!ours || !theirs) return [];
    return [...ours].flatMap(([path, field]) => {
      const mark = markAt(field.pointer);
      const isConfirmed = mark !== undefined && !differs("body", body, path) && statesAll(ours, theirs, path, mark);
      return isConfirmed ? [confirmInferred(field.pointer, `${body} ${path}`.trim())] : [];
    });
  });
  return [...head, ...parameters, ...fields];
}

/** Whether a page states all that the spec has of a field and of those directly in it, and whatever its mark names. */
function statesAll(ours: Fields, theirs: Fields, path: string, mark: string): boolean {
  const lacksValues = !theirs.get(path)?.values;
  if (lacksValues && (/\bvalues?\b/i.test(mark) || ours.get(path)?.values)) return false;
  return [...ours].every(([row, our]) => {
    if (row !== path && (row === "" || parentPath(row) !== path)) return true;
    const their = theirs.get(row);
    return their !== undefined && states(our, their);
  });
}

function states(our: Field, their: Field): boolean {
  return (
    (our.types.size === 0 || their.types.size > 0) &&
    (our.format === undefined || their.format !== undefined) &&
    (!our.required || their.required) &&
    [...our.keywords.keys()].every((keyword) => their.keywords.has(keyword))
  );
}

/** Servers that the spec has inferred and the page lists. */
function confirmServers({ file, servers }: KnownOperation, { operation }: Page): Confirmation[] {
  return servers.flatMap((url, index) => {
    const pointer = ["servers", index];
    const isConfirmed = operation.servers.includes(url) && inferredMark(file, [pointer]) !== undefined;
    return isConfirmed ? [{ kind: "evidence", what: `server ${url}`, pointer }] : [];
  });
}

const confirmEvidence = ({ node, pointer }: KnownOperation): Confirmation => ({
  kind: "evidence",
  what: `evidence (was ${node["x-evidence"]})`,
  pointer,
});

const confirmInferred = (pointer: Pointer, what: string): Confirmation => ({
  kind: "inferred",
  what: `inferred ${what}`,
  pointer,
});

const isWithin = (path: string, of: string) =>
  of === "" || path === of || path.startsWith(`${of}.`) || path.startsWith(`${of}[]`);

const userCounts = new WeakMap<SpecFile, Map<string, number>>();

/** How many operations use the component that a pointer leads into. */
export function countUsers(file: SpecFile, pointer: Pointer): number {
  const counted = userCounts.get(file) ?? countUsersPerComponent(file);
  userCounts.set(file, counted);
  return counted.get(pointer.slice(0, 3).join("/")) ?? 0;
}

function countUsersPerComponent(file: SpecFile): Map<string, number> {
  const counted = new Map<string, number>();
  for (const operation of file.operations) {
    const seen = new Set<string>();
    const visit = (node: unknown): void => {
      if (typeof node !== "object" || node === null) return;
      const { $ref } = node as { $ref?: unknown };
      const pointer = typeof $ref === "string" ? parseReference($ref) : undefined;
      if (pointer && !seen.has(pointer.join("/"))) {
        seen.add(pointer.join("/"));
        visit(valueAt(file.value, pointer));
      }
      for (const child of Object.values(node)) visit(child);
    };
    visit(operation.node);
    for (const key of seen) counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  return counted;
}
