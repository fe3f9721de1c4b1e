import { UnreadableError } from "../unreadable-error.js";
import { asList, asObject, asString, valueAt } from "./json.js";
import { operationPointers, readOperation } from "./operation.js";
import { MODIFIED, type PageContent } from "./page.js";
import { parseYaml } from "./parse-yaml.js";

const FENCE = /^```ya?ml\b.*$/m;

/** Reads a `.md` page: its title, and an OpenAPI document of one operation in a fenced block. */
export function readMarkdownPage(text: string): PageContent | undefined {
  const heading = /^#+ *OpenAPI Specification\b/m.exec(text)?.index ?? 0;
  const from = FENCE.test(text.slice(heading)) ? heading : 0;
  const open = FENCE.exec(text.slice(from));
  if (!open) return undefined;
  const start = from + open.index + open[0].length + 1;
  const length = text.slice(start).search(/^```\s*$/m);
  if (length < 0) throw new UnreadableError("the OpenAPI document is cut off: its block is not closed");

  const yaml = parseYaml(text.slice(start, start + length), text.slice(0, start).split("\n").length);
  const [pointer, ...others] = operationPointers(yaml.value);
  if (!pointer) throw new UnreadableError("no operation under paths");
  if (others.length > 0) throw new UnreadableError("several operations on one page");

  const operation = readOperation(yaml.value, pointer);
  const [, title] = /^# +(.+)$/m.exec(text.slice(0, start)) ?? [];
  const node = asObject(valueAt(yaml.value, pointer));
  const folders = (asString(node["x-apidog-folder"]) ?? asString(asList(node.tags)[0]) ?? "")
    .split("/")
    .map((folder) => folder.trim())
    .filter((folder) => folder !== "");
  const [, id] = /(?<!\d)(\d+)\D*$/.exec(asString(node["x-run-in-apidog"]) ?? "") ?? [];
  return {
    id: id === undefined ? undefined : Number(id),
    folders,
    modified: MODIFIED.exec(text)?.[1],
    operation: {
      ...operation,
      title: title?.trim() || operation.title.trim(),
      tag: operation.tag ?? folders.at(-1),
    },
    isComplete: true,
    isTitleCut: false,
    document: yaml.value,
    lineOf: yaml.lineOf,
  };
}
