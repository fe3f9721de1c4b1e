import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { trimSpec } from "./trim-spec.js";

/** A whole spec by its name, or some of its operations, which are read and printed much faster. */
export type SpecSelection = string | [name: string, ...operationIds: string[]];

/** A folder for one test, with specs, and a place for pages. Retries do not wait; their delays are recorded. */
export function workspace(...selections: SpecSelection[]) {
  const root = mkdtempSync(join(tmpdir(), "amili-docs-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const delays: number[] = [];
  const options = {
    specs: join(root, "openapi"),
    cache: join(root, ".cache", "docs"),
    sleep: async (delay: number) => delays.push(delay),
  };
  const pages = join(root, "pages");
  for (const folder of [options.specs, pages]) mkdirSync(folder);
  const originals: Record<string, string> = {};
  for (const [name, ...operationIds] of ["title-only", "guides", ...selections].map((selection) =>
    [selection].flat(),
  )) {
    const text = readFileSync(`openapi/${name}.yaml`, "utf8");
    originals[name as string] = operationIds.length > 0 ? trimSpec(text, operationIds) : text;
  }
  for (const [name, text] of Object.entries(originals)) writeFileSync(join(options.specs, `${name}.yaml`), text);
  const put = (name: string, content: string | Uint8Array) => writeFileSync(join(pages, name), content);
  const read = (name: string) => readFileSync(join(options.specs, `${name}.yaml`), "utf8");
  /** The text of a spec before the test changed it. */
  const original = (name: string) => originals[name] ?? "";
  return { root, options, delays, pages, put, read, original };
}
