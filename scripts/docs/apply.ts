import { styleText } from "node:util";
import { applySources } from "./apply-sources.js";
import { runCommand, type SourceOptions, sourceCommand, sourcesOf } from "./command.js";
import { progressOn } from "./progress.js";

const command = sourceCommand("docs:apply", "Adds to the specs what is new in the documentation.")
  .option("--dry-run", "print the diff and write nothing")
  .action(async (sources: string[], { dryRun = false, ...options }: SourceOptions & { dryRun?: boolean }) => {
    const { applied, manual, unreadable, patch } = await applySources(sourcesOf(sources, options), {
      ...options,
      dryRun,
      progress: progressOn(process.stderr),
    });
    const sections: [string, string[]][] = [
      [dryRun ? "Would be applied" : "Applied", applied],
      ["Left to you", manual],
      ["Unreadable", unreadable],
    ];
    if (dryRun) console.log(patch);
    for (const [heading, lines] of sections)
      if (lines.length > 0) console.log([styleText("bold", heading), ...lines.map((line) => `  ${line}`)].join("\n"));
    if (applied.length === 0) console.log("Nothing to apply.");
    else if (!dryRun) console.log("Review `git diff openapi/`, then continue with docs/regenerating.md.");
    process.exitCode = unreadable.length > 0 ? 2 : 0;
  });

await runCommand(command);
