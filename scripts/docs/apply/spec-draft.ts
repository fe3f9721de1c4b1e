import { at, objectOf } from "../read/json.js";
import { shapeOf } from "../read/operation.js";
import type { Pointer } from "../read/parse-yaml.js";
import type { SpecFile } from "../read/spec-folder.js";
import { Editor } from "./yaml-editor.js";

/** A spec under edit, with what it holds by now: a page must not bring again what one before it brought. */
export interface Draft {
  file: SpecFile;
  editor: Editor;
  /** The operationIds. */
  ids: Set<string>;
  /** Method and shape of the path of each operation. */
  calls: Set<string>;
  /** Paths by their shapes. */
  paths: Map<string, string>;
  /** Component schemas: the document that describes each, and where. */
  schemas: Map<string, { root: unknown; place: Pointer }>;
}

export const callOf = (method: string, path: string): string => `${method} ${shapeOf(path)}`;

export function draftOf(file: SpecFile): Draft {
  const { operations, value: root } = file;
  const schemas = Object.keys(objectOf(at(root, ["components", "schemas"])));
  return {
    file,
    editor: new Editor(file),
    ids: new Set(operations.map(({ node }) => node.operationId)),
    calls: new Set(operations.map(({ method, path }) => callOf(method, path))),
    paths: new Map(Object.keys(objectOf(at(root, ["paths"]))).map((path) => [shapeOf(path), path])),
    schemas: new Map(schemas.map((name) => [name, { root, place: ["components", "schemas", name] }])),
  };
}
