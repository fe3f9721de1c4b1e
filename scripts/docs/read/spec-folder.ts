import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { reasonOf, UnreadableError } from "../unreadable-error.js";
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
    "x-evidence": string;
    "x-source": { slug: string; id: number; modified: string | null }[];
    "x-older-titles"?: string[];
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
  titleOnly: ParsedYaml & { path: string; text: string; entries: TitleOnlyOperation[] };
}

const TITLE_ONLY = "title-only.yaml";

export function readSpecFolder(folder: string): SpecFolder {
  const names = withFileName(`no specs in ${folder}`, () => readdirSync(folder));
  const files = names
    .filter((name) => name.endsWith(".yaml") && name !== TITLE_ONLY)
    .sort()
    .map((name) => readSpecFile(join(folder, name), basename(name, ".yaml")));
  const operations = files.flatMap((file) => file.operations);
  return { files, operations, titleOnly: readTitleOnly(join(folder, TITLE_ONLY)) };
}

function readSpecFile(path: string, name: string): SpecFile {
  return withFileName(path, () => {
    const text = readFileSync(path, "utf8");
    const yaml = parseYaml(text);
    const file: SpecFile = { ...yaml, name, path, text, operations: [] };
    file.operations = operationPointers(yaml.value).map((pointer) => ({
      ...readOperation(yaml.value, pointer),
      file,
      node: nodeAt(yaml.value, pointer),
    }));
    return file;
  });
}

/** Checks the keys that the tools rely on. */
function nodeAt(root: unknown, pointer: Pointer): KnownOperation["node"] {
  const node = asObject(valueAt(root, pointer));
  const [, path, method] = pointer;
  if (typeof node.operationId !== "string") throw new UnreadableError(`${method} ${path} has no operationId`);
  if (!Array.isArray(node["x-source"])) throw new UnreadableError(`${method} ${path} has no list x-source`);
  return node as unknown as KnownOperation["node"];
}

function readTitleOnly(path: string): SpecFolder["titleOnly"] {
  return withFileName(path, () => {
    const text = readFileSync(path, "utf8");
    const yaml = parseYaml(text);
    const { operations } = asObject(yaml.value);
    if (!Array.isArray(operations)) throw new UnreadableError("no list of operations");
    const entries = (operations as Omit<TitleOnlyOperation, "index">[]).map((entry, index) => ({ ...entry, index }));
    return { ...yaml, path, text, entries };
  });
}

/** Puts the name of the file in front of the reason of a failure. */
function withFileName<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UnreadableError(`${file}: ${reasonOf(error)}`, { cause: error });
  }
}
