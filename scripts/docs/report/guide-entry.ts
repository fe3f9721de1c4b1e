import type { GuideComparison, SectionChange } from "../compare/compare-guide.js";
import { GUIDES, type KnownGuide } from "../read/guide-list.js";
import type { SpecFolder } from "../read/spec-folder.js";
import { displayPath, type LocatedDifference, NOT_COMPARED, type ReportEntry } from "./entry.js";

/** Longer texts are cut. */
const MAX_LINES = 40;

/** The result of one guide. */
export function guideEntry({ guide, known, changes }: GuideComparison, specs: SpecFolder): ReportEntry {
  const at = known && placeOf(known, specs);
  const locate = ({ kind, heading, places, text, line }: SectionChange): LocatedDifference => ({
    kind,
    what: heading,
    spec: places.length > 0 ? `rests on it: ${places.join(", ")}` : undefined,
    page: undefined,
    specAt: at ?? displayPath(specs.guides.path),
    pageAt: `${guide.name}:${line}`,
    text: text.length > MAX_LINES ? [...text.slice(0, MAX_LINES), `(${text.length - MAX_LINES} more lines)`] : text,
  });
  return {
    status: known ? (changes.length > 0 ? "changed" : "same") : "new",
    page: guide.name,
    title: guide.title,
    ...NOT_COMPARED,
    ...(known && at ? { operation: `guide ${known.title}`, at } : { reason: `a guide that is not in ${GUIDES}` }),
    differences: changes.map(locate),
  };
}

const placeOf = ({ index }: KnownGuide, { guides }: SpecFolder) =>
  `${displayPath(guides.path)}:${guides.lineOf(["guides", index])}`;

/** Guides whose pages a whole site no longer has. */
export function goneGuides(specs: SpecFolder, ids: Set<number>): ReportEntry[] {
  return specs.guides.entries
    .filter(({ id }) => !ids.has(id))
    .map((known) => ({
      status: "gone",
      page: known.slug,
      title: known.title,
      operation: `guide ${known.title}`,
      at: placeOf(known, specs),
      ...NOT_COMPARED,
      ...(known.deprecated && { reason: `deprecated in ${GUIDES}` }),
    }));
}
