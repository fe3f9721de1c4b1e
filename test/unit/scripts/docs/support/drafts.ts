import { type Json, objectOf } from "../../../../../scripts/docs/read/json.js";
import { readPage } from "../../../../../scripts/docs/read/page.js";
import { readSpecFolder } from "../../../../../scripts/docs/read/spec-folder.js";
import { entryOf, examine } from "../../../../../scripts/docs/report/entry.js";
import { operationOf, type PageDraft, printPage, schemaOf } from "./apidog-page.js";

const specs = readSpecFolder("openapi");

/** A draft as it is printed, and what the check says of it. */
export function examineDraft(draft: PageDraft) {
  const page = printPage(draft);
  return { page, entry: entryOf(examine(readPage(`${draft.slug}.md`, Buffer.from(page)), specs), specs) };
}

export const propertiesOf = (draft: PageDraft, schema: string) => objectOf(schemaOf(draft, schema).properties);
export const parametersOf = (draft: PageDraft) => operationOf(draft).parameters as Json[];
export const responsesOf = (draft: PageDraft) => objectOf(operationOf(draft).responses);
