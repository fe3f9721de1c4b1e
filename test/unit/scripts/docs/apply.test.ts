import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { apply } from "../../../../scripts/docs/apply-sources.js";
import { check } from "../../../../scripts/docs/check-sources.js";
import { type Json, objectOf } from "../../../../scripts/docs/read/json.js";
import { apidogPage, operationOf, type PageDraft, printPage, schemaOf } from "./support/apidog-page.js";
import { parametersOf } from "./support/drafts.js";
import { workspace } from "./support/temp.js";

// Reading all specs takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

/** A workspace with pages, what apply made of them, and the specs' lines before and after. */
async function applied(drafts: PageDraft[], { dryRun = false } = {}) {
  const { folders, pages, put } = workspace("accounts-receivable", "debt-collection");
  for (const draft of drafts) put(`${draft.slug}.md`, printPage(draft));
  const read = (spec: string) => readFileSync(join(folders.specs, `${spec}.yaml`), "utf8");
  const result = await apply([pages], { dryRun, folders });
  return { ...result, read, folders, pages };
}

const lines = (text: string) => text.split("\n").map((line) => line.trim());
/** Lines of a spec as it is that are not in the edited one. */
const lost = (spec: string, after: string) => {
  const kept = new Map<string, number>();
  for (const line of lines(after)) kept.set(line, (kept.get(line) ?? 0) + 1);
  return lines(readFileSync(`openapi/${spec}.yaml`, "utf8")).filter((line) => {
    const left = kept.get(line) ?? 0;
    kept.set(line, left - 1);
    return left < 1;
  });
};
const operationIn = (text: string, path: string, method: string) =>
  objectOf(objectOf((parse(text) as { paths: Json }).paths[path])[method]);

/** An operation that no spec has, made from another one's page. */
function newPage(
  slug: string,
  title: string,
  method: string,
  path: string,
  operation: Json,
  schemas: Json = {},
): PageDraft {
  const draft = apidogPage("accounts-receivable", "getGlItem");
  const document = { ...draft.document, paths: { [path]: { [method]: operation } }, components: { schemas } };
  return { slug, title, method, path, document };
}

describe("what a page has more", () => {
  const draft = apidogPage("debt-collection", "listSettlements");
  const operation = operationOf(draft);
  (operation.parameters as Json[]).push({ name: "scope", in: "query", required: true, schema: { type: "string" } });
  objectOf(operation.responses)["410"] = { description: "" };
  delete objectOf(operation.responses)["503"];
  const { vat, ...rest } = objectOf(schemaOf(draft, "Settlement").properties);
  objectOf(rest.collectionType).enum = ["REMINDER", "COLLECTION"];
  schemaOf(draft, "Settlement").properties = { ...rest, payer: { $ref: "#/components/schemas/Settlement%20payer" } };
  objectOf(objectOf(draft.document.components).schemas)["Settlement payer"] = {
    type: "object",
    required: ["name"],
    properties: { name: { type: "string", nullable: true }, "x y": { type: "integer" } },
  };
  draft.title = "List settlements";

  it("is put in, in place; nothing that was there is lost", async () => {
    const { read, left, folders, pages } = await applied([draft]);
    const after = read("debt-collection");
    const spec = parse(after) as { components: { schemas: Record<string, Json> } };
    const settlements = operationIn(after, "/orgs/{organizationId}/settlements", "get");
    expect(settlements).toMatchObject({
      summary: "List settlements",
      "x-older-titles": ["GetSettlements", "Retrieve settlements from an organization"],
    });
    expect((settlements.parameters as Json[]).at(-1)).toEqual({
      name: "scope",
      in: "query",
      required: true,
      schema: { type: "string" },
    });
    expect(Object.keys(objectOf(settlements.responses))).toContain("503");
    expect(objectOf(settlements.responses)["410"]).toEqual({ $ref: "#/components/responses/Gone" });
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
    const gone = lost("debt-collection", after).filter((line) => !/x-inferred: Type and optionality/.test(line));
    expect(gone).toEqual([
      "summary: GetSettlements",
      "x-older-titles: [Retrieve settlements from an organization]",
      "collectionType: { type: string, description: Newer pages., x-open-enum: [REMINDER] }",
    ]);
    expect(left).toEqual([
      "debt-collection listSettlements: status removed 503",
      "debt-collection listSettlements: field removed 200 data[].vat (the spec has: number)",
    ]);
    // What is left is all that the next check finds, and the next apply has nothing to do.
    const { entries } = await check([pages], folders);
    expect(entries[0]?.differences.map(({ kind }) => kind)).toEqual(["status removed", "field removed"]);
    expect((await apply([pages], { folders })).done).toEqual([]);
  });

  it("is only shown with a dry run", async () => {
    const { read, patch, done } = await applied([draft], { dryRun: true });
    expect(read("debt-collection")).toBe(readFileSync("openapi/debt-collection.yaml", "utf8"));
    expect(done.length).toBeGreaterThan(3);
    expect(patch).toMatch(/^--- a\/.*debt-collection\.yaml/m);
    expect(patch).toMatch(/^\+ +- name: scope$/m);
  });

  it("of a page that agrees is nothing", async () => {
    const { done, patch } = await applied([apidogPage("accounts-receivable", "listAdbIntervals")]);
    expect(done.filter((line) => !line.includes("confirmed"))).toEqual([]);
    expect(patch.split("\n").filter((line) => /^\+[^+]/.test(line))).toEqual([]);
  });
});

/** A page with another schema for the answer of `getArItem`. */
const withAnswer = (schema: Json, schemas: Json = {}) => {
  const draft = apidogPage("accounts-receivable", "listLogItems");
  operationOf(draft).responses = { "200": { description: "", content: { "application/json": { schema } } } };
  draft.document.components = { schemas };
  return draft;
};
const answerOf = (text: string) =>
  operationIn(text, "/clients/{clientno}/logitems", "get").responses as Record<string, Json>;

describe("a schema", () => {
  it.each<[string, Json, Json]>([
    [
      "may be null, however it says what it is",
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
      "keeps what other fields may be; an object of which no field is shown may have any",
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
    const { read, folders, pages } = await applied([withAnswer(schema)]);
    expect(answerOf(read("accounts-receivable"))["200"]).toHaveProperty(
      ["content", "application/json", "schema", "properties"],
      properties,
    );
    expect((await check([pages], folders)).entries[0]?.differences).toEqual([]);
  });

  it("of a new field is taken over with all its parts", async () => {
    const draft = apidogPage("accounts-receivable", "getArItem");
    const parts = [
      { type: "object", properties: { a: { type: "string" } } },
      { properties: { b: { type: "integer" } } },
    ];
    schemaOf(draft, "ArItem").properties = {
      ...objectOf(schemaOf(draft, "ArItem").properties),
      brandNew: { allOf: parts, nullable: true },
    };
    const { read, folders, pages } = await applied([draft]);
    const { components } = parse(read("accounts-receivable")) as { components: { schemas: Record<string, Json> } };
    expect(components.schemas.ArItem?.properties).toMatchObject({
      brandNew: { anyOf: [{ allOf: parts }, { type: "null" }] },
    });
    expect((await check([pages], folders)).entries[0]?.differences).toEqual([]);
  });

  it("may contain itself by a reference to any place", async () => {
    const place = "#/paths/~1clients~1%7Bclientno%7D~1logitems/get/responses/200/content/application~1json/schema";
    const { done, read } = await applied([
      withAnswer({ type: "object", properties: { inner: { $ref: place }, a: { type: "string" } } }),
    ]);
    expect(done.length).toBeGreaterThan(0);
    const { components } = parse(read("accounts-receivable")) as { components: { schemas: Record<string, Json> } };
    expect(components.schemas.Schema?.properties).toEqual({
      inner: { $ref: "#/components/schemas/Schema" },
      a: { type: "string" },
    });
  });

  it("that several pages bring is put in once", async () => {
    const schemas = { Thing: { type: "object", properties: { brandNew: { type: "string" } } } };
    const content = { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } };
    const operation = { tags: ["Things"], responses: { "200": { description: "", content } } };
    const { read } = await applied(
      ["one", "other"].map((name, index) => {
        const draft = newPage(`${name}-900000${index}e0`, `GET ${name}`, "get", `/${name}`, operation, schemas);
        draft.document.servers = [{ url: "https://api.amili.no/arm/v1" }];
        return draft;
      }),
    );
    const spec = parse(read("accounts-receivable")) as { components: { schemas: Json }; tags: { name: string }[] };
    expect(Object.keys(spec.components.schemas).filter((name) => name.startsWith("Thing"))).toEqual(["Thing"]);
    expect(spec.tags.filter(({ name }) => name === "Things")).toHaveLength(1);
  });
});

describe("what is told twice is put in once", () => {
  it("by pages that share a list of values", async () => {
    const drafts = [apidogPage("debt-collection", "getBatch"), apidogPage("debt-collection", "listBatches")];
    for (const draft of drafts)
      for (const schema of Object.values(objectOf(objectOf(draft.document.components).schemas)))
        for (const field of Object.values(objectOf(objectOf(schema).properties)))
          if (objectOf(field).type === "string") objectOf(field).enum = ["BRAND_NEW"];
    const { read, done } = await applied(drafts);
    expect(done.filter((line) => line.includes("BRAND_NEW")).length).toBeGreaterThan(1);
    expect(read("debt-collection")).toContain("BRAND_NEW");
    expect(read("debt-collection")).not.toMatch(/BRAND_NEW,[^\]]*BRAND_NEW/);
  });

  it("by two pages of one operation; the second is left", async () => {
    const draft = apidogPage("debt-collection", "listSettlements");
    parametersOf(draft).push({ name: "scope", in: "query", required: true, schema: { type: "string" } });
    const saved = { ...draft, slug: draft.slug.replace("getsettlements", "getsettlements-copy") };
    const { read, left } = await applied([draft, saved]);
    expect(read("debt-collection").match(/name: scope/g)).toHaveLength(1);
    expect(left).toEqual([expect.stringMatching(/debt-collection listSettlements: another page of it was .* again/)]);
  });

  it("by two new pages of one path, whatever its parameters are called", async () => {
    const responses = { "204": { description: "" } };
    const drafts = [
      ["get", "{a}"],
      ["delete", "{b}"],
      ["get", "{c}"],
    ].map(([method = "", name], index) => {
      const page = newPage(`x-900000${index}e0`, `${method} x ${index}`, method, `/xs/${name}`, { responses });
      page.document.servers = [{ url: "https://api.amili.no/arm/v1" }];
      return page;
    });
    const { read, left } = await applied(drafts);
    const { paths } = parse(read("accounts-receivable")) as { paths: Record<string, Record<string, Json>> };
    expect(Object.keys(paths).filter((path) => path.startsWith("/xs/"))).toEqual(["/xs/{a}"]);
    expect(Object.keys(paths["/xs/{a}"] ?? {})).toEqual(["get", "delete"]);
    expect(paths["/xs/{a}"]?.delete?.parameters).toMatchObject([{ name: "a", in: "path", required: true }]);
    expect(left).toEqual(["new: get x 2 (GET /xs/{c}): accounts-receivable has its method and path already"]);
  });
});

describe("the specs on disk", () => {
  const changed = () => {
    const draft = apidogPage("debt-collection", "listSettlements");
    parametersOf(draft).push({ name: "scope", in: "query", schema: { type: "string" } });
    return draft;
  };

  it("are left alone where somebody has changed them in the meantime", async () => {
    const { folders, pages, put } = workspace("debt-collection");
    const draft = changed();
    put(`${draft.slug}.md`, printPage(draft));
    const file = join(folders.specs, "debt-collection.yaml");
    const running = apply([pages], { folders });
    writeFileSync(file, "# mine\n");
    await expect(running).rejects.toThrow(/debt-collection\.yaml has been changed .* nothing was written/);
    expect(readFileSync(file, "utf8")).toBe("# mine\n");
  });

  it("are written all or none, and leave nothing beside them", async () => {
    const { folders, pages, put } = workspace("accounts-receivable", "debt-collection");
    for (const draft of [changed(), apidogPage("accounts-receivable", "listLogItems")])
      put(`${draft.slug}.md`, printPage(draft));
    const before = readdirSync(folders.specs);
    // What stands in the way of the second file.
    mkdirSync(join(folders.specs, "debt-collection.yaml.new"));
    await expect(apply([pages], { folders })).rejects.toThrow(/debt-collection\.yaml.*nothing was written/);
    const read = (name: string) => readFileSync(join(folders.specs, name), "utf8");
    for (const name of before) expect(read(name)).toBe(readFileSync(join("openapi", name), "utf8"));
    rmSync(join(folders.specs, "debt-collection.yaml.new"), { recursive: true });
    expect(readdirSync(folders.specs)).toEqual(before);
    await apply([pages], { folders });
    expect(readdirSync(folders.specs)).toEqual(before);
    expect(read("debt-collection.yaml")).toContain("name: scope");
  });
});

describe("a page of an operation that was concluded", () => {
  it("raises its evidence", async () => {
    const { read } = await applied([apidogPage("accounts-receivable", "listLogItems")]);
    const operation = operationIn(read("accounts-receivable"), "/clients/{clientno}/logitems", "get");
    expect(operation["x-evidence"]).toBe("documented");
    expect(operation).not.toHaveProperty("x-inferred");
  });

  it("is no longer inferred, but not documented, where a plain-text page shows no answer", async () => {
    const { folders, pages, put } = workspace("accounts-receivable");
    const text = ["GET a list of log items", "", "GET", "/clients/{clientno}/logitems", "🟢200OK", ""].join("\n");
    put("get-a-list-of-log-items-1e0.txt", text);
    await apply([pages], { folders });
    const after = readFileSync(join(folders.specs, "accounts-receivable.yaml"), "utf8");
    const operation = operationIn(after, "/clients/{clientno}/logitems", "get");
    expect(operation["x-evidence"]).toBe("partial");
    expect(operation).not.toHaveProperty("x-inferred");
    expect((await check([pages], folders)).entries[0]?.confirms).toEqual([]);
  });

  it("leaves alone what other operations have concluded too", async () => {
    const { read } = await applied([apidogPage("accounts-receivable", "listLogItems")]);
    const { components } = parse(read("accounts-receivable")) as { components: { parameters: Record<string, Json> } };
    expect(components.parameters.InferredQuery).toHaveProperty("x-inferred");
  });

  it("puts documented statuses in the place of those that stood for them", async () => {
    const draft = apidogPage("accounts-receivable", "listLogItems");
    const body = {
      type: "object",
      properties: { logItems: { type: "array", items: { properties: { text: { type: "string" } } } } },
    };
    operationOf(draft).responses = {
      "200": { description: "", content: { "application/json": { schema: body } } },
      "403": { description: "" },
    };
    const { read } = await applied([draft]);
    const { responses } = operationIn(read("accounts-receivable"), "/clients/{clientno}/logitems", "get");
    expect(Object.keys(objectOf(responses))).toEqual(["200", "403"]);
  });

  it("opens an empty object that many share at its own place only", async () => {
    const draft = apidogPage("accounts-receivable", "listGlItems");
    objectOf(objectOf(schemaOf(draft, "GlItemList").properties).glItems).items = {
      type: "object",
      properties: { glItemId: { type: "string" } },
    };
    const { read } = await applied([draft]);
    const { components } = parse(read("accounts-receivable")) as { components: { schemas: Record<string, Json> } };
    expect(components.schemas.UnseenObject).not.toHaveProperty("properties");
    expect(objectOf(components.schemas.GlItemList?.properties).glItems).toEqual({
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

  it("comes from the list of titles to the spec of its product, among its tag, with the names of the spec", async () => {
    const { read, done } = await applied([newPage("pausecase-4148064e0", "PauseCase", "post", path, pause)]);
    expect(done).toEqual([`new: debt-collection pauseCase (POST ${path})`]);
    const after = read("debt-collection");
    expect(lost("debt-collection", after)).toEqual([]);
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
    const paths = Object.keys((parse(after) as { paths: Json }).paths);
    expect(paths[paths.indexOf("/orgs/{organizationId}/cases") + 1]).toBe(
      "/orgs/{organizationId}/cases/{caseId}/pause",
    );
    expect(read("title-only")).not.toContain("title: PauseCase");
  });

  it("that opened a section of the list leaves the section's comment", async () => {
    const { read } = await applied([
      newPage("acceptdebtcollectionlist-4148062e0", "AcceptDebtCollectionList", "post", "/orgs/{orgId}/cases/accept", {
        ...pause,
        parameters: pause.parameters.slice(0, 1),
      }),
    ]);
    const after = read("title-only");
    expect(after).not.toContain("AcceptDebtCollectionList");
    expect(lost("title-only", after).filter((line) => line.startsWith("#"))).toEqual([]);
  });

  it("has the parameters that its path names, those that the page forgets too, and no others", async () => {
    const query = { name: "q", in: "query", schema: { type: "string" } };
    const stray = { name: "stray", in: "path", required: true, schema: { type: "string" } };
    const { read } = await applied([
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

  it("has a name of its own, though another page has the same title", async () => {
    const pages = ["merge", "join"].map((name, index) =>
      newPage(`x-900000${index}e0`, "MergeCases", "post", `/orgs/{orgId}/cases/${name}`, pause),
    );
    const { done } = await applied(pages);
    expect(done.map((line) => line.split(" ")[2])).toEqual(["mergeCases", "mergeCases2"]);
  });

  it("at a path that the spec has takes that path's names of parameters", async () => {
    const { folders, pages, put } = workspace("debt-collection");
    const file = join(folders.specs, "debt-collection.yaml");
    const known = `  /orgs/{org}/cases/{case}/pause:
    get:
      operationId: getPause
      x-source: []
      parameters:
        - { name: org, in: path, required: true, schema: { type: string } }
        - { name: case, in: path, required: true, schema: { type: string } }
      responses: {}
webhooks:
`;
    writeFileSync(file, readFileSync(file, "utf8").replace(/^webhooks:\n/m, known));
    put("pausecase-4148064e0.md", printPage(newPage("", "PauseCase", "post", path, pause)));
    await apply([pages], { folders });
    const { parameters } = operationIn(readFileSync(file, "utf8"), "/orgs/{org}/cases/{case}/pause", "post");
    expect(parameters).toMatchObject([{ name: "org" }, { name: "case" }]);
  });

  it("has all media types of its bodies, JSON first", async () => {
    const content = {
      "application/pdf": { schema: { type: "string", format: "binary" } },
      "application/json": { schema: { type: "array" } },
    };
    const operation = { ...pause, responses: { "200": { description: "", content } } };
    const { read } = await applied([newPage("pausecase-4148064e0", "PauseCase", "post", path, operation)]);
    const { responses } = operationIn(read("debt-collection"), "/orgs/{organizationId}/cases/{caseId}/pause", "post");
    const made = objectOf(objectOf(objectOf(responses)["200"]).content);
    expect(Object.entries(made)).toEqual(Object.entries(content).reverse());
  });

  it("that cannot be copied does not stop the others", async () => {
    const schema = { type: "object", additionalProperties: { $ref: "#/components/schemas/Missing" } };
    const broken = newPage("pausecase-4148064e0", "PauseCase", "post", path, {
      ...pause,
      responses: { "200": { description: "", content: { "application/json": { schema } } } },
    });
    const { done, unreadable, read } = await applied([broken, apidogPage("accounts-receivable", "listLogItems")]);
    expect(unreadable).toEqual([
      expect.stringMatching(/pausecase-4148064e0\.md: a \$ref that leads nowhere: .*Missing/),
    ]);
    expect(done).toContain("accounts-receivable listLogItems: confirmed evidence (was inferred)");
    expect(read("title-only")).toContain("title: PauseCase");
  });

  it("is left where the spec has its method and path already", async () => {
    const other = { tags: ["Others"], responses: {} };
    const page = newPage("pausecase-4148064e0", "PauseCase", "get", "/orgs/{o}/batches", other);
    const { read, left } = await applied([page]);
    expect(read("debt-collection")).toBe(readFileSync("openapi/debt-collection.yaml", "utf8"));
    expect(left).toEqual(["new: PauseCase (GET /orgs/{o}/batches): debt-collection has its method and path already"]);
  });

  it("of no list is placed by its tag, or its server, or not at all", async () => {
    const byTag = newPage("mergecases-9000001e0", "MergeCases", "post", "/orgs/{orgId}/cases/merge", {
      ...pause,
      parameters: [],
    });
    const byServer = newPage("get-x-9000002e0", "GET the x", "get", "/clients/{clientno}/x", {
      tags: ["Xs"],
      responses: {},
    });
    byServer.document = { ...byServer.document, servers: [{ url: "https://api.amili.no/arm/v1" }] };
    const nowhere = newPage("get-y-9000003e0", "GET the y", "get", "/y", { tags: ["Ys"], responses: {} });
    const { done, left } = await applied([byTag, byServer, nowhere]);
    expect(done.toSorted()).toEqual([
      "new: accounts-receivable listX (GET /clients/{clientno}/x)",
      "new: debt-collection mergeCases (POST /orgs/{orgId}/cases/merge)",
    ]);
    expect(left).toEqual(["new: GET the y (GET /y): no spec has its tag or server"]);
  });

  it("brings its schemas, without taking the name of another", async () => {
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
    const { read } = await applied([newPage("pausecase-4148064e0", "PauseCase", "post", path, operation, schemas)]);
    const { components } = parse(read("debt-collection")) as { components: { schemas: Record<string, Json> } };
    expect(components.schemas.EtNavn2?.properties).toEqual({
      d: { $ref: "#/components/schemas/Distribution2" },
      o: { $ref: "#/components/schemas/Organization" },
      again: { $ref: "#/components/schemas/EtNavn2" },
    });
    expect(components.schemas.Distribution2).toEqual({ type: "object", properties: { other: { type: "string" } } });
    expect(components.schemas.Distribution).toHaveProperty("properties.collector");
  });

  it("of a plain-text page is as much seen as one that the spec has already", async () => {
    const { folders, pages, put } = workspace("accounts-receivable");
    const text = readFileSync("test/fixtures/doc-pages/glmovements-list.txt", "utf8")
      .replace(
        "\nGET a list of GL movements/balances\n\nGET",
        "\nGet movement/balance for the latest closed GL year/period\n\nGET",
      )
      .replaceAll("/glmovements", "/glmovements/latest");
    put("get-movementbalance-for-the-latest-closed-gl-yearperiod-4205286e0.txt", text);
    const { done } = await apply([pages], { folders });
    expect(done).toEqual([
      "new: accounts-receivable listGlMovementsLatest (GET /clients/{clientno}/glmovements/latest)",
    ]);
    const after = readFileSync(join(folders.specs, "accounts-receivable.yaml"), "utf8");
    const operation = operationIn(after, "/clients/{clientno}/glmovements/latest", "get");
    expect(operation).toMatchObject({
      "x-evidence": "documented",
      "x-source": [{ id: 4205286, modified: "2026-04-14" }],
    });
    expect((operation.parameters as Json[])[1]).toEqual({
      name: "glyear",
      in: "query",
      "x-inferred": "Type and optionality; only the name was read.",
      schema: { type: "string" },
    });
    expect(operation).toHaveProperty(
      "responses.200.content.application/json.schema.properties.glMovements.items.properties.balanceIn",
      { type: "integer" },
    );
    expect((await check([pages], folders)).entries).toMatchObject([{ status: "same", differences: [], confirms: [] }]);
  });
});
