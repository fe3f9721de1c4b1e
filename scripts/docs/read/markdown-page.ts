import { Unreadable } from "../unreadable-error.js";
import { at, objectOf, textOf } from "./json.js";
import { operationPlaces, readOperation } from "./operation.js";
import type { Page } from "./page.js";
import { readYaml } from "./parse-yaml.js";

const FENCE = /^```ya?ml\b.*$/m;

/** A page as `.md`: its title, and an OpenAPI document with this one operation in a fenced block. Else none. */
export function readMarkdownPage(text: string): Omit<Page, "name" | "slug"> | undefined {
  const heading = /^#+ *OpenAPI Specification\b/m.exec(text)?.index ?? 0;
  const from = FENCE.test(text.slice(heading)) ? heading : 0;
  const open = FENCE.exec(text.slice(from));
  if (!open) return undefined;
  const start = from + open.index + open[0].length + 1;
  const length = text.slice(start).search(/^```\s*$/m);
  if (length < 0) throw new Unreadable("the OpenAPI document is cut: nothing closes its block");

  const yaml = readYaml(text.slice(start, start + length), text.slice(0, start).split("\n").length);
  const [place, ...more] = operationPlaces(yaml.value);
  if (!place) throw new Unreadable("no operation under paths");
  if (more.length > 0) throw new Unreadable("several operations on one page");

  const operation = readOperation(yaml.value, place);
  const [, title] = /^# +(.+)$/m.exec(text.slice(0, start)) ?? [];
  const node = objectOf(at(yaml.value, place));
  const folder = textOf(node["x-apidog-folder"])?.split("/").at(-1);
  const [, id] = /(?<!\d)(\d+)\D*$/.exec(textOf(node["x-run-in-apidog"]) ?? "") ?? [];
  const [, modified] = MODIFIED.exec(text) ?? [];
  return {
    id: id === undefined ? undefined : Number(id),
    modified,
    operation: {
      ...operation,
      title: title?.trim() || operation.title.trim(),
      tag: operation.tag ?? (folder || undefined),
    },
    whole: true,
    document: yaml.value,
    lineOf: yaml.lineOf,
  };
}

/** The day on which a page was last changed, where it says so. */
export const MODIFIED = /^Modified at\s+(\d{4}-\d\d-\d\d)/m;
