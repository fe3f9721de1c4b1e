import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { SpecOperation } from "../../specs.js";
import { reasonOf, Unreadable } from "../unreadable-error.js";
import { at, objectOf } from "./json.js";
import { type Operation, operationPlaces, readOperation } from "./operation.js";
import { type Pointer, readYaml, type YamlText } from "./parse-yaml.js";

/** A spec as a file that differences point into and that `docs:apply` edits. */
export interface SpecFile extends YamlText {
  /** `debt-collection`. */
  name: string;
  path: string;
  text: string;
  operations: KnownOperation[];
}

/** An operation of a spec. */
export interface KnownOperation extends Operation {
  file: SpecFile;
  node: SpecOperation & { "x-older-titles"?: string[] };
}

/** An operation of which only the title is known. */
export interface TitleOnly {
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
  titleOnly: YamlText & { path: string; text: string; entries: TitleOnly[] };
}

const TITLE_ONLY = "title-only.yaml";

export function readSpecFolder(folder: string): SpecFolder {
  const names = naming(`no specs in ${folder}`, () => readdirSync(folder));
  const files = names
    .filter((name) => name.endsWith(".yaml") && name !== TITLE_ONLY)
    .sort()
    .map((name) => readSpecFile(join(folder, name), basename(name, ".yaml")));
  const operations = files.flatMap((file) => file.operations);
  return { files, operations, titleOnly: readTitleOnly(join(folder, TITLE_ONLY)) };
}

function readSpecFile(path: string, name: string): SpecFile {
  return naming(path, () => {
    const text = readFileSync(path, "utf8");
    const yaml = readYaml(text);
    const file: SpecFile = { ...yaml, name, path, text, operations: [] };
    file.operations = operationPlaces(yaml.value).map((place) => ({
      ...readOperation(yaml.value, place),
      file,
      node: nodeAt(yaml.value, place),
    }));
    return file;
  });
}

/** An operation as `openapi/README.md` has it, as far as the rest relies on it. */
function nodeAt(root: unknown, place: Pointer): KnownOperation["node"] {
  const node = objectOf(at(root, place));
  const [, path, method] = place;
  if (typeof node.operationId !== "string") throw new Unreadable(`${method} ${path} has no operationId`);
  if (!Array.isArray(node["x-source"])) throw new Unreadable(`${method} ${path} has no list x-source`);
  return node as unknown as KnownOperation["node"];
}

function readTitleOnly(path: string): SpecFolder["titleOnly"] {
  return naming(path, () => {
    const text = readFileSync(path, "utf8");
    const yaml = readYaml(text);
    const { operations } = objectOf(yaml.value);
    if (!Array.isArray(operations)) throw new Unreadable("no list of operations");
    const entries = (operations as Omit<TitleOnly, "index">[]).map((entry, index) => ({ ...entry, index }));
    return { ...yaml, path, text, entries };
  });
}

/** Without its file, nobody could tell what to mend. */
function naming<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Unreadable(`${file}: ${reasonOf(error)}`, { cause: error });
  }
}
