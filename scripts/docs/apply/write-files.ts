import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { reasonOf, Unreadable } from "../unreadable-error.js";
import type { Change } from "./yaml-editor.js";

/** Writes all files or none, and each in one step: whoever stops the command finds no half of a spec. */
export function writeAll(changes: Change[]): void {
  // Reading a site takes minutes, in which somebody may have gone on editing.
  const stale = changes.find(({ path, before }) => readFileSync(path, "utf8") !== before);
  if (stale)
    throw new Unreadable(`${stale.path} has been changed while pages were read; nothing was written, run it again`);
  const written: { path: string; temporary: string }[] = [];
  try {
    for (const { path, after } of changes) {
      const temporary = `${path}.new`;
      writeFileSync(temporary, after);
      written.push({ path, temporary });
    }
  } catch (error) {
    for (const { temporary } of written) rmSync(temporary);
    throw new Unreadable(`${reasonOf(error)}; nothing was written`, { cause: error });
  }
  for (const { path, temporary } of written) renameSync(temporary, path);
}
