import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { reasonOf, UnreadableError } from "../unreadable-error.js";
import type { FileChange } from "./yaml-editor.js";

/** Writes all files or none, and replaces each atomically. @throws {UnreadableError} when a file was edited meanwhile */
export function writeFiles(changes: FileChange[]): void {
  // Reading a site takes minutes, in which a spec may be edited.
  const stale = changes.find(({ path, before }) => readFileSync(path, "utf8") !== before);
  if (stale)
    throw new UnreadableError(`${stale.path} was changed while the pages were read; nothing was written, run it again`);
  const written: { path: string; temporary: string }[] = [];
  try {
    for (const { path, after } of changes) {
      const temporary = `${path}.new`;
      writeFileSync(temporary, after);
      written.push({ path, temporary });
    }
  } catch (error) {
    for (const { temporary } of written) rmSync(temporary);
    throw new UnreadableError(`${reasonOf(error)}; nothing was written`, { cause: error });
  }
  for (const { path, temporary } of written) renameSync(temporary, path);
}
