import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { type Json, objectOf } from "../../../../scripts/docs/json.js";
import { apply } from "../../../../scripts/docs/run-apply.js";
import { check } from "../../../../scripts/docs/run-check.js";
import { apidogPage, operationOf, type PageDraft, printPage, schemaOf } from "./support/apidog-page.js";
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

describe("a page of an operation that was concluded", () => {
  it("raises its evidence", async () => {
    const { read } = await applied([apidogPage("accounts-receivable", "listLogItems")]);
    const operation = operationIn(read("accounts-receivable"), "/clients/{clientno}/logitems", "get");
    expect(operation["x-evidence"]).toBe("documented");
    expect(operation).not.toHaveProperty("x-inferred");
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

  it("is partly seen on a plain-text page", async () => {
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
    expect(operation).toMatchObject({ "x-evidence": "partial", "x-source": [{ id: 4205286, modified: "2026-04-14" }] });
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
    expect((await check([pages], folders)).entries).toMatchObject([{ status: "same", differences: [] }]);
  });
});
