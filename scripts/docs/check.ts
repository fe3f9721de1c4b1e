/** `npm run docs:check -- [SOURCE…] [--json | --summary]`: holds the documentation against the specs. */

import { check } from "./check-sources.js";
import { command } from "./command.js";
import { exitCode } from "./report/entry.js";
import { markdownReport } from "./report/markdown-report.js";
import { textReport } from "./report/text-report.js";

await command("docs:check", ["json", "summary"], async (sources, has) => {
  const { entries } = await check(sources);
  const exit = exitCode(entries);
  if (has("json")) console.log(JSON.stringify({ exit, pages: entries }, null, 2));
  else console.log(has("summary") ? markdownReport(entries) : textReport(entries));
  return exit;
});
