import { isSameText } from "../compare/match.js";
import { asList, asObject, type JsonObject } from "../read/json.js";
import { pathParameterNames, pathShape } from "../read/operation.js";
import type { Page } from "../read/page.js";
import type { KnownOperation, SpecFile, SpecFolder, TitleOnlyOperation } from "../read/spec-folder.js";
import { type BuildContext, buildOperation, type PathParameter } from "./build-operation.js";
import { operationId, renamePathParameters } from "./names.js";
import { operationKey, type SpecDraft } from "./spec-draft.js";

/** The spec for a new operation: that of its product, else the one with its tag, else the one with its server. */
export function findSpecFile(
  page: Page,
  titleOnly: TitleOnlyOperation | undefined,
  { files }: SpecFolder,
): SpecFile | undefined {
  if (titleOnly) return files.find(({ name }) => name === titleOnly.product);
  const tagged = files.filter((file) => tagNames(file).some((tag) => isSameText(tag, page.operation.tag)));
  const served = (tagged.length > 0 ? tagged : files).filter((file) => {
    const urls = serverUrls(file.value).filter((url) => url !== "/");
    return serverUrls(page.document).some((url) => urls.includes(url));
  });
  const [found, ...others] = served.length > 0 ? served : tagged;
  return others.length > 0 ? undefined : found;
}

const tagNames = (file: SpecFile) => asList(asObject(file.value).tags).map((tag) => String(asObject(tag).name));

const serverUrls = (document: unknown) =>
  asList(asObject(document).servers).map((server) => String(asObject(server).url).replace(/(?<=.)\/$/, ""));

/** Adds the operation of a page to a spec. Returns its operationId. */
export function addOperation(
  page: Page,
  titleOnly: TitleOnlyOperation | undefined,
  draft: SpecDraft,
  context: BuildContext,
): string {
  const { file, editor } = draft;
  const { operation } = page;
  const tag =
    tagNames(file).find((known) => isSameText(known, operation.tag)) ?? operation.tag ?? titleOnly?.tag ?? file.name;
  const shape = pathShape(operation.path);
  const existing = draft.paths.get(shape);
  const pathParameters = findPathParameters(existing ?? operation.path, file.operations);
  const names = pathParameters.map(({ name }) => name);
  const path = existing ?? renamePathParameters(operation.path, names);
  const method = operation.method.toLowerCase();
  const id = operationId(operation.title, operation.method, path, tag, draft.ids);

  if (!tagNames(file).includes(tag)) editor.add(["tags"], { name: tag });
  const node = buildOperation(page, { operationId: id, tag, pathParameters }, context);
  if (existing) editor.set(["paths", path, method], node);
  else insertPath(path, { [method]: node }, tag, draft);
  draft.ids.add(id);
  draft.keys.add(operationKey(operation.method, path));
  draft.paths.set(shape, path);
  return id;
}

/** Inserts a path after the last operation of its tag. */
function insertPath(path: string, item: JsonObject, tag: string, { file, editor }: SpecDraft): void {
  const paths = Object.keys(asObject(asObject(file.value).paths));
  const last = paths.indexOf(file.operations.findLast((known) => known.tag === tag)?.path ?? paths.at(-1) ?? "");
  const following = new Set(paths.slice(last + 1));
  if (paths.length === 0) editor.set(["paths", path], item);
  else editor.insert(["paths"], path, item, (key) => following.has(key));
}

/** The parameters of a new path, named as in the spec's paths that begin alike. */
export function findPathParameters(path: string, operations: KnownOperation[]): PathParameter[] {
  return pathParameterNames(path).map((name, index) => {
    const prefix = pathPrefix(path, index);
    const similar = [...operations.filter((known) => known.path === path), ...operations].find(
      (known) => pathPrefix(known.path, index) === prefix,
    );
    const known = similar && pathParameterNames(similar.path)[index];
    if (!known) return { name, reference: undefined };
    const target = similar.parameters.get(`path {${index + 1}}`)?.pointer.join("/");
    const $ref = asList(asObject(similar.node).parameters)
      .map((parameter) => asObject(parameter).$ref)
      .find((ref) => typeof ref === "string" && ref.slice(2) === target);
    return { name: known, reference: $ref === undefined ? undefined : { $ref } };
  });
}

/** The shape of a path up to and including one of its parameters. */
function pathPrefix(path: string, index: number): string | undefined {
  const parts = pathShape(path).split("{}");
  return parts.length > index + 1 ? `${parts.slice(0, index + 1).join("{}")}{}` : undefined;
}
