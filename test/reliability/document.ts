import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { RowResult } from "./matrix.js";
import { LIST_GROUPS, PAYMENT_GROUPS, type Row, SERVER_GROUPS, WRITE_GROUPS } from "./situations.js";

const FILE = fileURLToPath(new URL("../../docs/reliability.md", import.meta.url));

const INTRODUCTION = `<!-- Written by UPDATE_DOCS=1 npx vitest run test/reliability --no-file-parallelism -->

# Reliability

What the client does when something fails, and what follows from it. The tests fail when a line changes.
`;

/** The section of calls that are no bulk submit. */
export const CALLS = "Calls";

const CALLS_INTRODUCTION = `
## ${CALLS}

Each call meets the fault in its first request only (**once**), or in all (**always**), with the default options. A cell has the outcome
and the number of requests. \`create\` is not idempotent; \`list\` meets the fault on its second page.

| fault | get, once | get, always | list, once | create, once | create, always |
| --- | --- | --- | --- | --- | --- |
`;

const SUBMIT_INTRODUCTION = `
## Bulk submit

What bulk submit did against a server that is written from the API's documentation alone and knows what it accepted
(\`test/reliability\`). Each line is two submits of 300 invoices (150 payments or corrections, and 90 invoices where the server
has 10,000 batches before) in requests of 15: one that runs through, and one that is stopped dead twice, at a random place, and
resumed from its journal: in another order where the source ids are unique, otherwise in the same one. A stop can be a power
failure, which takes what the journal did not have to sync.

- **unique ids**: whether the server refuses a source id that it has. The documentation does not say what the API does.
- **accepted**, **exists**, **rejected**, **unknown**: the outcomes of the last submit.
- **doubled**: items that the server accepted more than once, but for requests that the network delivered twice.
- **false**: outcomes that are not true: accepted or existing invoices that the server has not, rejected ones that it has, and
  unknown ones that were "not sent" but that it has.
- **writes**: requests with items, of all processes.

\`npm run test:long\` plays the same situations with 3,000 invoices and more seeds.
`;

const HEADER = `| situation | unique ids | accepted | exists | rejected | unknown | doubled | false | writes |
| --- | --- | --: | --: | --: | --: | --: | --: | --: |`;

/** The beginning of a line, which identifies it. */
const startOf = (row: Row, uniqueInvoices: boolean): string => `| ${row.name} | ${uniqueInvoices ? "on" : "off"} |`;

export function toLine(row: Row, uniqueInvoices: boolean, result: RowResult): string {
  const { outcomes, doubled, falseOutcomes, writes } = result;
  const { accepted, exists, rejected, unknown } = outcomes;
  const cells = [accepted, exists, rejected, unknown, doubled, falseOutcomes, writes];
  return `${startOf(row, uniqueInvoices)} ${cells.join(" | ")} |`;
}

/** The lines of the document by the titles of their groups. */
function readLines(): Map<string, string[]> {
  const text = existsSync(FILE) ? readFileSync(FILE, "utf8") : "";
  return new Map(text.split(/\n###? /).map((section) => [section.split("\n", 1)[0] ?? "", section.split("\n")]));
}

export function findLine(title: string, row: Row, uniqueInvoices: boolean): string | undefined {
  const start = startOf(row, uniqueInvoices);
  return readLines()
    .get(title)
    ?.find((line) => line.startsWith(start));
}

/** The line of the section on calls about a fault. */
export const findCallLine = (fault: string): string | undefined =>
  readLines()
    .get(CALLS)
    ?.find((line) => line.startsWith(`| ${fault} |`));

/** Writes the document with new lines, by the titles of their groups; other groups keep theirs. */
export function updateDocument(lines: Map<string, string[]>): void {
  const present = readLines();
  const sections = [...WRITE_GROUPS, ...SERVER_GROUPS, ...LIST_GROUPS, ...PAYMENT_GROUPS].map(({ title, text }) => {
    const old = present.get(title)?.filter((line) => / (on|off) \|/.test(line)) ?? [];
    return `\n### ${title}\n\n${text}\n\n${HEADER}\n${(lines.get(title) ?? old).join("\n")}\n`;
  });
  const calls = lines.get(CALLS) ?? present.get(CALLS)?.filter((line) => /^\| (?!fault|---)/.test(line)) ?? [];
  writeFileSync(
    FILE,
    `${INTRODUCTION}${CALLS_INTRODUCTION}${calls.join("\n")}\n${SUBMIT_INTRODUCTION}${sections.join("")}`,
  );
}
