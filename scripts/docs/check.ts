/** `npm run docs:check -- [SOURCE…] [--json | --summary]`: holds the documentation against the specs. */
import { readArguments } from "./arguments.js";
import { exitCode } from "./report.js";
import { markdownReport } from "./report-markdown.js";
import { textReport } from "./report-text.js";
import { check } from "./run-check.js";

const { sources, has } = readArguments("docs:check", ["json", "summary"]);
const { entries } = await check(sources);
const exit = exitCode(entries);
if (has("json")) console.log(JSON.stringify({ exit, pages: entries }, null, 2));
else console.log(has("summary") ? markdownReport(entries) : textReport(entries));
process.exitCode = exit;
