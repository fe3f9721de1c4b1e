import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

/** Makes a folder hold exactly these files. With `checkOnly` it writes nothing; `false` means that it would have to. */
export function writeFiles(folder: URL, files: Map<string, string>, checkOnly: boolean): boolean {
  mkdirSync(folder, { recursive: true });
  const present = readdirSync(folder);
  const read = (name: string) => (present.includes(name) ? readFileSync(new URL(name, folder), "utf8") : undefined);
  const stale = [...files].filter(([name, text]) => read(name) !== text).map(([name]) => name);
  const extra = present.filter((name) => !files.has(name));
  const changed = [...stale, ...extra];

  if (checkOnly) {
    if (changed.length > 0) console.error(`generated/ is stale: ${changed.join(", ")}. Run "npm run generate".`);
    return changed.length === 0;
  }
  for (const name of stale) writeFileSync(new URL(name, folder), files.get(name) ?? "");
  for (const name of extra) rmSync(new URL(name, folder));
  console.log(changed.length > 0 ? `Wrote ${changed.join(", ")}.` : "generated/ is up to date.");
  return true;
}
