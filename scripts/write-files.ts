import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Makes a folder hold exactly these generated files, or with `keepOthers` these among others. With `--check` on the command
 * line it writes nothing, and the process fails if something is stale.
 */
export function writeFiles(
  folder: URL,
  files: Map<string, string>,
  command: string,
  { keepOthers = false } = {},
): void {
  mkdirSync(folder, { recursive: true });
  const present = readdirSync(folder);
  const read = (name: string) => (present.includes(name) ? readFileSync(new URL(name, folder), "utf8") : undefined);
  const names = new Set([...files.keys(), ...(keepOthers ? [] : present)]);
  const changed = [...names].filter((name) => files.get(name) !== read(name));
  const shown = `${basename(fileURLToPath(folder))}/`;

  if (process.argv.includes("--check")) {
    if (changed.length === 0) return;
    console.error(`${shown} is stale: ${changed.join(", ")}. Run "${command}" and review the diff.`);
    process.exitCode = 1;
    return;
  }
  for (const name of changed) {
    const text = files.get(name);
    if (text === undefined) rmSync(new URL(name, folder));
    else writeFileSync(new URL(name, folder), text);
  }
  console.log(
    changed.length > 0 ? `Wrote ${changed.map((name) => shown + name).join(", ")}.` : `${shown} is up to date.`,
  );
}
