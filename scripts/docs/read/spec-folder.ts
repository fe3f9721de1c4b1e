import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { EvidenceLevel, SpecOperation } from "../../specs.js";
import { reasonOf, UnreadableError } from "../unreadable-error.js";
import { GUIDES, type KnownGuide, readGuideList } from "./guide-list.js";
import { asObject, type Pointer, valueAt } from "./json.js";
import { type Operation, operationPointers, readOperation } from "./operation.js";
import { type ParsedYaml, parseYaml } from "./parse-yaml.js";

/** A spec with line numbers, which `docs:apply` can edit. */
export interface SpecFile extends ParsedYaml {
  /** `debt-collection`. */
  name: string;
  path: string;
  text: string;
  operations: KnownOperation[];
}

/** An operation of a spec. */
export interface KnownOperation extends Operation {
  file: SpecFile;
  /** Its keys that describe where it was read; see `openapi/README.md`. */
  node: {
    operationId: string;
    "x-evidence": EvidenceLevel;
    "x-observed"?: SpecOperation["x-observed"];
    "x-source": { slug: string; id: number; modified: string | null }[];
    "x-older-titles"?: string[];
    "x-unknown"?: string[];
    "x-deprecated"?: string;
    "x-replaced-by"?: string;
  };
}

/** An operation known by title only. */
export interface TitleOnlyOperation {
  index: number;
  product: string;
  tag: string;
  title: string;
  method: string | null;
  path: string | null;
  page: { slug: string; id: number; inferred?: boolean } | null;
}

export interface SpecFolder {
  files: SpecFile[];
  operations: KnownOperation[];
  titleOnly: ListFile<TitleOnlyOperation>;
  guides: ListFile<KnownGuide>;
}

/** A file beside the specs that is not OpenAPI but a list. */
export interface ListFile<Entry> extends ParsedYaml {
  path: string;
  text: string;
  entries: Entry[];
}

const TITLE_ONLY = "title-only.yaml";

export function readSpecFolder(folder: string): SpecFolder {
  const names = withFileName(`no specs in ${folder}`, () => readdirSync(folder));
  const files = names
    .filter((name) => name.endsWith(".yaml") && name !== TITLE_ONLY && name !== GUIDES)
    .sort()
    .map((name) => readSpecFile(join(folder, name), basename(name, ".yaml")));
  const operations = files.flatMap((file) => file.operations);
  const titleOnly = readList(join(folder, TITLE_ONLY), readTitleOnly);
  return { files, operations, titleOnly, guides: readList(join(folder, GUIDES), readGuideList) };
}

const readSpecFile = (path: string, name: string): SpecFile =>
  withFileName(path, () => parseSpec(path, name, readFileSync(path, "utf8")));

/** A spec from its text. */
export function parseSpec(path: string, name: string, text: string): SpecFile {
  const yaml = parseYaml(text);
  const file: SpecFile = { ...yaml, name, path, text, operations: [] };
  file.operations = operationPointers(yaml.value).map((pointer) => ({
    ...readOperation(yaml.value, pointer),
    file,
    node: nodeAt(yaml.value, pointer),
  }));
  return file;
}

/** Checks the keys that the tools rely on. */
function nodeAt(root: unknown, pointer: Pointer): KnownOperation["node"] {
  const node = asObject(valueAt(root, pointer));
  const [, path, method] = pointer;
  if (typeof node.operationId !== "string") throw new UnreadableError(`${method} ${path} has no operationId`);
  if (!Array.isArray(node["x-source"])) throw new UnreadableError(`${method} ${path} has no list x-source`);
  return node as unknown as KnownOperation["node"];
}

function readList<Entry>(path: string, read: (yaml: ParsedYaml) => Entry[]): ListFile<Entry> {
  return withFileName(path, () => {
    const text = readFileSync(path, "utf8");
    const yaml = parseYaml(text);
    return { ...yaml, path, text, entries: read(yaml) };
  });
}

function readTitleOnly({ value }: ParsedYaml): TitleOnlyOperation[] {
  const { operations } = asObject(value);
  if (!Array.isArray(operations)) throw new UnreadableError("no list of operations");
  return (operations as Omit<TitleOnlyOperation, "index">[]).map((entry, index) => ({ ...entry, index }));
}

/** Puts the name of the file in front of the reason of a failure. */
function withFileName<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UnreadableError(`${file}: ${reasonOf(error)}`, { cause: error });
  }
}
