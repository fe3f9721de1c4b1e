import { relative } from "node:path";
import { createTwoFilesPatch } from "diff";
import { addOperation, placeOf } from "./apply/add-operation.js";
import { ADDITIONS, type Context, confirm } from "./apply/additions.js";
import { SchemaCopier } from "./apply/schema-copier.js";
import { callOf, draftOf } from "./apply/spec-draft.js";
import { writeAll } from "./apply/write-files.js";
import { Editor } from "./apply/yaml-editor.js";
import { check, FOLDERS } from "./check-sources.js";
import type { Progress } from "./progress.js";
import type { KnownOperation } from "./read/spec-folder.js";
import type { Finding } from "./report/entry.js";
import { printable } from "./report/printable.js";
import { change, subject } from "./report/text-report.js";
import { Unreadable } from "./unreadable-error.js";

export interface Applied {
  /** What was put into the specs, in words. */
  done: string[];
  /** What is left to people: the docs dropped or changed it, or it has no place. */
  left: string[];
  /** As a unified diff. */
  patch: string;
  unreadable: string[];
}

/** Puts what the sources have more into the specs. It removes nothing that a page once showed. */
export async function apply(
  sources: string[],
  {
    dryRun = false,
    folders = FOLDERS,
    progress,
  }: { dryRun?: boolean; folders?: typeof FOLDERS; progress?: Progress } = {},
): Promise<Applied> {
  const { specs, findings, entries } = await check(sources, folders, progress);
  const drafts = new Map(specs.files.map((file) => [file, draftOf(file)]));
  const titles = new Editor(specs.titleOnly);
  const unread = entries.filter(({ status }) => status === "unreadable");
  const told: Told = { done: [], left: [], unreadable: unread.map(({ page, reason }) => `${page}: ${reason}`) };
  const moved = new Set<number>();
  const edited = new Set<KnownOperation>();

  for (const finding of findings) {
    const { page, match } = finding;
    const { operation, titleOnly } = match;
    const file = operation?.file ?? placeOf(page, titleOnly, specs);
    const draft = file && drafts.get(file);
    const call = `${page.operation.method} ${page.operation.path}`;
    if (!draft) {
      told.left.push(`new: ${page.operation.title} (${call}): no spec has its tag or server`);
      continue;
    }
    const maker = { copier: new SchemaCopier(page, draft), editor: draft.editor };
    try {
      if (operation) {
        const isFirst = !edited.has(operation);
        if (applyDifferences(finding, { ...maker, spec: operation, page }, told, isFirst)) edited.add(operation);
      } else if (draft.calls.has(callOf(page.operation.method, page.operation.path))) {
        told.left.push(`new: ${page.operation.title} (${call}): ${draft.file.name} has its method and path already`);
      } else {
        const id = addOperation(page, titleOnly, draft, maker);
        if (titleOnly) moved.add(titleOnly.index);
        told.done.push(`new: ${draft.file.name} ${id} (${call})`);
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      told.unreadable.push(`${page.name}: ${error.message}`);
    }
  }
  // From the end, so that the places of the others stay.
  for (const index of [...moved].sort((one, other) => other - one)) titles.remove(["operations", index]);
  const gone = entries.filter(({ status, reason }) => status === "gone" && !reason);
  told.left.push(...gone.map(({ operation }) => `gone: ${operation}`));

  const editors = [...[...drafts.values()].map(({ editor }) => editor), titles];
  const changes = (await Promise.all(editors.map((editor) => editor.render()))).flatMap((edit) => edit ?? []);
  if (!dryRun) writeAll(changes);
  const patch = changes.map(({ path, before, after }) => {
    const name = relative(process.cwd(), path);
    return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, "", "", { context: 3 });
  });
  return { ...printable(told), patch: printable(patch.join("").split("\n")).join("\n") };
}

type Told = Omit<Applied, "patch">;

/** Says whether there was anything to apply. */
function applyDifferences({ page, differences, confirms }: Finding, context: Context, told: Told, isFirst: boolean) {
  const { spec } = context;
  const name = `${spec.file.name} ${spec.node.operationId}`;
  if (differences.length + confirms.length === 0) return false;
  if (!isFirst) {
    // What it was compared with is no longer there.
    told.left.push(`${name}: another page of it was applied first; for ${page.name} run it again`);
    return true;
  }
  for (const difference of differences) {
    const isDone = ADDITIONS[difference.kind]?.(difference, context) ?? false;
    told[isDone ? "done" : "left"].push(`${name}: ${difference.kind}${subject(difference)}${change(difference)}`);
  }
  if (confirms.length > 0) confirm(confirms, context);
  told.done.push(...confirms.map(({ what }) => `${name}: confirmed ${what}`));
  return true;
}
