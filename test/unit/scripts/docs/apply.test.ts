import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { applySources } from "../../../../scripts/docs/apply-sources.js";
import { checkSources } from "../../../../scripts/docs/check-sources.js";
import { asObject, type JsonObject } from "../../../../scripts/docs/read/json.js";
import { apidogPage, operationOf, type PageDraft, printPage, schemaOf } from "./support/apidog-page.js";
import { parametersOf } from "./support/drafts.js";
import { workspace } from "./support/temp.js";

/** The result of applying pages to specs that have their operations and a few others. */
async function applyDrafts(drafts: PageDraft[], { dryRun = false } = {}) {
  const operations = (spec: string) => drafts.filter((draft) => draft.spec === spec).map((draft) => draft.operationId);
  const { put, ...space } = workspace(
    ["accounts-receivable", "getGlItem", "listArItems", ...operations("accounts-receivable")],
    ["debt-collection", "listCases", "listBatches", ...operations("debt-collection")],
  );
  for (const draft of drafts) put(`${draft.slug}.md`, printPage(draft));
  const result = await applySources([space.pages], { ...space.options, dryRun });
  const lost = (spec: string) => linesWithout(space.original(spec), space.read(spec));
  return { ...space, ...result, lost };
}

const lines = (text: string) => text.split("\n").map((line) => line.trim());
/** The lines of a text that are not in another one. */
const linesWithout = (text: string, other: string) => {
  const kept = new Map<string, number>();
  for (const line of lines(other)) kept.set(line, (kept.get(line) ?? 0) + 1);
  return lines(text).filter((line) => {
    const left = kept.get(line) ?? 0;
    kept.set(line, left - 1);
    return left < 1;
  });
};
const operationIn = (text: string, path: string, method: string) =>
  asObject(asObject((parse(text) as { paths: JsonObject }).paths[path])[method]);

const SERVERS = [{ url: "https://api.amili.no/arm/v1" }, { url: "https://api.staging.amili.no/arm/v1" }];

/** A page of an operation that no spec has. */
function newPage(
  slug: string,
  title: string,
  method: string,
  path: string,
  operation: JsonObject,
  schemas: JsonObject = {},
): PageDraft {
  const draft = apidogPage("accounts-receivable", "getGlItem");
  const document = { ...draft.document, paths: { [path]: { [method]: operation } }, components: { schemas } };
  return { ...draft, slug, title, method, path, document };
}

describe("an addition of a page", () => {
  const draft = apidogPage("debt-collection", "listSettlements");
  const operation = operationOf(draft);
  (operation.parameters as JsonObject[]).push({
    name: "scope",
    in: "query",
    required: true,
    schema: { type: "string" },
  });
  asObject(operation.responses)["410"] = { description: "" };
  delete asObject(operation.responses)["503"];
  const { vat, ...rest } = asObject(schemaOf(draft, "Settlement").properties);
  asObject(rest.collectionType).enum = ["REMINDER", "COLLECTION"];
  schemaOf(draft, "Settlement").properties = { ...rest, payer: { $ref: "#/components/schemas/Settlement%20payer" } };
  asObject(asObject(draft.document.components).schemas)["Settlement payer"] = {
    type: "object",
    required: ["name"],
    properties: { name: { type: "string", nullable: true }, "x y": { type: "integer" } },
  };
  draft.title = "List settlements";

  it("is written in place, and everything else is kept", async () => {
    const { read, lost, manual, options, pages } = await applyDrafts([draft]);
    const after = read("debt-collection");
    const spec = parse(after) as { components: { schemas: Record<string, JsonObject> } };
    const settlements = operationIn(after, "/orgs/{organizationId}/settlements", "get");
    expect(settlements).toMatchObject({
      summary: "List settlements",
      "x-older-titles": ["GetSettlements", "Retrieve settlements from an organization"],
    });
    expect((settlements.parameters as JsonObject[]).at(-1)).toEqual({
      name: "scope",
      in: "query",
      required: true,
      schema: { type: "string" },
    });
    expect(Object.keys(asObject(settlements.responses))).toContain("503");
    expect(asObject(settlements.responses)["410"]).toEqual({ $ref: "#/components/responses/Gone" });
    expect(spec.components.schemas.SettlementPayer).toEqual({
      type: "object",
      required: ["name"],
      properties: { name: { type: ["string", "null"] }, "x y": { type: "integer" } },
    });
    expect(spec.components.schemas.Settlement?.properties).toMatchObject({
      collectionType: { "x-open-enum": ["REMINDER", "COLLECTION"] },
      payer: { $ref: "#/components/schemas/SettlementPayer" },
      vat: { type: "number" },
    });
    const gone = lost("debt-collection").filter((line) => !/x-inferred: Type and optionality/.test(line));
    expect(gone).toEqual([
      "summary: GetSettlements",
      "x-older-titles: [Retrieve settlements from an organization]",
      "collectionType: { type: string, description: Newer pages., x-open-enum: [REMINDER] }",
    ]);
    expect(manual).toEqual([
      "debt-collection listSettlements: status removed 503",
      "debt-collection listSettlements: field removed 200 data[].vat (the spec has: number)",
    ]);
    // What is left is all that the next check finds, and the next apply has nothing to do.
    const { entries } = await checkSources([pages], options);
    expect(entries[0]?.differences.map(({ kind }) => kind)).toEqual(["status removed", "field removed"]);
    expect((await applySources([pages], options)).applied).toEqual([]);
  });

  it("is only printed in a dry run", async () => {
    const { read, original, patch, applied } = await applyDrafts([draft], { dryRun: true });
    expect(read("debt-collection")).toBe(original("debt-collection"));
    expect(applied.length).toBeGreaterThan(3);
    expect(patch).toMatch(/^--- a\/.*debt-collection\.yaml/m);
    expect(patch).toMatch(/^\+ +- name: scope$/m);
  });

  it("is not made for a page that agrees", async () => {
    const { applied, patch } = await applyDrafts([apidogPage("accounts-receivable", "listAdbIntervals")]);
    expect(applied.filter((line) => !line.includes("confirmed"))).toEqual([]);
    expect(patch.split("\n").filter((line) => /^\+[^+]/.test(line))).toEqual([]);
  });
});

/** A page with another response schema. */
const withResponse = (schema: JsonObject, schemas: JsonObject = {}) => {
  const draft = apidogPage("accounts-receivable", "listLogItems");
  operationOf(draft).responses = { "200": { description: "", content: { "application/json": { schema } } } };
  draft.document.components = { schemas };
  return draft;
};
const responsesOf = (text: string) =>
  operationIn(text, "/clients/{clientno}/logitems", "get").responses as Record<string, JsonObject>;

describe("a schema", () => {
  it.each<[string, JsonObject, JsonObject]>([
    [
      "may be nullable in any form",
      {
        type: "object",
        properties: {
          all: { allOf: [{ type: "object", properties: { a: { type: "string" } } }], nullable: true },
          either: { oneOf: [{ type: "string" }, { type: "integer" }], nullable: true },
          implied: { properties: { a: { type: "string" } }, nullable: true },
          listed: { type: "string", enum: ["A"], nullable: true },
        },
      },
      {
        all: { anyOf: [{ allOf: [{ type: "object", properties: { a: { type: "string" } } }] }, { type: "null" }] },
        either: { anyOf: [{ oneOf: [{ type: "string" }, { type: "integer" }] }, { type: "null" }] },
        implied: { anyOf: [{ properties: { a: { type: "string" } } }, { type: "null" }] },
        listed: { type: ["string", "null"], enum: ["A", null] },
      },
    ],
    [
      "is nullable when null stands beside its variants",
      { type: "object", properties: { messages: { oneOf: [{ type: "string" }, { type: "integer" }], type: "null" } } },
      { messages: { anyOf: [{ oneOf: [{ type: "string" }, { type: "integer" }] }, { type: "null" }] } },
    ],
    [
      "keeps what it says beside the type, in the form of OpenAPI 3.1",
      {
        type: "object",
        properties: {
          size: { type: "integer", default: 10, minimum: 0, exclusiveMinimum: true, maximum: 99 },
          code: { type: "string", pattern: "^A", maxLength: 3, readOnly: true, deprecated: true },
          list: { type: "array", items: { type: "string" }, minItems: 1, uniqueItems: true },
        },
      },
      {
        size: { type: "integer", default: 10, exclusiveMinimum: 0, maximum: 99 },
        code: { type: "string", pattern: "^A", maxLength: 3, readOnly: true, deprecated: true },
        list: { type: "array", items: { type: "string" }, minItems: 1, uniqueItems: true },
      },
    ],
    [
      "keeps additionalProperties, which an undocumented object gets",
      {
        type: "object",
        properties: {
          map: { type: "object", additionalProperties: { type: "integer", description: "Words." } },
          any: { type: "object", properties: {} },
        },
      },
      {
        map: { type: "object", additionalProperties: { type: "integer" } },
        any: { type: "object", additionalProperties: true },
      },
    ],
    [
      "keeps names with dots and brackets",
      { type: "object", properties: { "odata.type": { type: "string" }, "tags[]": { type: "string" } } },
      { "odata.type": { type: "string" }, "tags[]": { type: "string" } },
    ],
  ])("%s", async (_, schema, properties) => {
    const { read, options, pages } = await applyDrafts([withResponse(schema)]);
    expect(responsesOf(read("accounts-receivable"))["200"]).toHaveProperty(
      ["content", "application/json", "schema", "properties"],
      properties,
    );
    expect((await checkSources([pages], options)).entries[0]?.differences).toEqual([]);
  });

  it("of a new field is copied with all its parts", async () => {
    const draft = apidogPage("accounts-receivable", "getArItem");
    const parts = [
      { type: "object", properties: { a: { type: "string" } } },
      { properties: { b: { type: "integer" } } },
    ];
    schemaOf(draft, "ArItem").properties = {
      ...asObject(schemaOf(draft, "ArItem").properties),
      brandNew: { allOf: parts, nullable: true },
    };
    const { read, options, pages } = await applyDrafts([draft]);
    const { components } = parse(read("accounts-receivable")) as {
      components: { schemas: Record<string, JsonObject> };
    };
    expect(components.schemas.ArItem?.properties).toMatchObject({
      brandNew: { anyOf: [{ allOf: parts }, { type: "null" }] },
    });
    expect((await checkSources([pages], options)).entries[0]?.differences).toEqual([]);
  });

  it("of several variants of a status agrees with the spec afterwards", async () => {
    const variant = (name: string) => ({
      content: {
        "application/json": {
          schema: {
            type: "object",
            required: ["id"],
            properties: { id: { type: "string" }, [name]: { type: "string" } },
          },
        },
      },
    });
    const draft = apidogPage("accounts-receivable", "listLogItems");
    operationOf(draft).responses = { "200": variant("one"), "x-200:Other": variant("other") };
    const { options, pages, read } = await applyDrafts([draft]);
    expect(responsesOf(read("accounts-receivable"))["200"]).toHaveProperty([
      "content",
      "application/json",
      "schema",
      "anyOf",
    ]);
    expect((await checkSources([pages], options)).entries[0]).toMatchObject({ status: "same", differences: [] });
  });

  it("that becomes a list or an object keeps its fields, and the change is left to the user", async () => {
    const listed = apidogPage("accounts-receivable", "getArItem");
    operationOf(listed).responses = {
      ...asObject(operationOf(listed).responses),
      "200": {
        content: {
          "application/json": { schema: { type: "array", items: { properties: { id: { type: "string" } } } } },
        },
      },
    };
    const nested = apidogPage("debt-collection", "listSettlements");
    schemaOf(nested, "Settlement").properties = {
      ...asObject(schemaOf(nested, "Settlement").properties),
      currency: { type: "object", properties: { code: { type: "string" } } },
    };
    const { read, original, manual } = await applyDrafts([listed, nested]);
    expect(manual).toEqual([
      "accounts-receivable getArItem: field type 200: object → array",
      "debt-collection listSettlements: field type 200 data[].currency: string → object",
    ]);
    const schemas = (text: string) => (parse(text) as { components: { schemas: JsonObject } }).components.schemas;
    expect(schemas(read("accounts-receivable")).ArItem).toEqual(schemas(original("accounts-receivable")).ArItem);
    expect(schemas(read("debt-collection")).Settlement).toEqual(schemas(original("debt-collection")).Settlement);
  });

  it("that operations share is not changed beside a difference that is left to the user", async () => {
    const draft = apidogPage("debt-collection", "listSettlements");
    schemaOf(draft, "Settlement").properties = {
      ...asObject(schemaOf(draft, "Settlement").properties),
      feeDistribution: { type: "array", items: { type: "object", properties: { collector: { type: "string" } } } },
    };
    const { manual, read, original } = await applyDrafts([draft, apidogPage("debt-collection", "getSettlement")]);
    expect(manual).toEqual(["debt-collection listSettlements: field type 200 data[].feeDistribution: object → array"]);
    const shared = (text: string) =>
      asObject((parse(text) as { components: JsonObject }).components.schemas).Distribution;
    expect(shared(read("debt-collection"))).toEqual(shared(original("debt-collection")));
  });

  it("may contain itself by a reference to any place", async () => {
    const place = "#/paths/~1clients~1%7Bclientno%7D~1logitems/get/responses/200/content/application~1json/schema";
    const { applied, read } = await applyDrafts([
      withResponse({ type: "object", properties: { inner: { $ref: place }, a: { type: "string" } } }),
    ]);
    expect(applied.length).toBeGreaterThan(0);
    const { components } = parse(read("accounts-receivable")) as {
      components: { schemas: Record<string, JsonObject> };
    };
    expect(components.schemas.Schema?.properties).toEqual({
      inner: { $ref: "#/components/schemas/Schema" },
      a: { type: "string" },
    });
  });

  it("of several pages is added once", async () => {
    const schemas = { Thing: { type: "object", properties: { brandNew: { type: "string" } } } };
    const content = { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } };
    const operation = { tags: ["Things"], responses: { "200": { description: "", content } } };
    const { read } = await applyDrafts(
      ["one", "other"].map((name, index) => {
        const draft = newPage(`${name}-900000${index}e0`, `GET ${name}`, "get", `/${name}`, operation, schemas);
        draft.document.servers = SERVERS;
        return draft;
      }),
    );
    const spec = parse(read("accounts-receivable")) as {
      components: { schemas: JsonObject };
      tags: { name: string }[];
    };
    expect(Object.keys(spec.components.schemas).filter((name) => name.startsWith("Thing"))).toEqual(["Thing"]);
    expect(spec.tags.filter(({ name }) => name === "Things")).toHaveLength(1);
  });
});

describe("an addition of two pages is made once", () => {
  it("when they share an enum", async () => {
    const drafts = [apidogPage("debt-collection", "getBatch"), apidogPage("debt-collection", "listBatches")];
    for (const draft of drafts)
      for (const schema of Object.values(asObject(asObject(draft.document.components).schemas)))
        for (const field of Object.values(asObject(asObject(schema).properties)))
          if (asObject(field).type === "string") asObject(field).enum = ["BRAND_NEW"];
    const { read, applied } = await applyDrafts(drafts);
    expect(applied.filter((line) => line.includes("BRAND_NEW")).length).toBeGreaterThan(1);
    expect(read("debt-collection")).toContain("BRAND_NEW");
    expect(read("debt-collection")).not.toMatch(/BRAND_NEW,[^\]]*BRAND_NEW/);
  });

  it("when they describe one operation, and the second is left to the user", async () => {
    const draft = apidogPage("debt-collection", "listSettlements");
    parametersOf(draft).push({ name: "scope", in: "query", required: true, schema: { type: "string" } });
    const saved = { ...draft, slug: draft.slug.replace("getsettlements", "getsettlements-copy") };
    const { read, manual } = await applyDrafts([draft, saved]);
    expect(read("debt-collection").match(/name: scope/g)).toHaveLength(1);
    expect(manual).toEqual([
      expect.stringMatching(/debt-collection listSettlements: another page of this operation was .* again/),
    ]);
  });

  it("when they have one path, whatever its parameters are called", async () => {
    const responses = { "204": { description: "" } };
    const drafts = [
      ["get", "{a}"],
      ["delete", "{b}"],
      ["get", "{c}"],
    ].map(([method = "", name], index) => {
      const page = newPage(`x-900000${index}e0`, `${method} x ${index}`, method, `/xs/${name}`, { responses });
      page.document.servers = SERVERS;
      return page;
    });
    const { read, manual } = await applyDrafts(drafts);
    const { paths } = parse(read("accounts-receivable")) as { paths: Record<string, Record<string, JsonObject>> };
    expect(Object.keys(paths).filter((path) => path.startsWith("/xs/"))).toEqual(["/xs/{a}"]);
    expect(Object.keys(paths["/xs/{a}"] ?? {})).toEqual(["get", "delete"]);
    expect(paths["/xs/{a}"]?.delete?.parameters).toMatchObject([{ name: "a", in: "path", required: true }]);
    expect(manual).toEqual(["new: get x 2 (GET /xs/{c}): accounts-receivable already has this method and path"]);
  });
});

describe("the specs on disk", () => {
  const changed = () => {
    const draft = apidogPage("debt-collection", "listSettlements");
    parametersOf(draft).push({ name: "scope", in: "query", schema: { type: "string" } });
    return draft;
  };

  it("are not written when one was edited meanwhile", async () => {
    const { options, pages, put } = workspace(["debt-collection", "listSettlements"]);
    const draft = changed();
    put(`${draft.slug}.md`, printPage(draft));
    const file = join(options.specs, "debt-collection.yaml");
    const running = applySources([pages], options);
    writeFileSync(file, "# mine\n");
    await expect(running).rejects.toThrow(/debt-collection\.yaml was changed .* nothing was written/);
    expect(readFileSync(file, "utf8")).toBe("# mine\n");
  });

  it("are written all or none, without leftovers", async () => {
    const { options, pages, put, read, original } = workspace(
      ["accounts-receivable", "listLogItems"],
      ["debt-collection", "listSettlements"],
    );
    for (const draft of [changed(), apidogPage("accounts-receivable", "listLogItems")])
      put(`${draft.slug}.md`, printPage(draft));
    const before = readdirSync(options.specs);
    // This prevents the second file from being written.
    mkdirSync(join(options.specs, "debt-collection.yaml.new"));
    await expect(applySources([pages], options)).rejects.toThrow(/debt-collection\.yaml.*nothing was written/);
    for (const name of before.map((file) => basename(file, ".yaml"))) expect(read(name)).toBe(original(name));
    rmSync(join(options.specs, "debt-collection.yaml.new"), { recursive: true });
    expect(readdirSync(options.specs)).toEqual(before);
    await applySources([pages], options);
    expect(readdirSync(options.specs)).toEqual(before);
    expect(read("debt-collection")).toContain("name: scope");
  });
});

describe("a page of an inferred operation", () => {
  it("raises its evidence", async () => {
    const { read } = await applyDrafts([apidogPage("accounts-receivable", "listLogItems")]);
    const operation = operationIn(read("accounts-receivable"), "/clients/{clientno}/logitems", "get");
    expect(operation["x-evidence"]).toBe("documented");
    expect(operation).not.toHaveProperty("x-inferred");
  });

  it("makes it partial when it is plain text without a response example", async () => {
    const { options, pages, put, read } = workspace(["accounts-receivable", "listLogItems"]);
    const text = ["GET a list of log items", "", "GET", "/clients/{clientno}/logitems", "🟢200OK", ""].join("\n");
    put("get-a-list-of-log-items-1e0.txt", text);
    await applySources([pages], options);
    const operation = operationIn(read("accounts-receivable"), "/clients/{clientno}/logitems", "get");
    expect(operation["x-evidence"]).toBe("partial");
    expect(operation).not.toHaveProperty("x-inferred");
    expect((await checkSources([pages], options)).entries[0]?.confirms).toEqual([]);
  });

  it("keeps what other operations have as inferred too", async () => {
    const { read } = await applyDrafts([apidogPage("accounts-receivable", "listLogItems")]);
    const { components } = parse(read("accounts-receivable")) as {
      components: { parameters: Record<string, JsonObject> };
    };
    expect(components.parameters.InferredQuery).toHaveProperty("x-inferred");
  });

  it("replaces placeholders by documented statuses", async () => {
    const draft = apidogPage("accounts-receivable", "listLogItems");
    const body = {
      type: "object",
      properties: { logItems: { type: "array", items: { properties: { text: { type: "string" } } } } },
    };
    operationOf(draft).responses = {
      "200": { description: "", content: { "application/json": { schema: body } } },
      "403": { description: "" },
    };
    const { read } = await applyDrafts([draft]);
    const { responses } = operationIn(read("accounts-receivable"), "/clients/{clientno}/logitems", "get");
    expect(Object.keys(asObject(responses))).toEqual(["200", "403"]);
  });

  it("replaces a shared placeholder object for its own operation only", async () => {
    const draft = apidogPage("accounts-receivable", "listGlItems");
    asObject(asObject(schemaOf(draft, "GlItemList").properties).glItems).items = {
      type: "object",
      properties: { glItemId: { type: "string" } },
    };
    const { read } = await applyDrafts([draft]);
    const { components } = parse(read("accounts-receivable")) as {
      components: { schemas: Record<string, JsonObject> };
    };
    expect(components.schemas.UnseenObject).not.toHaveProperty("properties");
    expect(asObject(components.schemas.GlItemList?.properties).glItems).toEqual({
      type: "array",
      items: { type: "object", properties: { glItemId: { type: "string" } } },
    });
  });
});

describe("a new operation", () => {
  const pause = {
    tags: ["Collections"],
    parameters: [
      { name: "orgId", in: "path", required: true, schema: { type: "string" } },
      { name: "caseId", in: "path", required: true, schema: { type: "string", format: "uuid" } },
    ],
    responses: { "202": { description: "" }, "409": { description: "" } },
  };
  const path = "/orgs/{orgId}/cases/{caseId}/pause";

  it("moves from title-only.yaml to the spec of its product, next to its tag, with the parameter names of the spec", async () => {
    const { read, lost, applied } = await applyDrafts([
      newPage("pausecase-4148064e0", "PauseCase", "post", path, pause),
    ]);
    expect(applied).toEqual([`new: debt-collection pauseCase (POST ${path})`]);
    const after = read("debt-collection");
    expect(lost("debt-collection")).toEqual([]);
    expect(operationIn(after, "/orgs/{organizationId}/cases/{caseId}/pause", "post")).toEqual({
      operationId: "pauseCase",
      tags: ["Collections"],
      summary: "PauseCase",
      "x-evidence": "documented",
      "x-source": [{ slug: "pausecase-4148064e0", id: 4148064, modified: null }],
      parameters: [
        { $ref: "#/components/parameters/OrganizationId" },
        { name: "caseId", in: "path", required: true, schema: { type: "string", format: "uuid" } },
      ],
      responses: { "202": { description: "Accepted." }, "409": { $ref: "#/components/responses/Conflict" } },
    });
    const paths = Object.keys((parse(after) as { paths: JsonObject }).paths);
    expect(paths[paths.indexOf("/orgs/{organizationId}/cases") + 1]).toBe(
      "/orgs/{organizationId}/cases/{caseId}/pause",
    );
    expect(read("title-only")).not.toContain("title: PauseCase");
  });

  it("leaves the comment above it in title-only.yaml", async () => {
    const { read, lost } = await applyDrafts([
      newPage("acceptdebtcollectionlist-4148062e0", "AcceptDebtCollectionList", "post", "/orgs/{orgId}/cases/accept", {
        ...pause,
        parameters: pause.parameters.slice(0, 1),
      }),
    ]);
    const after = read("title-only");
    expect(after).not.toContain("AcceptDebtCollectionList");
    expect(lost("title-only").filter((line) => line.startsWith("#"))).toEqual([]);
  });

  it("has exactly the path parameters of its path", async () => {
    const query = { name: "q", in: "query", schema: { type: "string" } };
    const stray = { name: "stray", in: "path", required: true, schema: { type: "string" } };
    const { read } = await applyDrafts([
      newPage("pausecase-4148064e0", "PauseCase", "post", path, { ...pause, parameters: [query, stray] }),
    ]);
    const { parameters } = operationIn(read("debt-collection"), "/orgs/{organizationId}/cases/{caseId}/pause", "post");
    expect(parameters).toEqual([
      { $ref: "#/components/parameters/OrganizationId" },
      {
        name: "caseId",
        in: "path",
        required: true,
        "x-inferred": "Its type; only the name was read.",
        schema: { type: "string" },
      },
      query,
    ]);
  });

  it("has a unique name, even when another page has the same title", async () => {
    const pages = ["merge", "join"].map((name, index) =>
      newPage(`x-900000${index}e0`, "MergeCases", "post", `/orgs/{orgId}/cases/${name}`, pause),
    );
    const { applied } = await applyDrafts(pages);
    expect(applied.map((line) => line.split(" ")[2])).toEqual(["mergeCases", "mergeCases2"]);
  });

  it("at an existing path takes the parameter names of that path", async () => {
    const { options, pages, put, read } = workspace(["debt-collection", "listCases"]);
    const file = join(options.specs, "debt-collection.yaml");
    const known = `paths:
  /orgs/{org}/cases/{case}/pause:
    get:
      operationId: getPause
      x-source: []
      parameters:
        - { name: org, in: path, required: true, schema: { type: string } }
        - { name: case, in: path, required: true, schema: { type: string } }
      responses: {}
`;
    writeFileSync(file, read("debt-collection").replace(/^paths:\n/m, known));
    put("pausecase-4148064e0.md", printPage(newPage("", "PauseCase", "post", path, pause)));
    await applySources([pages], options);
    const { parameters } = operationIn(read("debt-collection"), "/orgs/{org}/cases/{case}/pause", "post");
    expect(parameters).toMatchObject([{ name: "org" }, { name: "case" }]);
  });

  it("has all media types of its bodies, JSON first", async () => {
    const content = {
      "application/pdf": { schema: { type: "string", format: "binary" } },
      "application/json": { schema: { type: "array" } },
    };
    const operation = { ...pause, responses: { "200": { description: "", content } } };
    const { read } = await applyDrafts([newPage("pausecase-4148064e0", "PauseCase", "post", path, operation)]);
    const { responses } = operationIn(read("debt-collection"), "/orgs/{organizationId}/cases/{caseId}/pause", "post");
    const made = asObject(asObject(asObject(responses)["200"]).content);
    expect(Object.entries(made)).toEqual(Object.entries(content).reverse());
  });

  it("that cannot be copied does not stop the others", async () => {
    const schema = { type: "object", additionalProperties: { $ref: "#/components/schemas/Missing" } };
    const broken = newPage("pausecase-4148064e0", "PauseCase", "post", path, {
      ...pause,
      responses: { "200": { description: "", content: { "application/json": { schema } } } },
    });
    const { applied, unreadable, read } = await applyDrafts([
      broken,
      apidogPage("accounts-receivable", "listLogItems"),
    ]);
    expect(unreadable).toEqual([
      expect.stringMatching(/pausecase-4148064e0\.md: a \$ref that leads nowhere: .*Missing/),
    ]);
    expect(applied).toContain("accounts-receivable listLogItems: confirmed evidence (was inferred)");
    expect(read("title-only")).toContain("title: PauseCase");
  });

  it("is left to the user when the spec already has its method and path", async () => {
    const other = { tags: ["Others"], responses: {} };
    const page = newPage("pausecase-4148064e0", "PauseCase", "get", "/orgs/{o}/batches", other);
    const { read, original, manual } = await applyDrafts([page]);
    expect(read("debt-collection")).toBe(original("debt-collection"));
    expect(manual).toEqual([
      "new: PauseCase (GET /orgs/{o}/batches): debt-collection already has this method and path",
    ]);
  });

  it("without a known title is placed by its tag or its server, or left to the user", async () => {
    const byTag = newPage("mergecases-9000001e0", "MergeCases", "post", "/orgs/{orgId}/cases/merge", {
      ...pause,
      parameters: [],
    });
    const byServer = newPage("get-x-9000002e0", "GET the x", "get", "/clients/{clientno}/x", {
      tags: ["Xs"],
      responses: {},
    });
    byServer.document = { ...byServer.document, servers: SERVERS };
    const nowhere = newPage("get-y-9000003e0", "GET the y", "get", "/y", { tags: ["Ys"], responses: {} });
    const { applied, manual } = await applyDrafts([byTag, byServer, nowhere]);
    expect(applied.toSorted()).toEqual([
      "new: accounts-receivable listX (GET /clients/{clientno}/x)",
      "new: debt-collection mergeCases (POST /orgs/{orgId}/cases/merge)",
    ]);
    expect(manual).toEqual([
      "new: GET the y (GET /y): no spec has its tag or server; if its API is new, add a spec for it",
    ]);
  });

  it.each([
    ["Debt Collection/New things", "/y", "product folder it belongs to debt-collection: add the tag New things there"],
    ["New things", "/orgs/{orgId}/y", "path (/orgs/…) it belongs to debt-collection: add the tag New things there"],
    ["ARM API/New things", "/clients/{no}/y", "path (/clients/…) it belongs to accounts-receivable"],
    [
      "Accounts Receivable/New things",
      "/clients/{no}/y",
      "product folder and path it belongs to accounts-receivable: add the tag New things there",
    ],
  ])("of a new tag in %s at %s is proposed for a spec", async (folder, path, proposal) => {
    const operation = { tags: [], "x-apidog-folder": folder, responses: { "204": { description: "" } } };
    const { manual, applied } = await applyDrafts([newPage("y-9000003e0", "GET the y", "get", path, operation)]);
    expect(applied).toEqual([]);
    expect(manual[0]).toContain(`no spec has its tag or server; by its ${proposal}`);
  });

  it("has headers, callbacks and the style of its parameters, and names what its spec does not say", async () => {
    const hook = {
      requestBody: {
        content: { "application/json": { schema: { type: "object", properties: { id: { type: "string" } } } } },
      },
    };
    const operation = {
      ...pause,
      parameters: [
        { name: "ids", in: "query", style: "pipeDelimited", schema: { type: "array", items: { type: "string" } } },
      ],
      responses: { "202": { description: "", headers: { "Retry-After": { schema: { type: "integer" } } } } },
      callbacks: { done: { "{$request.body#/url}": { post: { ...hook, responses: { "200": { description: "" } } } } } },
    };
    const page = newPage("pausecase-4148064e0", "PauseCase", "post", path, operation);
    page.document.servers = [{ url: "https://api.example/v2" }];
    const { read, manual, options, pages } = await applyDrafts([page]);
    const made = operationIn(read("debt-collection"), "/orgs/{organizationId}/cases/{caseId}/pause", "post");
    expect(made.parameters).toContainEqual(expect.objectContaining({ name: "ids", style: "pipeDelimited" }));
    expect(made).toHaveProperty(["responses", "202", "headers", "Retry-After"], { schema: { type: "integer" } });
    expect(made).toHaveProperty(["callbacks", "done", "{$request.body#/url}", "post", "requestBody", "content"]);
    expect(manual).toEqual([
      "debt-collection pauseCase: server added https://api.example/v2",
      "debt-collection pauseCase: server removed https://api.staging.amili.no/collection/v1",
    ]);
    const { entries } = await checkSources([pages], options);
    expect(entries[0]?.differences.map(({ kind }) => kind)).toEqual(["server added", "server removed"]);
  });

  it("adds its schemas under unique names", async () => {
    const schemas = {
      Distribution: { type: "object", properties: { other: { type: "string" } } },
      Organization: {
        type: "object",
        required: ["id"],
        properties: {
          id: { type: "string", format: "uuid" },
          organizationNumber: { type: "string" },
          name: { type: "string" },
        },
      },
      "Et navn, 2": {
        type: "object",
        properties: {
          d: { $ref: "#/components/schemas/Distribution" },
          o: { $ref: "#/components/schemas/Organization" },
          again: { $ref: "#/components/schemas/Et%20navn%2C%202" },
        },
      },
    };
    const content = { "application/json": { schema: { $ref: "#/components/schemas/Et%20navn%2C%202" } } };
    const operation = { ...pause, responses: { "200": { description: "", content } } };
    const { read } = await applyDrafts([
      newPage("pausecase-4148064e0", "PauseCase", "post", path, operation, schemas),
      apidogPage("debt-collection", "listSettlements"),
    ]);
    const { components } = parse(read("debt-collection")) as { components: { schemas: Record<string, JsonObject> } };
    expect(components.schemas.EtNavn2?.properties).toEqual({
      d: { $ref: "#/components/schemas/Distribution2" },
      o: { $ref: "#/components/schemas/Organization" },
      again: { $ref: "#/components/schemas/EtNavn2" },
    });
    expect(components.schemas.Distribution2).toEqual({ type: "object", properties: { other: { type: "string" } } });
    expect(components.schemas.Distribution).toHaveProperty("properties.collector");
  });

  it("of a plain-text page has the same evidence as an existing one", async () => {
    const { options, pages, put, read } = workspace(["accounts-receivable", "listGlMovements"]);
    const text = readFileSync("test/fixtures/doc-pages/glmovements-list.txt", "utf8")
      .replace(
        "\nGET a list of GL movements/balances\n\nGET",
        "\nGet movement/balance for the latest closed GL year/period\n\nGET",
      )
      .replaceAll("/glmovements", "/glmovements/latest");
    put("get-movementbalance-for-the-latest-closed-gl-yearperiod-4205286e0.txt", text);
    const { applied } = await applySources([pages], options);
    expect(applied).toEqual([
      "new: accounts-receivable listGlMovementsLatest (GET /clients/{clientno}/glmovements/latest)",
    ]);
    const operation = operationIn(read("accounts-receivable"), "/clients/{clientno}/glmovements/latest", "get");
    expect(operation).toMatchObject({
      "x-evidence": "documented",
      "x-source": [{ id: 4205286, modified: "2026-04-14" }],
    });
    expect((operation.parameters as JsonObject[])[1]).toEqual({
      name: "glyear",
      in: "query",
      "x-inferred": "Type and optionality; only the name was read.",
      schema: { type: "string" },
    });
    expect(operation).toHaveProperty(
      "responses.200.content.application/json.schema.properties.glMovements.items.properties.balanceIn",
      { type: "integer" },
    );
    expect((await checkSources([pages], options)).entries).toMatchObject([
      { status: "same", differences: [], confirms: [] },
    ]);
  });
});
