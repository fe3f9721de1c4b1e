import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { onTestFinished } from "vitest";
import type { Folders } from "../../../../../scripts/docs/check-sources.js";
import { Progress } from "../../../../../scripts/docs/progress.js";

/** A folder of its own for a test, with a copy of the specs (all, or those named) and a place for pages. */
export function workspace(...specs: string[]) {
  const root = mkdtempSync(join(tmpdir(), "amili-docs-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folders: Folders = { specs: join(root, "openapi"), cache: join(root, ".cache", "docs") };
  const names = specs.length > 0 ? ["title-only", ...specs].map((name) => `${name}.yaml`) : readdirSync("openapi");
  for (const name of names) cpSync(join("openapi", name), join(folders.specs, name));
  const pages = join(root, "pages");
  mkdirSync(pages);
  const put = (name: string, content: string | Uint8Array) => writeFileSync(join(pages, name), content);
  return { root, folders, pages, put };
}

/** Progress that goes nowhere, but is kept. */
export function quiet() {
  const lines: string[] = [];
  const out = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { progress: new Progress(out as NodeJS.WriteStream), lines, out };
}
