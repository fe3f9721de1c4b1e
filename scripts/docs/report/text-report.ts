import { styleText } from "node:util";
import { counts, type Entry, type Located, STATUSES, type Status } from "./entry.js";

const STYLE = { same: "green", changed: "yellow", new: "cyan", gone: "red", unreadable: "magenta" } as const;

/** The report for people. `styleText` leaves colour out where it is not wanted. */
export function textReport(entries: Entry[]): string {
  return [...entries.flatMap(entryText), "", totals(entries)].join("\n");
}

function entryText(entry: Entry): string[] {
  const { status, page, title, method, path, operation, at, reason } = entry;
  const color = status === "gone" && !counts(entry) ? "dim" : STYLE[status];
  const call = method ? `${method} ${path}` : "";
  const where = operation ? `is ${operation} (${at})` : status === "new" ? "is in no spec" : "";
  return [
    [styleText(color, status.padEnd(10)), title ? styleText("bold", title) : page, call].filter(Boolean).join("  "),
    ...(title ? [`            ${page}${where ? ` ${where}` : ""}`] : []),
    ...(reason ? [`            ${reason}`] : []),
    ...entry.differences.flatMap((difference) => [
      `          - ${styleText("bold", difference.kind)}${subject(difference)}${change(difference)}`,
      styleText("dim", `            ${difference.specAt}  ${difference.pageAt}`),
    ]),
    ...knownText(entry),
    ...(entry.confirms.length > 0 ? [`            confirms ${entry.confirms.join(", ")}`] : []),
  ];
}

/** What differs, where the kind does not say it. */
export const subject = ({ kind, what }: Pick<Located, "kind" | "what">) => (kind === what ? "" : ` ${what}`);

/** `: 3 → 4`, with what only one of the two has. */
export function change({ spec, page }: Pick<Located, "spec" | "page">): string {
  if (spec !== undefined && page !== undefined) return `: ${spec} → ${page}`;
  if (spec !== undefined) return ` (the spec has: ${spec})`;
  return page === undefined ? "" : ` (${page})`;
}

/** What is known to differ, gathered by its reason. */
export function knownText({ known }: Entry): string[] {
  const reasons = [...new Set(known.map(({ why }) => why))];
  return reasons.map((reason) => {
    const what = known.filter(({ why }) => why === reason).map((difference) => difference.kind + subject(difference));
    return `            known, as ${reason}: ${what.join(", ")}`;
  });
}

export function totals(entries: Entry[]): string {
  const count = (status: Status) => entries.filter((entry) => entry.status === status).length;
  return STATUSES.map((status) => `${count(status)} ${status}`).join(", ");
}
