import { asObject, asString } from "../read/json.js";
import { pathShape } from "../read/operation.js";
import type { Page } from "../read/page.js";
import type { SpecFile, SpecFolder } from "../read/spec-folder.js";

/** What to do about a new operation that belongs to no spec: the specs of its product, or with paths that begin alike. */
export function proposeSpec({ operation, folders }: Page, { files }: SpecFolder): string {
  const byFolder = files.filter((file) => folders.some((folder) => isProduct(folder, file)));
  const start = firstPart(operation.path);
  const byPath = files.filter((file) => file.operations.some(({ path }) => firstPart(path) === start));
  const both = byFolder.filter((file) => byPath.includes(file));
  const [reason, found] =
    both.length > 0
      ? ["product folder and path", both]
      : byFolder.length > 0
        ? ["product folder", byFolder]
        : [`path (${start}/…)`, byPath];
  if (found.length === 0) return "if its API is new, add a spec for it";
  const names = found.map(({ name }) => name).join(" or ");
  return `by its ${reason} it belongs to ${names}: add the tag ${operation.tag ?? "of the page"} there, and run again`;
}

const firstPart = (path: string) => `/${pathShape(path).split("/")[1] ?? ""}`;

/** Whether a folder of the navigation is called like a spec: by its file, or by the title of its API. */
function isProduct(folder: string, { name, value }: SpecFile): boolean {
  const title = asString(asObject(asObject(value).info).title) ?? "";
  const words = wordsOf(folder);
  return words !== "" && [wordsOf(name), wordsOf(title.replace(/^Amili\b/, "").replace(/\bAPI$/, ""))].includes(words);
}

const wordsOf = (text: string) =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word !== "api").join(" ");
