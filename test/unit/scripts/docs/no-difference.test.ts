import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asObject, type JsonObject } from "../../../../scripts/docs/read/json.js";
import { apidogPage, operationOf, type PageDraft, schemaOf } from "./support/apidog-page.js";
import { entryOf, examineDraft, parametersOf, propertiesOf, responsesOf } from "./support/drafts.js";
import { specs } from "./support/specs.js";

describe.each(specs.operations)("an unchanged page of $file.name $node.operationId", ({ file, node }) => {
  it("is the same", () => {
    const { entry } = examineDraft(apidogPage(file.name, node.operationId));
    expect(entry.differences).toEqual([]);
    expect(entry).toMatchObject({ status: "same", operation: `${file.name} ${node.operationId}` });
  });
});

describe("no difference", () => {
  it.each<[string, (draft: PageDraft) => void]>([
    [
      "wording",
      (draft) => {
        operationOf(draft).description = "Other words.";
        asObject(propertiesOf(draft, "ArItem").kid).description = "Andre ord.";
        asObject(responsesOf(draft)["200"]).description = "Fine";
      },
    ],
    [
      "names of path parameters",
      (draft) => {
        const path = "/clients/{client}/aritems/{id}";
        const names: Record<string, string> = { clientno: "client", aritemid: "id" };
        for (const parameter of parametersOf(draft)) parameter.name = names[String(parameter.name)] ?? parameter.name;
        draft.document.paths = { [path]: { get: operationOf(draft) } };
      },
    ],
    [
      "parameters of the path that the page omits, or that its path does not have",
      (draft) => {
        const stray = { name: "stray", in: "path", required: true, schema: { type: "string" } };
        operationOf(draft).parameters = [...parametersOf(draft).filter((parameter) => parameter.in !== "path"), stray];
      },
    ],
    [
      "an example that contradicts the page itself",
      (draft) => {
        const media = asObject(asObject(asObject(responsesOf(draft)["200"]).content)["application/json"]);
        media.example = { clientNo: "not a number" };
      },
    ],
    [
      "the servers of the spec",
      (draft) => {
        draft.document.servers = [
          { url: "https://api.staging.amili.no/arm/v1/" },
          { url: "https://api.amili.no/arm/v1" },
        ];
      },
    ],
    [
      "the scheme of the spec under another name",
      (draft) => {
        draft.document.components = {
          ...asObject(draft.document.components),
          securitySchemes: { token: { type: "bearer", scheme: "bearer" } },
        };
        operationOf(draft).security = [{ token: [], "x-apidog": { required: true } }];
      },
    ],
    [
      "order",
      (draft) => {
        parametersOf(draft).reverse();
        schemaOf(draft, "ArItem").properties = Object.fromEntries(
          Object.entries(propertiesOf(draft, "ArItem")).reverse(),
        );
      },
    ],
    [
      "an object without any shown field",
      (draft) => {
        schemaOf(draft, "ArItem").properties = {};
      },
    ],
    [
      "names of schemas",
      (draft) => {
        const text = JSON.stringify(draft.document)
          .replaceAll("ArItem%20Model", "Any")
          .replaceAll("ArItem Model", "Any");
        draft.document = JSON.parse(text) as JsonObject;
      },
    ],
    [
      "composition",
      (draft) => {
        const schema = schemaOf(draft, "ArItem");
        const { kid, ...rest } = propertiesOf(draft, "ArItem");
        schema.allOf = [{ type: "object", properties: rest }, { properties: { kid } }];
        delete schema.properties;
      },
    ],
  ])("%s", (_, mutate) => {
    const draft = apidogPage("accounts-receivable", "getArItem");
    mutate(draft);
    expect(examineDraft(draft).entry).toMatchObject({ status: "same", differences: [] });
  });
});

it.each(["test/fixtures/docs-site/get-one-gl-item-4205284e0.md", "test/fixtures/doc-pages/actions-create-report.txt"])(
  "ignores line ends of Windows: %s",
  (name) => {
    const text = readFileSync(name, "utf8");
    const windows = entryOf(name, `\uFEFF${text.replaceAll("\n", "\r\n")}`);
    expect(windows).toMatchObject({ status: "same", operation: expect.any(String) });
    expect(windows).toEqual(entryOf(name, text));
  },
);

describe("random mutations", () => {
  // By name, because a failure prints the whole value.
  const operations = specs.operations
    .filter(({ responses }) => (responses.get("200")?.fields?.size ?? 0) > 3)
    .map(({ file, node }): [string, string] => [file.name, node.operationId]);
  /** The fields of the schemas of a page. */
  const fieldsOf = (draft: PageDraft) =>
    Object.values(asObject(asObject(draft.document.components).schemas)).flatMap((schema) =>
      Object.keys(asObject(asObject(schema).properties)).map((name) => ({ schema: asObject(schema), name })),
    );

  it.each(["added", "removed", "type"] as const)("always finds and names a field %s", (kind) => {
    fc.assert(
      fc.property(fc.constantFrom(...operations), fc.nat(), ([spec, operationId], seed) => {
        const draft = apidogPage(spec, operationId);
        const candidates = fieldsOf(draft);
        const chosen = candidates[seed % candidates.length];
        // Without its only field an object is undocumented.
        if (!chosen || Object.keys(asObject(chosen.schema.properties)).length < 2) return;
        const properties = asObject(chosen.schema.properties);
        if (kind === "removed") delete properties[chosen.name];
        if (kind === "added") properties.brandNew = { type: "string" };
        if (kind === "type") properties[chosen.name] = { type: "object", properties: { other: { type: "boolean" } } };
        const name = kind === "added" ? "brandNew" : chosen.name;
        const { entry } = examineDraft(draft);
        const found = entry.differences.filter(({ what }) => what.split(/[ .]|\[\]/).includes(name));
        expect(entry.status).toBe("changed");
        expect(found.length).toBeGreaterThan(0);
        expect(entry.differences.length).toBeLessThan(60);
      }),
      { numRuns: 40 },
    );
  });
});
