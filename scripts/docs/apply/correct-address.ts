import { hasInferredAddress } from "../compare/match.js";
import { asList, asObject, resolveReference, valueAt } from "../read/json.js";
import { pathParameterNames, pathShape } from "../read/operation.js";
import type { Page } from "../read/page.js";
import type { KnownOperation } from "../read/spec-folder.js";
import { findPathParameters } from "./add-operation.js";
import { type BuildContext, buildPathParameters } from "./build-operation.js";
import { renamePathParameters } from "./names.js";
import { operationKey, type SpecDraft } from "./spec-draft.js";

/** Whether an inferred method or path can be replaced by that of a page. */
export function canCorrect(spec: KnownOperation, { operation }: Page, draft: SpecDraft): boolean {
  return hasInferredAddress(spec) && !draft.keys.has(operationKey(operation.method, operation.path));
}

/**
 * Moves an operation to the method and path of its page. Its id, tag and method name stay, and with them its place in the
 * client. It is the last edit of an operation, because pointers into it lead nowhere afterwards.
 */
export function correctAddress(spec: KnownOperation, page: Page, draft: SpecDraft, context: BuildContext): void {
  const { editor, file } = draft;
  const { operation } = page;
  const names = pathParameterNames(spec.path);
  const existing = draft.paths.get(pathShape(operation.path));
  const others = file.operations.filter((known) => known !== spec);
  const parameters = findPathParameters(existing ?? operation.path, others);
  const isSameNumber = names.length === parameters.length;
  const path =
    existing ?? renamePathParameters(operation.path, isSameNumber ? names : parameters.map(({ name }) => name));

  if (pathParameterNames(path).join() !== names.join()) {
    const list = [...spec.pointer, "parameters"];
    const isInPath = (index: number) =>
      asObject(valueAt(file.value, resolveReference(file.value, [...list, index]))).in === "path";
    // From the end, so that the other indexes stay valid.
    for (const index of [...asList(valueAt(file.value, list)).keys()].reverse())
      if (isInPath(index)) editor.remove([...list, index]);
    for (const node of buildPathParameters(page, parameters, context).reverse()) editor.prepend(list, node);
  }
  editor.move(spec.pointer, ["paths", path, operation.method.toLowerCase()]);
  draft.keys.delete(operationKey(spec.method, spec.path));
  draft.keys.add(operationKey(operation.method, path));
  draft.paths.set(pathShape(path), path);
}
