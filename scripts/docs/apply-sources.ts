import { relative } from "node:path";
import { createTwoFilesPatch } from "diff";
import { addOperation, findSpecFile } from "./apply/add-operation.js";
import { ADDITIONS, type AdditionContext, applyConfirmations } from "./apply/additions.js";
import { applyObserved } from "./apply/apply-observed.js";
import { canCorrect, correctAddress } from "./apply/correct-address.js";
import { proposeSpec } from "./apply/propose-spec.js";
import { recordGuide } from "./apply/record-guide.js";
import { SchemaCopier } from "./apply/schema-copier.js";
import { createDraft, operationKey, type SpecDraft } from "./apply/spec-draft.js";
import { writeFiles } from "./apply/write-files.js";
import { type FileChange, YamlEditor } from "./apply/yaml-editor.js";
import { type CheckOptions, checkSources } from "./check-sources.js";
import type { GuideComparison } from "./compare/compare-guide.js";
import { compareObserved, type ObservedComparison } from "./compare/compare-observed.js";
import { comparePage, type PageComparison } from "./compare/compare-page.js";
import type { Difference } from "./compare/difference.js";
import type { Page } from "./read/page.js";
import { type KnownOperation, parseSpec, type SpecFile, type SpecFolder } from "./read/spec-folder.js";
import { printable } from "./report/printable.js";
import { changeText, subjectText } from "./report/text-report.js";
import { UnreadableError } from "./unreadable-error.js";

export interface ApplyOptions extends CheckOptions {
  /** The time that guides are recorded with. */
  now?: () => Date;
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
  const { specs, comparisons, guides, observed, entries } = await checkSources(sources, options);
  const drafts = new Map(specs.files.map((file) => [file, createDraft(file)]));
  const titleOnly = new YamlEditor(specs.titleOnly);
  const log: ApplyLog = { applied: [], manual: [], unreadable: [] };
  const moved = new Set<number>();
  const edited = new Set<KnownOperation>();
  const added: AddedOperation[] = [];

  const applyPage = (comparison: PageComparison) => {
    const { page, match } = comparison;
    const { method, path, title } = page.operation;
    const file = match.operation?.file ?? findSpecFile(page, match.titleOnly, specs);
    const draft = file && drafts.get(file);
    if (!draft) {
      log.manual.push(`new: ${title} (${method} ${path}): no spec has its tag or server; ${proposeSpec(page, specs)}`);
      return;
    }
    const context = { copier: new SchemaCopier(page, draft), editor: draft.editor };
    if (match.operation) {
      const isFirst = !edited.has(match.operation);
      if (applyDifferences(comparison, { ...context, spec: match.operation, page }, draft, log, isFirst))
        edited.add(match.operation);
    } else if (draft.keys.has(operationKey(method, path))) {
      log.manual.push(`new: ${title} (${method} ${path}): ${draft.file.name} already has this method and path`);
    } else if (page.isTitleCut && !match.titleOnly) {
      log.manual.push(`new: ${title} (${method} ${path}): its title may be cut off`);
    } else {
      const id = addOperation(page, match.titleOnly, draft, context);
      if (match.titleOnly) moved.add(match.titleOnly.index);
      added.push({ page, draft, id });
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
  const isLeft = ({ operation }: ObservedComparison) => edited.has(operation);
  for (const { operation, source } of observed.filter(isLeft))
    log.manual.push(`${nameOf(operation)}: a page of this operation was applied; run again for ${source.name}`);
  const applied = observed.filter((comparison) => !isLeft(comparison));
  for (const comparison of applied) {
    const draft = drafts.get(comparison.operation.file);
    if (draft) applyObserved(comparison, draft.editor);
  }
  for (const { operation } of entries.filter(({ status, reason }) => status === "gone" && !reason))
    log.manual.push(`gone: ${operation}`);
  const guideList = new YamlEditor(specs.guides);
  const today = (options.now?.() ?? new Date()).toISOString().slice(0, 10);
  for (const comparison of guides) applyGuide(comparison, guideList, today, log);
  // From the end, so that the other indexes stay valid.
  for (const index of [...moved].sort((one, other) => other - one)) titleOnly.remove(["operations", index]);

  const editors = [...[...drafts.values()].map(({ editor }) => editor), titleOnly, guideList];
  const rendered = (await Promise.all(editors.map((editor) => editor.render()))).flatMap((change) => change ?? []);
  const changes = await applyAgain(applied, rendered);
  log.manual.push(...leftovers(added, changes, specs));
  logObserved(applied, changes, log);
  if (!dryRun) writeFiles(changes);
  const patch = changes.map(({ path, before, after }) => {
    const name = relative(process.cwd(), path);
    return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, "", "", { context: 3 });
  });
  return { ...printable(log), patch: printable(patch.join("").split("\n")).join("\n") };
}

type ApplyLog = Omit<ApplyResult, "patch">;

interface AddedOperation {
  page: Page;
  draft: SpecDraft;
  id: string;
}

/** What a page says about a new operation that its spec does not: servers, authorization, fields of examples. */
function leftovers(added: AddedOperation[], changes: FileChange[], specs: SpecFolder): string[] {
  return added.flatMap(({ page, draft: { file }, id }) => {
    const { operations } = changedSpec(file, changes);
    const { differences } = comparePage(page, {
      ...specs,
      operations: operations.filter(({ node }) => node.operationId === id),
    });
    return differences.map((difference) => differenceText(`${file.name} ${id}`, difference));
  });
}

/** More than any specs need: each pass only adds. */
const MAX_PASSES = 10;

/** Operations share schemas: what one observation adds may show that another has more. */
async function applyAgain(
  comparisons: ObservedComparison[],
  changes: FileChange[],
  passes = MAX_PASSES,
): Promise<FileChange[]> {
  const editors = new Map<SpecFile, YamlEditor>();
  for (const comparison of compareAgain(comparisons, changes)) {
    const { file } = comparison.operation;
    const editor = editors.get(file) ?? new YamlEditor(file);
    editors.set(file, editor);
    applyObserved(comparison, editor);
  }
  const further = (await Promise.all([...editors.values()].map((editor) => editor.render()))).flatMap(
    (found) => found ?? [],
  );
  if (further.length === 0 || passes === 0) return changes;
  const others = changes.filter(({ path }) => !further.some((change) => change.path === path));
  const joined = further.map((change) => ({
    ...change,
    before: changes.find(({ path }) => path === change.path)?.before ?? change.before,
  }));
  return applyAgain(comparisons, [...others, ...joined], passes - 1);
}

/** The comparisons with the changed specs. */
function compareAgain(comparisons: ObservedComparison[], changes: FileChange[]): ObservedComparison[] {
  const files = new Map(comparisons.map(({ operation: { file } }) => [file, changedSpec(file, changes)]));
  return comparisons.flatMap(({ operation, source }) => {
    const now = files
      .get(operation.file)
      ?.operations.find(({ node }) => node.operationId === operation.node.operationId);
    return now ? compareObserved(now, source) : [];
  });
}

/** What the changed specs still differ in from the observations was not applied. */
function logObserved(comparisons: ObservedComparison[], changes: FileChange[], log: ApplyLog): void {
  const left = compareAgain(comparisons, changes).flatMap(observedTexts);
  log.applied.push(...comparisons.flatMap(observedTexts).filter((text) => !left.includes(text)));
  for (const { operation, confirmations } of comparisons)
    log.applied.push(...confirmations.map(({ what }) => `${nameOf(operation)}: confirmed ${what}`));
  log.manual.push(...left);
}

const observedTexts = ({ operation, differences }: ObservedComparison): string[] =>
  differences.map((difference) => differenceText(nameOf(operation), difference));

function changedSpec(file: SpecFile, changes: FileChange[]): SpecFile {
  const change = changes.find(({ path }) => path === file.path);
  return change ? parseSpec(file.path, file.name, change.after) : file;
}

const nameOf = ({ file, node }: KnownOperation) => `${file.name} ${node.operationId}`;

/** Records a guide. What rests on its changed sections is for a reader to judge. */
function applyGuide(comparison: GuideComparison, editor: YamlEditor, today: string, log: ApplyLog): void {
  const { guide, known, changes } = comparison;
  if (changes.length === 0 && known) return;
  if (guide.id === undefined || guide.slug === undefined) {
    log.manual.push(`guide ${guide.title}: it has no id in its name`);
    return;
  }
  recordGuide(comparison, editor, today);
  log.applied.push(`guide ${guide.title}: recorded`);
  for (const { kind, heading, places } of changes)
    if (places.length > 0) log.manual.push(`guide ${guide.title}: ${kind} ${heading}; review ${places.join(", ")}`);
}

const differenceText = (name: string, difference: Difference) =>
  `${name}: ${difference.kind}${subjectText(difference)}${changeText(difference)}`;

/** Returns whether there was anything to apply. */
function applyDifferences(
  { page, differences, confirmations }: PageComparison,
  context: AdditionContext,
  draft: SpecDraft,
  log: ApplyLog,
  isFirst: boolean,
): boolean {
  const { spec } = context;
  const name = nameOf(spec);
  if (differences.length + confirmations.length === 0) return false;
  if (!isFirst) {
    // The spec is no longer the one that the page was compared with.
    log.manual.push(`${name}: another page of this operation was applied; run again for ${page.name}`);
    return true;
  }
  const isAddress = ({ kind }: Difference) => kind === "method" || kind === "path";
  const isCorrected = differences.some(isAddress) && canCorrect(spec, page, draft);
  for (const difference of differences) {
    const isApplied = isAddress(difference)
      ? isCorrected
      : (ADDITIONS[difference.kind]?.(difference, context) ?? false);
    log[isApplied ? "applied" : "manual"].push(differenceText(name, difference));
  }
  const shown = confirmations.filter(({ kind }) => kind !== "evidence" || isCorrected || !differences.some(isAddress));
  if (shown.length > 0) applyConfirmations(shown, context);
  log.applied.push(...shown.map(({ what }) => `${name}: confirmed ${what}`));
  if (isCorrected) correctAddress(spec, page, draft, context);
  return true;
}
