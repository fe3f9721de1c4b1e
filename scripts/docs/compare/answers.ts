import { type Fields, fieldName, isUnnamed } from "../read/fields.js";
import { asList, asObject, type Pointer, valueAt } from "../read/json.js";
import { type Body, bodyNames, findBody, REQUEST } from "../read/operation.js";
import type { Page } from "../read/page.js";
import type { KnownOperation } from "../read/spec-folder.js";
import type { Difference, DifferenceKind } from "./difference.js";
import { fieldMark, inferredMark } from "./marks.js";

/** What a page says at a place that the spec left open. */
export interface Answer {
  /** For display: `200 data[].id`. */
  what: string;
  /** What the page says. */
  page: string;
  /** What was open: an entry of `x-unknown`, a mark, or nothing in the spec. */
  why: string;
  specPointer: Pointer;
  pagePointer: Pointer;
}

/** Statements of these kinds answer a question where the spec has nothing, and contradict it where it has something. */
const ANSWERING = new Set<DifferenceKind>([
  "default",
  "limit",
  "pattern",
  "style",
  "enum added",
  "header added",
  "security",
]);

/** Why the spec left open what a difference is about, when it did. */
export function answerOf(difference: Difference, spec: KnownOperation): Pick<Difference, "answers"> {
  if (difference.answers === undefined && !(ANSWERING.has(difference.kind) && difference.spec === undefined)) return {};
  const topic = [difference.what, difference.page ?? "", TOPICS[difference.kind] ?? ""].join(" ");
  const mark = inferredMark(spec.file, [difference.specPointer]);
  const why = unknownAbout(spec, topic, difference.specPointer) ?? (mark && `inferred: ${mark}`) ?? difference.answers;
  return { answers: why ?? "the spec has nothing" };
}

/** The words of `x-unknown` for what differences of a kind are about. */
const TOPICS: Partial<Record<DifferenceKind, string>> = {
  default: "default",
  limit: "maximum minimum limit limits size length",
  "enum added": "values",
  "enum replaced": "values",
  "header added": "headers header limits rate",
  security: "authentication token auth",
};

/** Finds the entry of `x-unknown`, of the operation or of a place in it, that shares a telling word with a text. */
function unknownAbout(
  { file, node, title, tag = "" }: KnownOperation,
  text: string,
  place: Pointer = [],
): string | undefined {
  const words = new Set(wordsOf(text));
  // What the operation is about stands in any text about it.
  for (const word of wordsOf(`${title} ${tag}`))
    for (const form of [word, `${word}s`, word.replace(/s$/, "")]) words.delete(form);
  const own = asList(asObject(valueAt(file.value, place))["x-unknown"]).map(String);
  const entry = [...own, ...(node["x-unknown"] ?? [])].find((candidate) =>
    wordsOf(candidate).some((word) => words.has(word)),
  );
  return entry && `x-unknown: ${entry}`;
}

/** Words that stand in too many texts to tell anything. */
const COMMON =
  /^(?:body|bodies|error|page|fields?|other|further|where|whether|which|items?|their|still|carry|meaning)$/;

const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}_]{4,}/gu) ?? []).filter((word) => !COMMON.test(word));

const UNDOCUMENTED = /\b(?:not|un)[ -]?(?:documented|described|observed|known)\b/i;
const MAX_TEXT = 300;

/** What a page says in words, or leaves open, where the spec knows no better. */
export function findAnswers(spec: KnownOperation, page: Page): Answer[] {
  const found: Answer[] = [];
  const add = (what: string, text: string, why: string, specPointer: Pointer, pagePointer: Pointer) => {
    const line = text.replace(/\s+/g, " ").trim();
    found.push({
      what,
      page: line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line,
      why,
      specPointer,
      pagePointer,
    });
  };
  const { operation } = page;

  if (operation.description !== undefined && operation.description !== spec.description) {
    const why = spec.description === undefined ? "no description" : unknownAbout(spec, operation.description);
    if (why !== undefined) add("description", operation.description, why, spec.pointer, operation.pointer);
  }
  for (const [key, theirs] of operation.parameters) {
    const ours = spec.parameters.get(key);
    const mark = ours && inferredMark(spec.file, [ours.pointer]);
    const why = ours && openDescription(spec, ours.name, ours.description ?? ours.fields?.get("")?.description, mark);
    if (ours && theirs.description !== undefined && theirs.description !== ours.description && why !== undefined)
      add(`${ours.in} ${ours.name}`, theirs.description, why, ours.pointer, theirs.pointer);
  }
  for (const name of bodyNames(operation)) {
    const [ours, theirs] = [findBody(spec, name), findBody(operation, name)];
    if (!ours || !theirs) continue;
    const mark = inferredMark(spec.file, [ours.pointer]);
    if (name === REQUEST && ours.required && theirs.required === false && mark !== undefined)
      add(name, "optional", `inferred: ${mark}`, ours.pointer, theirs.pointer);
    if (ours.fields && theirs.fields) addFields(spec, name, ours, ours.fields, theirs.fields, add);
  }
  return found;
}

function addFields(
  spec: KnownOperation,
  body: string,
  { pointer }: Body,
  ours: Fields,
  theirs: Fields,
  add: (what: string, text: string, why: string, specPointer: Pointer, pagePointer: Pointer) => void,
): void {
  for (const [path, their] of theirs) {
    const our = ours.get(path);
    if (!our) continue;
    const what = `${body} ${path}`.trim();
    const mark = fieldMark(spec.file, ours, path, pointer);
    if (our.required && !their.required && mark !== undefined && path !== "")
      add(what, "optional", `inferred: ${mark}`, our.pointer, their.pointer);
    if (path === "" || isUnnamed(path) || their.description === undefined || their.description === our.description)
      continue;
    const own = inferredMark(spec.file, [our.declaredAt, our.pointer]);
    const why = openDescription(spec, fieldName(path), our.description, own);
    if (why !== undefined) add(what, their.description, why, our.pointer, their.pointer);
  }
}

/** Why a description is open: there is none, it says so itself, or what it describes is inferred. */
function openDescription(
  spec: KnownOperation,
  name: string,
  description: string | undefined,
  mark: string | undefined,
): string | undefined {
  if (mark !== undefined) return `inferred: ${mark}`;
  if (description === undefined) return unknownAbout(spec, name) ?? "no description";
  return UNDOCUMENTED.test(description) ? description : undefined;
}
