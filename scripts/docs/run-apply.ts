import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { createTwoFilesPatch } from "diff";
import { ADDITIONS, confirm } from "./apply/additions.js";
import { Editor } from "./apply/editor.js";
import { addOperation, placeOf } from "./apply/new-operation.js";
import { SchemaCopier } from "./apply/schemas.js";
import { at, objectOf } from "./json.js";
import type { Progress } from "./progress.js";
import type { Finding } from "./report.js";
import { change, subject } from "./report-text.js";
import { check, FOLDERS } from "./run-check.js";
import type { SpecFile } from "./spec-folder.js";

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
  const [done, left, moved]: [string[], string[], number[]] = [[], [], []];

  for (const finding of findings) {
    const { page, match } = finding;
    const file = match.operation?.file ?? placeOf(page, match.titleOnly, specs);
    const draft = file && drafts.get(file);
    const call = `${page.operation.method} ${page.operation.path}`;
    if (!file || !draft) {
      left.push(`new: ${page.operation.title} (${call}): no spec has its tag or server`);
      continue;
    }
    const copier = new SchemaCopier(page, file, draft.editor, draft.schemas);
    const maker = { copier, editor: draft.editor };
    if (match.operation) {
      const told = applyDifferences(finding, { ...maker, spec: match.operation, page });
      done.push(...told.done);
      left.push(...told.left);
    } else if (draft.calls.has(call)) {
      left.push(`new: ${page.operation.title} (${call}): another page has it too`);
    } else {
      const id = addOperation(page, match.titleOnly, file, maker, draft.ids);
      draft.calls.add(call);
      if (match.titleOnly) moved.push(match.titleOnly.index);
      done.push(`new: ${file.name} ${id} (${call})`);
    }
  }
  // From the end, so that the places of the others stay.
  for (const index of [...new Set(moved)].sort((one, other) => other - one)) titles.remove(["operations", index]);
  left.push(
    ...entries
      .filter(({ status, reason }) => status === "gone" && !reason)
      .map(({ operation }) => `gone: ${operation}`),
  );

  const editors = [...[...drafts.values()].map(({ editor }) => editor), titles];
  const changes = (await Promise.all(editors.map((editor) => editor.render()))).flatMap((edit) => edit ?? []);
  if (!dryRun) for (const { path, after } of changes) writeFileSync(path, after);
  const patch = changes.map(({ path, before, after }) => {
    const name = relative(process.cwd(), path);
    return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, "", "", { context: 3 });
  });
  const unreadable = entries.flatMap(({ status, page, reason }) =>
    status === "unreadable" ? [`${page}: ${reason}`] : [],
  );
  return { done, left, patch: patch.join(""), unreadable };
}

/** A spec under edit, and the names that it has taken. */
function draftOf(file: SpecFile) {
  return {
    editor: new Editor(file),
    ids: new Set(file.operations.map(({ node }) => node.operationId)),
    calls: new Set<string>(),
    schemas: new Set(Object.keys(objectOf(at(file.value, ["components", "schemas"])))),
  };
}

function applyDifferences(finding: Finding, context: Parameters<typeof confirm>[1]) {
  const { spec } = context;
  const name = `${spec.file.name} ${spec.node.operationId}`;
  const told: { done: string[]; left: string[] } = { done: [], left: [] };
  for (const difference of finding.differences) {
    const isDone = ADDITIONS[difference.kind]?.(difference, context) ?? false;
    const line = `${name}: ${difference.kind}${subject(difference)}${change(difference)}`;
    told[isDone ? "done" : "left"].push(line);
  }
  if (finding.confirms.length > 0) {
    confirm(finding.confirms, context);
    told.done.push(...finding.confirms.map(({ what }) => `${name}: confirmed ${what}`));
  }
  return told;
}
