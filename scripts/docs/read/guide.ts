import { createHash } from "node:crypto";
import { asUnreadable, decodePage } from "./decode.js";
import { parsePageName } from "./page.js";

/** A documentation page in words. */
export interface Guide {
  /** The URL or file that it was read from. */
  name: string;
  slug: string | undefined;
  id: number | undefined;
  title: string;
  sections: GuideSection[];
}

export interface GuideSection {
  heading: string;
  /** Its lines that are not blank, the heading left out. */
  lines: string[];
  /** The number of its first line on the page. */
  line: number;
}

const HEADING = /^#{1,6} +(\S.*)$/;
const FENCE = /^ {0,3}(```|~~~)/;
const BREADCRUMB = /^ *\d+\. .+$/;
/** What follows the text of a page in plain text. */
const FOOTER = /^(?:Modified at\b.*|Previous|Next|Built with.*)$/;

/** Reads a guide in Markdown, by its headings, or in plain text, which has none. @throws {UnreadableError} */
export function readGuide(name: string, bytes: Uint8Array): Guide {
  return asUnreadable(() => {
    const lines = decodePage(bytes).split("\n");
    const { slug, id } = parsePageName(name);
    const sections = /\.txt$/i.test(name.split(/[?#]/)[0] ?? "") ? readText(lines) : readMarkdown(lines);
    return { name, slug, id, title: sections[0]?.heading ?? "", sections };
  });
}

function readMarkdown(lines: string[]): GuideSection[] {
  const sections: GuideSection[] = [];
  const unique = uniqueNames();
  let fence: string | undefined;
  for (const [index, line] of lines.entries()) {
    const [, mark] = FENCE.exec(line) ?? [];
    if (mark !== undefined) fence = fence === undefined ? mark : fence === mark ? undefined : fence;
    const heading = fence === undefined ? HEADING.exec(line)?.[1] : undefined;
    if (heading !== undefined) sections.push({ heading: unique(heading.trim()), lines: [], line: index + 1 });
    else if (line.trim() !== "") {
      if (sections.length === 0) sections.push({ heading: unique("Introduction"), lines: [], line: index + 1 });
      sections.at(-1)?.lines.push(line.trim());
    }
  }
  return sections;
}

/** Numbers headings that stand more than once. */
function uniqueNames(): (name: string) => string {
  const counts = new Map<string, number>();
  return (name) => {
    let found = name;
    while (counts.has(found)) {
      const count = (counts.get(name) ?? 1) + 1;
      counts.set(name, count);
      found = `${name} (${count})`;
    }
    counts.set(found, 1);
    return found;
  };
}

/** The text below the last breadcrumb, as one section. */
function readText(lines: string[]): GuideSection[] {
  const start = lines.findLastIndex((line) => BREADCRUMB.test(line)) + 1;
  const text = lines.slice(start);
  const end = text.findIndex((line) => FOOTER.test(line));
  const [heading = "", ...rest] = text
    .slice(0, end < 0 ? undefined : end)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return heading === "" ? [] : [{ heading, lines: rest, line: start + 1 }];
}

/** Identifies a line, so that the text itself need not be kept. */
export const fingerprint = (line: string): string => createHash("sha256").update(line).digest("hex").slice(0, 8);
