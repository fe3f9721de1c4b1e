import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SpecOperation } from "../specs.js";
import { at, objectOf } from "./json.js";
import { type Operation, operationPlaces, readOperation } from "./operation.js";
import { readYaml, type YamlText } from "./yaml-text.js";

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
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml") && name !== TITLE_ONLY);
  const files = names.sort().map((name) => readSpecFile(join(folder, name), name.replace(/\.yaml$/, "")));
  const path = join(folder, TITLE_ONLY);
  const text = readFileSync(path, "utf8");
  const list = readYaml(text);
  const { operations } = list.value as { operations: Omit<TitleOnly, "index">[] };
  return {
    files,
    operations: files.flatMap((file) => file.operations),
    titleOnly: { ...list, path, text, entries: operations.map((entry, index) => ({ ...entry, index })) },
  };
}

function readSpecFile(path: string, name: string): SpecFile {
  const text = readFileSync(path, "utf8");
  const yaml = readYaml(text);
  const file: SpecFile = { ...yaml, name, path, text, operations: [] };
  file.operations = operationPlaces(yaml.value).map((place) => ({
    ...readOperation(yaml.value, place),
    file,
    node: objectOf(at(yaml.value, place)) as unknown as KnownOperation["node"],
  }));
  return file;
}
