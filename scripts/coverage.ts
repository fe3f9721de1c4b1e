/**
 * Writes `docs/coverage.md`: every operation of the documentation, how far it was seen, and the method that calls it. With
 * `--check` it writes nothing and fails when the file is stale.
 */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { methodsOf } from "./generate/operations.js";
import { modelOf } from "./resources.js";
import { EVIDENCE_LEVELS, operationsOf, readSpecs, type SpecOperation } from "./specs.js";
import { writeFiles } from "./write-files.js";

const EVIDENCE = [...EVIDENCE_LEVELS, "title only"] as const;

interface Row {
  product: string;
  title: string;
  method: string | null;
  path: string | null;
  evidence: (typeof EVIDENCE)[number];
  page: { slug: string; modified?: string | null; inferred?: boolean } | null | undefined;
  deprecated: boolean;
  observed: SpecOperation["x-observed"];
  /** As a user writes it. */
  callName: string | undefined;
}

function rows(): Row[] {
  const inSpecs = readSpecs().flatMap((named) => {
    const callNames = new Map(methodsOf(modelOf(named)).map(({ operationId, callName }) => [operationId, callName]));
    return operationsOf(named.spec).map(({ method, path, operation }): Row => {
      const { summary: title, deprecated = false, operationId, "x-evidence": evidence, "x-source": pages } = operation;
      const { "x-observed": observed } = operation;
      const page = pages.find(({ modified }) => modified) ?? pages[0];
      return {
        product: named.name,
        title,
        method,
        path,
        evidence,
        page,
        deprecated,
        observed,
        callName: callNames.get(operationId),
      };
    });
  });
  const { operations } = parse(readFileSync(new URL("../openapi/title-only.yaml", import.meta.url), "utf8")) as {
    operations: Omit<Row, "evidence" | "observed" | "callName">[];
  };
  return [
    ...inSpecs,
    ...operations.map((row): Row => ({ ...row, evidence: "title only", observed: undefined, callName: undefined })),
  ];
}

const code = (text: string | null | undefined) => (text ? `\`${text}\`` : "");
const line = (...cells: (string | number)[]) => `| ${cells.join(" | ")} |`;

function table(all: Row[]): string[] {
  return [
    line("title", "method", "path", "evidence", "observed", "page", "modified", "called by"),
    line(...Array<string>(8).fill("---")),
    ...all.map(({ title, method, path, evidence, observed, page, deprecated, callName }) =>
      line(
        `${title}${deprecated ? " (deprecated)" : ""}`,
        method ?? "",
        code(path),
        evidence,
        observed ? `${observed.environment}, ${observed.date}, ${observed.responses} responses` : "",
        page ? (page.inferred ? `${page.slug} (inferred)` : `[${page.slug}](https://docs.amili.dev/${page.slug})`) : "",
        page?.modified ?? "",
        code(callName),
      ),
    ),
  ];
}

function totals(all: Row[], products: string[]): string[] {
  const count = (product: string | undefined, evidence: string | undefined) =>
    all.filter((row) => (!product || row.product === product) && (!evidence || row.evidence === evidence)).length;
  return [
    line("product", ...EVIDENCE, "in all", "callable"),
    line(...Array<string>(EVIDENCE.length + 3).fill("---")),
    ...[...products, undefined].map((product) =>
      line(
        product ?? "**all**",
        ...EVIDENCE.map((evidence) => count(product, evidence)),
        count(product, undefined),
        all.filter((row) => row.callName && (!product || row.product === product)).length,
      ),
    ),
  ];
}

const all = rows();
const products = [...new Set(all.map(({ product }) => product))].sort();
const text = [
  "# Coverage",
  "",
  "<!-- Written by `npm run coverage` from openapi/. Do not edit. -->",
  "",
  "Every operation that the documentation's navigation names, old and new. *documented*: method, path, parameters and a body",
  "were read. *partial*: method and path were read, the rest in part. *observed*: method or path was inferred, and the API",
  "answered there. *inferred*: method or path is inferred; the client refuses it unless `allowInferred` allows it. *title",
  "only*: there is nothing to call yet; see [title-only.yaml](../openapi/title-only.yaml). The column *observed* says where and when",
  'responses were last observed, and how many. *modified* is the page\'s "Modified at"; it is empty where no date was observed.',
  "",
  ...totals(all, products),
  ...products.flatMap((product) => ["", `## ${product}`, "", ...table(all.filter((row) => row.product === product))]),
  "",
].join("\n");

const OUT = new URL("../docs/", import.meta.url);
writeFiles(OUT, new Map([["coverage.md", text]]), "npm run coverage", { keepOthers: true });
