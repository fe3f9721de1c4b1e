import { diffArrays } from "diff";
import { fingerprint, type Guide, type GuideSection } from "../read/guide.js";
import type { KnownGuide } from "../read/guide-list.js";
import { isSameText } from "./match.js";

/** A guide as it reads now, and as it was recorded. */
export interface GuideComparison {
  guide: Guide;
  /** `undefined` when it is not in `guides.yaml`. */
  known: KnownGuide | undefined;
  changes: SectionChange[];
}

export interface SectionChange {
  kind: `section ${"added" | "removed" | "changed"}`;
  heading: string;
  /** The places of the specs that rest on it. */
  places: string[];
  /** What changed, as a diff. Of lines that are gone only the number is known. */
  text: string[];
  line: number;
}

export function compareGuide(guide: Guide, guides: KnownGuide[]): GuideComparison {
  const known =
    guides.find(({ id }) => id === guide.id) ??
    guides.find(({ title }) => guide.id === undefined && isSameText(title, guide.title));
  const recorded = new Map(known?.sections.map((section) => [section.heading, section]));
  const places = known?.places ?? [];
  const shown = guide.sections.flatMap((section): SectionChange[] => {
    const { heading, line } = section;
    const before = recorded.get(heading);
    const text = diffLines(before?.lines ?? [], section);
    if (before && text.length === 0) return [];
    const kind = before ? "section changed" : "section added";
    return [{ kind, heading, places: before?.places ?? places, text, line }];
  });
  const headings = new Set(guide.sections.map(({ heading }) => heading));
  const removed = (known?.sections ?? []).flatMap((section): SectionChange[] =>
    headings.has(section.heading)
      ? []
      : [{ kind: "section removed", heading: section.heading, places: section.places ?? places, text: [], line: 1 }],
  );
  return { guide, known, changes: [...shown, ...removed] };
}

/** Texts that differ more are shown as replaced: the time for a diff grows with the square of its length. */
const MAX_EDITS = 1_000;

function diffLines(before: string[], { lines }: GuideSection): string[] {
  const options = { maxEditLength: MAX_EDITS };
  const replaced = [
    { removed: true, added: false, count: before.length },
    { removed: false, added: true, count: lines.length },
  ];
  let next = 0;
  return (diffArrays(before, lines.map(fingerprint), options) ?? replaced).flatMap(({ added, removed, count }) => {
    if (removed) return count > 0 ? [`- (${count} ${count === 1 ? "line" : "lines"})`] : [];
    const text = lines.slice(next, next + count);
    next += count;
    return added ? text.map((line) => `+ ${line}`) : [];
  });
}
