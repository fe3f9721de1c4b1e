import { evidenceIn } from "../compare/confirmations.js";
import { sameText } from "../compare/match.js";
import { type Json, objectOf } from "../read/json.js";
import { pathNames, shapeOf } from "../read/operation.js";
import type { Page } from "../read/page.js";
import type { KnownOperation, SpecFile, SpecFolder, TitleOnly } from "../read/spec-folder.js";
import { type Maker, makeParameter, makeRequest, makeResponse, unseenError } from "./build-operation.js";
import { operationId, renamed } from "./names.js";
import { callOf, type Draft } from "./spec-draft.js";

/** The spec that an operation belongs to: its product's, else the one that has its tag, else the one with its server. */
export function placeOf(page: Page, entry: TitleOnly | undefined, { files }: SpecFolder): SpecFile | undefined {
  if (entry) return files.find(({ name }) => name === entry.product);
  const tagged = files.filter((file) => tagsOf(file).some((tag) => sameText(tag, page.operation.tag)));
  const served = (tagged.length > 0 ? tagged : files).filter((file) => {
    const ours = serversOf(file.value).filter((url) => url !== "/");
    return serversOf(page.document).some((url) => ours.includes(url));
  });
  const [found, ...more] = served.length > 0 ? served : tagged;
  return more.length > 0 ? undefined : found;
}

const tagsOf = (file: SpecFile) => ((objectOf(file.value).tags ?? []) as { name: string }[]).map(({ name }) => name);

function serversOf(document: unknown): string[] {
  const servers = objectOf(document).servers;
  if (!Array.isArray(servers)) return [];
  return servers.map((server) => String(objectOf(server).url).replace(/(?<=.)\/$/, ""));
}

/** Puts a page's operation into a spec, and gives its operationId. */
export function addOperation(page: Page, entry: TitleOnly | undefined, draft: Draft, maker: Maker): string {
  const { file, editor } = draft;
  const { operation } = page;
  const tag = tagsOf(file).find((known) => sameText(known, operation.tag)) ?? operation.tag ?? entry?.tag ?? file.name;
  const shape = shapeOf(operation.path);
  const same = draft.paths.get(shape);
  const names = namesAt(same ?? operation.path, file.operations);
  const path =
    same ??
    renamed(
      operation.path,
      names.map(({ name }) => name),
    );
  const method = operation.method.toLowerCase();
  const id = operationId(operation.title, operation.method, path, tag, draft.ids);

  if (!tagsOf(file).includes(tag)) editor.add(["tags"], { name: tag });
  const node = makeOperation(page, tag, id, names, maker);
  if (same) editor.set(["paths", path, method], node);
  else insertPath(path, { [method]: node }, tag, file, maker);
  draft.ids.add(id);
  draft.calls.add(callOf(operation.method, path));
  draft.paths.set(shape, path);
  return id;
}

/** After the last operation of its tag, where a reader looks for it. */
function insertPath(path: string, item: Json, tag: string, file: SpecFile, { editor }: Maker): void {
  const paths = Object.keys(objectOf(objectOf(file.value).paths));
  const last = paths.indexOf(file.operations.findLast((known) => known.tag === tag)?.path ?? paths.at(-1) ?? "");
  const after = new Set(paths.slice(last + 1));
  if (paths.length === 0) editor.set(["paths", path], item);
  else editor.insert(["paths"], path, item, (key) => after.has(key));
}

function makeOperation(page: Page, tag: string, id: string, names: PathName[], maker: Maker): Json {
  const { operation, slug, id: pageId, modified = null } = page;
  const { deprecated, request, title } = operation;
  // The path says which parameters it has; pages forget some, and list others.
  const ofPath = names.map(({ name, reference }, index) => {
    const their = operation.parameters.get(`path {${index + 1}}`) ?? { at: [], in: "path", fields: undefined };
    return reference ?? makeParameter({ ...their, name, required: true }, maker);
  });
  const others = [...operation.parameters.values()].filter((parameter) => parameter.in !== "path");
  const parameters = [...ofPath, ...others.map((parameter) => makeParameter(parameter, maker))];
  const responses = Object.fromEntries(
    [...operation.responses].map(([status, body]) => [status, makeResponse(status, body, maker)]),
  );
  return {
    operationId: id,
    tags: [tag],
    summary: title,
    "x-evidence": evidenceIn(page),
    "x-source": slug === undefined ? [] : [{ slug, id: pageId, modified }],
    ...(deprecated && { deprecated }),
    ...(parameters.length > 0 && { parameters }),
    ...(request && { requestBody: makeRequest(request, maker) }),
    responses: { ...responses, ...unseen(Object.keys(responses), maker) },
  };
}

/** What stands where a page lists no success, or no error. */
function unseen(statuses: string[], { editor }: Maker): Json {
  const hasError = statuses.some((status) => /^[45]|default/.test(status));
  const anyError = editor.has(["components", "responses", "Error"])
    ? { $ref: "#/components/responses/Error" }
    : unseenError("Not documented.");
  return {
    ...(!statuses.some((status) => status.startsWith("2")) && { "2XX": { description: "Not documented." } }),
    ...(!hasError && { default: anyError }),
  };
}

interface PathName {
  name: string;
  /** The parameter that the spec's operations share. */
  reference: Json | undefined;
}

/** The path parameters of a new path, called as the spec calls them where its paths begin alike. */
function namesAt(path: string, operations: KnownOperation[]): PathName[] {
  return pathNames(path).map((name, index) => {
    const prefix = prefixOf(path, index);
    const like = [...operations.filter((known) => known.path === path), ...operations].find(
      (known) => prefixOf(known.path, index) === prefix,
    );
    const theirs = like && pathNames(like.path)[index];
    if (!theirs) return { name, reference: undefined };
    const { parameters = [] } = like.node as unknown as { parameters?: Json[] };
    const shared = parameters.find(({ $ref }) => {
      const key = `path {${index + 1}}`;
      return typeof $ref === "string" && like.parameters.get(key)?.at.join("/") === $ref.slice(2);
    });
    return { name: theirs, reference: shared && { $ref: shared.$ref } };
  });
}

/** The shape of a path up to and with one of its parameters. */
function prefixOf(path: string, index: number): string | undefined {
  const parts = shapeOf(path).split("{}");
  return parts.length > index + 1 ? `${parts.slice(0, index + 1).join("{}")}{}` : undefined;
}
