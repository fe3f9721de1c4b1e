import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { applySources } from "../../../../scripts/docs/apply-sources.js";
import { checkSources } from "../../../../scripts/docs/check-sources.js";
import type { JsonObject } from "../../../../scripts/docs/read/json.js";
import { apidogPage, operationOf, printPage } from "./support/apidog-page.js";
import { parametersOf } from "./support/drafts.js";
import { workspace } from "./support/temp.js";

const SPEC = "accounts-receivable";

/** Checks, applies and checks again the page of an operation at another method and path than the spec has inferred. */
async function applyAt(operationId: string, method: string, path: string, ...others: string[]) {
  const { options, pages, put, read } = workspace([SPEC, operationId, "getGlItem", ...others]);
  const draft = apidogPage(SPEC, operationId);
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const inPath = names.map((name) => ({
    name,
    in: "path",
    required: true,
    schema: { type: name === "clientno" ? "integer" : "string" },
  }));
  operationOf(draft).parameters = [...inPath, ...parametersOf(draft).filter((parameter) => parameter.in !== "path")];
  delete operationOf(draft)["x-run-in-apidog"];
  draft.document.paths = { [path]: { [method]: operationOf(draft) } };
  put("its-page-9000001e0.md", printPage(draft));
  const before = await checkSources([pages], options);
  const result = await applySources([pages], options);
  const after = await checkSources([pages], options);
  const { paths } = parse(read(SPEC)) as { paths: Record<string, Record<string, JsonObject>> };
  return { before: before.entries[0], ...result, after: after.entries[0], paths, text: read(SPEC) };
}

it("is corrected by the real page, and the operation keeps its name", async () => {
  const { before, applied, manual, after, paths } = await applyAt("listLogItems", "get", "/clients/{clientno}/logs");
  expect(before).toMatchObject({ status: "changed", operation: `${SPEC} listLogItems` });
  expect(before?.differences[0]).toMatchObject({ kind: "path", what: "the inferred path is wrong" });
  expect(applied[0]).toContain("the inferred path is wrong: /clients/{clientno}/logitems → /clients/{clientno}/logs");
  expect(manual).toEqual([]);
  expect(paths["/clients/{clientno}/logitems"]).toBeUndefined();
  expect(paths["/clients/{clientno}/logs"]?.get).toMatchObject({
    operationId: "listLogItems",
    tags: ["LogItems"],
    "x-evidence": "documented",
    "x-source": [{ id: 9000001 }, { id: 4205290 }],
  });
  expect(paths["/clients/{clientno}/logs"]?.get).not.toHaveProperty("x-inferred");
  expect(after).toMatchObject({ status: "same", operation: `${SPEC} listLogItems` });
});

it("gets the parameters of the real path", async () => {
  const path = "/clients/{clientno}/logs/{year}/{no}";
  const { manual, after, paths } = await applyAt("getLogItem", "get", path);
  expect(manual).toEqual([]);
  expect(paths[path]?.get?.parameters).toMatchObject([
    { $ref: "#/components/parameters/ClientNo" },
    { name: "year", in: "path", required: true },
    { name: "no", in: "path", required: true },
  ]);
  expect(after).toMatchObject({ status: "same", differences: [], answers: [] });
});

it("leaves the other operation of its path where it is", async () => {
  const { paths, after } = await applyAt("createDocument", "put", "/clients/{clientno}/documents/new", "listDocuments");
  expect(Object.keys(paths["/clients/{clientno}/documents"] ?? {})).toEqual(["get"]);
  expect(paths["/clients/{clientno}/documents/new"]?.put).toMatchObject({ operationId: "createDocument" });
  expect(after).toMatchObject({ status: "same", differences: [], answers: [] });
});

it("keeps what its page adds, and the comment above its path", async () => {
  const { options, pages, put, read } = workspace([SPEC, "listLogItems", "getGlItem", "createPaymentReservation"]);
  const file = join(options.specs, `${SPEC}.yaml`);
  writeFileSync(
    file,
    read(SPEC).replace("  /clients/{clientno}/logitems:", "  # ---- Log\n  /clients/{clientno}/logitems:"),
  );
  const draft = apidogPage(SPEC, "listLogItems");
  const { "x-run-in-apidog": _, ...operation } = operationOf(draft);
  const own = { name: "id", in: "path", required: true, schema: { type: "string" } };
  operation.parameters = [...parametersOf(draft), own, { name: "since", in: "query", schema: { type: "string" } }];
  draft.document.paths = { "/clients/{clientno}/glitems/{id}": { post: operation } };
  put("its-page-9000001e0.md", printPage(draft));
  await applySources([pages], options);
  const { paths } = parse(read(SPEC)) as { paths: Record<string, Record<string, { parameters: JsonObject[] }>> };
  const parameters = paths["/clients/{clientno}/glitems/{glitemid}"]?.post?.parameters ?? [];
  expect(parameters.map(({ name, $ref }) => name ?? $ref).slice(0, 2)).toEqual([
    "#/components/parameters/ClientNo",
    "glitemid",
  ]);
  expect(parameters.at(-1)).toMatchObject({ name: "since", in: "query" });
  expect(read(SPEC)).toContain("# ---- Log");
});

it("joins an operation that the real path has already", async () => {
  const { paths, text, after } = await applyAt("listLogItems", "post", "/clients/{clientno}/glitems/{id}");
  expect(Object.keys(paths["/clients/{clientno}/glitems/{glitemid}"] ?? {})).toEqual(["get", "post"]);
  expect(text).not.toContain("/logitems:");
  expect(after).toMatchObject({ status: "same", differences: [], answers: [] });
});

it("is left to the user when another operation is at the real path", async () => {
  const { manual, after, paths } = await applyAt("listLogItems", "get", "/clients/{clientno}/glitems/{id}");
  expect(paths["/clients/{clientno}/logitems"]?.get).toHaveProperty("operationId", "listLogItems");
  // That operation is the one with this method and path.
  expect(manual.length).toBeGreaterThan(0);
  expect(after?.operation).toBe(`${SPEC} getGlItem`);
});
