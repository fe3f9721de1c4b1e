import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { checkSources } from "../../../../scripts/docs/check-sources.js";
import { asObject } from "../../../../scripts/docs/read/json.js";
import { exitCode, type ReportEntry } from "../../../../scripts/docs/report/entry.js";
import { markdownReport } from "../../../../scripts/docs/report/markdown-report.js";
import { apidogPage, operationOf, printPage, schemaOf } from "./support/apidog-page.js";
import { workspace } from "./support/temp.js";

const SPEC = "autocollect-legacy";

it("lists a difference as known when the spec states a reason", async () => {
  const { options, pages, put } = workspace(["debt-collection", "createCorrections"]);
  const draft = apidogPage("debt-collection", "createCorrections");
  const date = asObject(asObject(schemaOf(draft, "CorrectionInput").properties).date);
  date.format = "date-time";
  put(`${draft.slug}.md`, printPage(draft));
  const before = await checkSources([pages], options);
  expect(before.entries[0]?.differences).toMatchObject([{ kind: "field type", page: "string (date-time)" }]);

  const path = join(options.specs, "debt-collection.yaml");
  const text = readFileSync(path, "utf8");
  const field = '{ type: string, description: "A date-time in the sample.';
  expect(text).toContain(field);
  writeFileSync(path, text.replace(field, field.replace("{", "{ x-known-difference: plain dates were taken,")));
  const { entries } = await checkSources([pages], options);
  expect(entries[0]).toMatchObject({ status: "same", differences: [], known: [{ why: "plain dates were taken" }] });
  expect(exitCode(entries)).toBe(0);
});

it("lists a difference as known when the operation states a reason for its kind", async () => {
  const { options, pages, put } = workspace(["debt-collection", "resumeInvoice", "getBatchLegacy"]);
  const drafts = ["resumeInvoice", "getBatchLegacy"].map((operationId) => apidogPage("debt-collection", operationId));
  for (const draft of drafts) {
    operationOf(draft).deprecated = false;
    put(`${draft.slug}.md`, printPage(draft));
  }
  const known = async () => {
    const { entries } = await checkSources([pages], options);
    return Object.fromEntries(entries.map(({ operation, known }) => [operation, known.map(({ why }) => why)]));
  };
  expect(await known()).toEqual({
    "debt-collection resumeInvoice": [],
    "debt-collection getBatchLegacy": ["it is replaced by getBatch"],
  });
  const path = join(options.specs, "debt-collection.yaml");
  const text = readFileSync(path, "utf8");
  const id = "      operationId: resumeInvoice\n";
  writeFileSync(path, text.replace(id, `${id}      x-known-difference: { deprecated: the navigation dropped it }\n`));
  expect(await known()).toMatchObject({ "debt-collection resumeInvoice": ["the navigation dropped it"] });
});

it("identifies a page by id, else by method and path, else by title", async () => {
  const { options, pages, put } = workspace([SPEC, "createBatch"], "identity");
  const known = apidogPage(SPEC, "createBatch");
  put("another-name-altogether-4131301e0.md", printPage({ ...known, title: "Another name" }));
  delete operationOf(known)["x-run-in-apidog"];
  put("saved.md", printPage(known));
  const titled = {
    ...known,
    title: "/webapi/api/Ping",
    document: { ...known.document, paths: { "/webapi/api/Ping": { get: { responses: {} } } } },
  };
  put("titled.md", printPage(titled));
  const { entries } = await checkSources([pages], options);
  expect(
    entries.map(({ status, operation, differences }) => [status, operation, differences.map(({ kind }) => kind)]),
  ).toEqual([
    ["changed", `${SPEC} createBatch`, ["title"]],
    ["same", `${SPEC} createBatch`, []],
    ["new", `${SPEC} /webapi/api/Ping`, []],
  ]);
});

it("reads the id of a saved page from its link to the documentation tool", async () => {
  const { options, pages, put } = workspace([SPEC, "createBatch"]);
  const draft = apidogPage(SPEC, "createBatch");
  draft.document.paths = { "/moved": { post: operationOf(draft) } };
  put("saved.md", printPage(draft));
  const { entries } = await checkSources([pages], options);
  expect(entries[0]).toMatchObject({
    status: "changed",
    operation: `${SPEC} createBatch`,
    differences: [{ kind: "path" }],
  });
});

it("escapes the text of a page in Markdown", () => {
  const entry: ReportEntry = {
    status: "new",
    page: "a.md",
    title: "Title](https://evil.example) @someone <b> https://evil.example www.evil.example &lt;\n# Heading",
    method: "GET",
    path: "/a`b",
    differences: [],
    known: [],
    confirms: [],
    answers: [],
  };
  const report = markdownReport([entry]);
  expect(report).not.toMatch(/[^\\]\]\(https|https:\/\/|www\.|@someone|[^\\](<b>|&lt;)|^# Heading/m);
  expect(report).toContain("`GET /a b`");
});
