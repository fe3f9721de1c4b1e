import { counts, type Entry, STATUSES, type Status } from "./entry.js";
import { change, knownText, totals } from "./text-report.js";

const HEADINGS: Record<Status, string> = {
  changed: "Changed",
  new: "New",
  gone: "Gone",
  unreadable: "Could not be read",
  same: "Same, with remarks",
};

/** The report as Markdown, for a pull request or an issue. Pages without news are left out. */
export function markdownReport(entries: Entry[]): string {
  const sections = STATUSES.toReversed().flatMap((status) => {
    const shown = entries.filter((entry) => entry.status === status && isNews(entry));
    return shown.length > 0 ? ["", `### ${HEADINGS[status]}`, "", ...shown.flatMap(entryText)] : [];
  });
  return [`## Documentation against specs`, "", `${totals(entries)}.`, ...sections, ""].join("\n");
}

const isNews = (entry: Entry) =>
  counts(entry) || entry.status === "unreadable" || entry.known.length > 0 || entry.confirms.length > 0;

function entryText(entry: Entry): string[] {
  const { title, page, method, path, operation, at, reason } = entry;
  const call = method ? ` ${code(`${method} ${path}`)}` : "";
  return [
    `- **${plain(title || page)}**${call}${operation ? ` ${plain(operation)}, ${code(at ?? "")}` : ""}${reason ? `: ${plain(reason)}` : ""}`,
    ...entry.differences.map(
      (difference) =>
        `  - ${difference.kind} ${code(difference.what)}${plain(change(difference))} (${code(difference.specAt)}, ${code(difference.pageAt)})`,
    ),
    ...knownText(entry).map((line) => `  - ${plain(line.trim())}`),
    ...(entry.confirms.length > 0 ? [`  - confirms ${plain(entry.confirms.join(", "))}`] : []),
  ];
}

/** Text of a page is not Markdown: it neither links, nor mentions, nor ends its line. */
const plain = (text: string) =>
  text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]<>#|!&]/g, "\\$&")
    .replace(/@|:(?=\/\/)|\bwww(?=\.)/gi, "$&\u200b");
const code = (text: string) => `\`${text.replace(/[\s`]+/g, " ")}\``;
