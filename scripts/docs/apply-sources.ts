import { relative } from "node:path";
import { createTwoFilesPatch } from "diff";
import { addOperation, findSpecFile } from "./apply/add-operation.js";
import { ADDITIONS, type AdditionContext, applyConfirmations } from "./apply/additions.js";
import { SchemaCopier } from "./apply/schema-copier.js";
import { createDraft, operationKey } from "./apply/spec-draft.js";
import { writeFiles } from "./apply/write-files.js";
import { YamlEditor } from "./apply/yaml-editor.js";
import { type CheckOptions, checkSources } from "./check-sources.js";
import type { PageComparison } from "./compare/compare-page.js";
import type { KnownOperation } from "./read/spec-folder.js";
import { printable } from "./report/printable.js";
import { changeText, subjectText } from "./report/text-report.js";
import { UnreadableError } from "./unreadable-error.js";

export interface ApplyOptions extends CheckOptions {
  /** Writes nothing. */
  dryRun?: boolean;
}

export interface ApplyResult {
  applied: string[];
  /** Removals, changes and new operations without a spec, which need a decision. */
  manual: string[];
  unreadable: string[];
  /** A unified diff. */
  patch: string;
}

/** Adds to the specs what the pages of the sources have in addition. It removes nothing that a page showed before. */
export async function applySources(
  sources: string[],
  { dryRun = false, ...options }: ApplyOptions = {},
): Promise<ApplyResult> {
  const { specs, comparisons, entries } = await checkSources(sources, options);
  const drafts = new Map(specs.files.map((file) => [file, createDraft(file)]));
  const titleOnly = new YamlEditor(specs.titleOnly);
  const log: ApplyLog = { applied: [], manual: [], unreadable: [] };
  const moved = new Set<number>();
  const edited = new Set<KnownOperation>();

  const applyPage = (comparison: PageComparison) => {
    const { page, match } = comparison;
    const { method, path, title } = page.operation;
    const file = match.operation?.file ?? findSpecFile(page, match.titleOnly, specs);
    const draft = file && drafts.get(file);
    if (!draft) {
      log.manual.push(`new: ${title} (${method} ${path}): no spec has its tag or server`);
      return;
    }
    const context = { copier: new SchemaCopier(page, draft), editor: draft.editor };
    if (match.operation) {
      const isFirst = !edited.has(match.operation);
      if (applyDifferences(comparison, { ...context, spec: match.operation, page }, log, isFirst))
        edited.add(match.operation);
    } else if (draft.keys.has(operationKey(method, path))) {
      log.manual.push(`new: ${title} (${method} ${path}): ${draft.file.name} already has this method and path`);
    } else {
      const id = addOperation(page, match.titleOnly, draft, context);
      if (match.titleOnly) moved.add(match.titleOnly.index);
      log.applied.push(`new: ${draft.file.name} ${id} (${method} ${path})`);
    }
  };
  for (const { page, reason } of entries.filter(({ status }) => status === "unreadable"))
    log.unreadable.push(`${page}: ${reason}`);
  for (const comparison of comparisons) {
    try {
      applyPage(comparison);
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      log.unreadable.push(`${comparison.page.name}: ${error.message}`);
    }
  }
  for (const { operation } of entries.filter(({ status, reason }) => status === "gone" && !reason))
    log.manual.push(`gone: ${operation}`);
  // From the end, so that the other indexes stay valid.
  for (const index of [...moved].sort((one, other) => other - one)) titleOnly.remove(["operations", index]);

  const editors = [...[...drafts.values()].map(({ editor }) => editor), titleOnly];
  const changes = (await Promise.all(editors.map((editor) => editor.render()))).flatMap((change) => change ?? []);
  if (!dryRun) writeFiles(changes);
  const patch = changes.map(({ path, before, after }) => {
    const name = relative(process.cwd(), path);
    return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, "", "", { context: 3 });
  });
  return { ...printable(log), patch: printable(patch.join("").split("\n")).join("\n") };
}

type ApplyLog = Omit<ApplyResult, "patch">;

/** Returns whether there was anything to apply. */
function applyDifferences(
  { page, differences, confirmations }: PageComparison,
  context: AdditionContext,
  log: ApplyLog,
  isFirst: boolean,
): boolean {
  const { spec } = context;
  const name = `${spec.file.name} ${spec.node.operationId}`;
  if (differences.length + confirmations.length === 0) return false;
  if (!isFirst) {
    // The spec is no longer the one that the page was compared with.
    log.manual.push(`${name}: another page of this operation was applied; run again for ${page.name}`);
    return true;
  }
  for (const difference of differences) {
    const isApplied = ADDITIONS[difference.kind]?.(difference, context) ?? false;
    const text = `${name}: ${difference.kind}${subjectText(difference)}${changeText(difference)}`;
    log[isApplied ? "applied" : "manual"].push(text);
  }
  if (confirmations.length > 0) applyConfirmations(confirmations, context);
  log.applied.push(...confirmations.map(({ what }) => `${name}: confirmed ${what}`));
  return true;
}
