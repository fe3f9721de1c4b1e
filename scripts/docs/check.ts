import { checkSources } from "./check-sources.js";
import { runCommand, type SourceOptions, sourceCommand, sourcesOf } from "./command.js";
import { progressOn } from "./progress.js";
import { exitCode } from "./report/entry.js";
import { markdownReport } from "./report/markdown-report.js";
import { textReport } from "./report/text-report.js";

const command = sourceCommand("docs:check", "Compares the documentation with the specs.")
  .option("--json", "print the report as JSON")
  .option("--summary", "print the report as Markdown")
  .action(async (sources: string[], { json, summary, ...options }: SourceOptions & { json?: true; summary?: true }) => {
    const { entries } = await checkSources(sourcesOf(sources, options), {
      ...options,
      progress: progressOn(process.stderr),
    });
    const exit = exitCode(entries);
    if (json) console.log(JSON.stringify({ exit, pages: entries }, null, 2));
    else console.log(summary ? markdownReport(entries) : textReport(entries));
    process.exitCode = exit;
  });

await runCommand(command);
