import { comparePage } from "../../../../../scripts/docs/compare/compare-page.js";
import { asObject, type JsonObject } from "../../../../../scripts/docs/read/json.js";
import { readPage } from "../../../../../scripts/docs/read/read-page.js";
import { comparisonEntry } from "../../../../../scripts/docs/report/entry.js";
import { operationOf, type PageDraft, printPage, schemaOf } from "./apidog-page.js";
import { specs } from "./specs.js";

/** The report entry of a page, compared with the specs of the repository. */
export const entryOf = (name: string, text: string) =>
  comparisonEntry(comparePage(readPage(name, Buffer.from(text)), specs), specs);

/** A draft as printed, and its report entry. */
export function examineDraft(draft: PageDraft) {
  const page = printPage(draft);
  return { page, entry: entryOf(`${draft.slug}.md`, page) };
}

export const propertiesOf = (draft: PageDraft, schema: string) => asObject(schemaOf(draft, schema).properties);
export const parametersOf = (draft: PageDraft) => operationOf(draft).parameters as JsonObject[];
export const responsesOf = (draft: PageDraft) => asObject(operationOf(draft).responses);
