/** `npm run docs:apply -- [SOURCE…] [--dry-run]`: puts what the documentation has more into the specs. */
import { styleText } from "node:util";
import { apply } from "./apply-sources.js";
import { command } from "./command.js";

await command("docs:apply", ["dry-run"], async (sources, has) => {
  const dryRun = has("dry-run");
  const { done, left, unreadable, patch } = await apply(sources, { dryRun });
  const sections: [string, string[]][] = [
    [dryRun ? "Would be applied" : "Applied", done],
    ["Left to you", left],
    ["Could not be read", unreadable],
  ];
  if (dryRun) console.log(patch);
  for (const [heading, lines] of sections)
    if (lines.length > 0) console.log([styleText("bold", heading), ...lines.map((line) => `  ${line}`)].join("\n"));
  if (done.length === 0) console.log("Nothing to apply.");
  else if (!dryRun) console.log("Read `git diff openapi/`, then go on as docs/regenerating.md says.");
  return unreadable.length > 0 ? 2 : 0;
});
