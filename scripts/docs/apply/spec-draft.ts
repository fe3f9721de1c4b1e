import type { Pointer } from "../read/json.js";
import { asObject, valueAt } from "../read/json.js";
import { pathShape } from "../read/operation.js";
import type { SpecFile } from "../read/spec-folder.js";
import { YamlEditor } from "./yaml-editor.js";

/** A spec that is being edited, with what earlier pages added to it. */
export interface SpecDraft {
  file: SpecFile;
  editor: YamlEditor;
  /** operationIds. */
  ids: Set<string>;
  /** The {@link operationKey} of each operation. */
  keys: Set<string>;
  /** Paths by {@link pathShape}. */
  paths: Map<string, string>;
  /** Component schemas by name, with the document and the pointer that describe them. */
  schemas: Map<string, { root: unknown; pointer: Pointer }>;
}

/** Identifies an operation, whatever its path parameters are called. */
export const operationKey = (method: string, path: string): string => `${method} ${pathShape(path)}`;

export function createDraft(file: SpecFile): SpecDraft {
  const { operations, value: root } = file;
  const schemas = Object.keys(asObject(valueAt(root, ["components", "schemas"])));
  return {
    file,
    editor: new YamlEditor(file),
    ids: new Set(operations.map(({ node }) => node.operationId)),
    keys: new Set(operations.map(({ method, path }) => operationKey(method, path))),
    paths: new Map(Object.keys(asObject(valueAt(root, ["paths"]))).map((path) => [pathShape(path), path])),
    schemas: new Map(schemas.map((name) => [name, { root, pointer: ["components", "schemas", name] }])),
  };
}
