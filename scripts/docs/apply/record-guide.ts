import type { GuideComparison } from "../compare/compare-guide.js";
import { fingerprint } from "../read/guide.js";
import type { YamlEditor } from "./yaml-editor.js";

/** Records how a guide reads now. What rests on its sections stays. */
export function recordGuide({ guide, known }: GuideComparison, editor: YamlEditor, today: string): void {
  const sections = guide.sections.map(({ heading, lines }) => {
    const places = known?.sections.find((section) => section.heading === heading)?.places;
    return { heading, lines: lines.map(fingerprint), ...(places && { places }) };
  });
  if (known) {
    editor.set(["guides", known.index, "read"], today);
    editor.set(["guides", known.index, "sections"], sections);
    return;
  }
  const { id, slug, title } = guide;
  editor.add(["guides"], { id, slug, title, read: today, places: [], sections });
}
