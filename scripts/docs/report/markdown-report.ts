import { isDifferent, type ReportEntry, STATUSES, type Status } from "./entry.js";
import { answerText, changeText, knownText, totalsText } from "./text-report.js";

const HEADINGS: Record<Status, string> = {
  changed: "Changed",
  new: "New",
  gone: "Gone",
  unreadable: "Unreadable",
  other: "Other pages",
  same: "Same, with notes",
};

/** The report as Markdown, for a pull request or an issue. Pages with nothing to report are omitted. */
export function markdownReport(entries: ReportEntry[]): string {
  const sections = STATUSES.toReversed().flatMap((status) => {
    const shown = entries.filter((entry) => entry.status === status && isShown(entry));
    return shown.length > 0 ? ["", `### ${HEADINGS[status]}`, "", ...shown.flatMap(entryText)] : [];
  });
  return [`## Documentation against specs`, "", `${totalsText(entries)}.`, ...sections, ""].join("\n");
}

const isShown = (entry: ReportEntry) =>
  isDifferent(entry) ||
  entry.status === "unreadable" ||
  entry.known.length + entry.confirms.length + entry.answers.length > 0;

function entryText(entry: ReportEntry): string[] {
  const { title, page, method, path, operation, at, reason } = entry;
  const call = method ? ` ${code(`${method} ${path}`)}` : "";
  return [
    `- **${escapeMarkdown(title || page)}**${call}${operation ? ` ${escapeMarkdown(operation)}, ${code(at ?? "")}` : ""}${reason ? `: ${escapeMarkdown(reason)}` : ""}`,
    ...entry.differences.map(
      (difference) =>
        `  - ${difference.kind} ${code(difference.what)}${escapeMarkdown(changeText(difference))} (${code(difference.specAt)}, ${code(difference.pageAt)})${(difference.text ?? []).map((line) => `\n    - ${code(line)}`).join("")}`,
    ),
    ...knownText(entry).map((line) => `  - ${escapeMarkdown(line.trim())}`),
    ...entry.answers.map((answer) => `  - answers ${escapeMarkdown(answerText(answer))} (${code(answer.specAt)})`),
    ...(entry.confirms.length > 0 ? [`  - confirms ${escapeMarkdown(entry.confirms.join(", "))}`] : []),
  ];
}

/** Escapes the text of a page, so that it makes no links, mentions or new lines. */
const escapeMarkdown = (text: string) =>
  text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]<>#|!&]/g, "\\$&")
    .replace(/@|:(?=\/\/)|\bwww(?=\.)/gi, "$&\u200b");
const code = (text: string) => `\`${text.replace(/[\s`]+/g, " ")}\``;
