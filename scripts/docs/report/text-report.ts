import { styleText } from "node:util";
import {
  isDifferent,
  type LocatedAnswer,
  type LocatedDifference,
  type ReportEntry,
  STATUSES,
  type Status,
} from "./entry.js";

const STYLE = {
  same: "green",
  changed: "yellow",
  new: "cyan",
  gone: "red",
  unreadable: "magenta",
  other: "dim",
} as const;

/** The report for a terminal. `styleText` omits colours where they are not supported. */
export function textReport(entries: ReportEntry[]): string {
  return [...entries.flatMap(entryText), "", totalsText(entries)].join("\n");
}

function entryText(entry: ReportEntry): string[] {
  const { status, page, title, method, path, operation, at, reason } = entry;
  const color = status === "gone" && !isDifferent(entry) ? "dim" : STYLE[status];
  const call = method ? `${method} ${path}` : "";
  const where = operation ? `is ${operation} (${at})` : status === "new" && !reason ? "is not in any spec" : "";
  return [
    [styleText(color, status.padEnd(10)), title ? styleText("bold", title) : page, call].filter(Boolean).join("  "),
    ...(title ? [`            ${page}${where ? ` ${where}` : ""}`] : []),
    ...(reason ? [`            ${reason}`] : []),
    ...entry.differences.flatMap((difference) => [
      `          - ${styleText("bold", difference.kind)}${subjectText(difference)}${changeText(difference)}`,
      ...(difference.text ?? []).map((line) => `              ${line}`),
      styleText("dim", `            ${difference.specAt}  ${difference.pageAt}`),
    ]),
    ...entry.answers.flatMap((answer) => [
      `          ${answer.counts ? "-" : " "} ${styleText("bold", "answers")} ${answerText(answer)}`,
      styleText("dim", `            ${answer.specAt}  ${answer.pageAt}`),
    ]),
    ...knownText(entry),
    ...(entry.confirms.length > 0 ? [`            confirms ${entry.confirms.join(", ")}`] : []),
  ];
}

/** The subject of a difference, when it is not the kind itself. */
export const subjectText = ({ kind, what }: Pick<LocatedDifference, "kind" | "what">) =>
  kind === what ? "" : ` ${what}`;

/** `: 3 → 4`, or the value of the side that has one. */
export function changeText({ spec, page }: Pick<LocatedDifference, "spec" | "page">): string {
  if (spec !== undefined && page !== undefined) return `: ${spec} → ${page}`;
  if (spec !== undefined) return ` (the spec has: ${spec})`;
  return page === undefined ? "" : ` (${page})`;
}

/** `query PageSize: 100 (x-unknown: default page size)`. */
export const answerText = ({ what, page, why }: LocatedAnswer): string => `${what}${page && `: ${page}`} (${why})`;

/** Known differences, grouped by reason. */
export function knownText({ known }: ReportEntry): string[] {
  const reasons = [...new Set(known.map(({ why }) => why))];
  return reasons.map((reason) => {
    const what = known
      .filter(({ why }) => why === reason)
      .map((difference) => difference.kind + subjectText(difference));
    return `            known, because ${reason}: ${what.join(", ")}`;
  });
}

export function totalsText(entries: ReportEntry[]): string {
  const count = (status: Status) => entries.filter((entry) => entry.status === status).length;
  return STATUSES.map((status) => `${count(status)} ${status}`).join(", ");
}
