import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { applySources } from "../../../../scripts/docs/apply-sources.js";
import { checkSources } from "../../../../scripts/docs/check-sources.js";
import { asObject, type JsonObject } from "../../../../scripts/docs/read/json.js";
import { apidogPage, type PageDraft, printPage, schemaOf } from "./support/apidog-page.js";
import { parametersOf } from "./support/drafts.js";
import { workspace } from "./support/temp.js";

const SPEC = "debt-collection";

async function applyPage(operationId: string, mutate: (draft: PageDraft) => void) {
  const { options, pages, put, read } = workspace([SPEC, operationId]);
  const draft = apidogPage(SPEC, operationId);
  mutate(draft);
  put(`${draft.slug}.md`, printPage(draft));
  const before = await checkSources([pages], options);
  await applySources([pages], options);
  const after = await checkSources([pages], options);
  const spec = parse(read(SPEC)) as {
    paths: Record<string, Record<string, { parameters: JsonObject[] }>>;
    components: { schemas: Record<string, JsonObject> };
    servers: JsonObject[];
  };
  return { before: before.entries[0], after: after.entries[0], spec };
}

const schemaOfParameter = (draft: PageDraft, name: string) =>
  asObject(parametersOf(draft).find((parameter) => parameter.name === name)?.schema);

describe("a page confirms only what it states", () => {
  it("does not confirm as required what it leaves optional", async () => {
    const { before, after, spec } = await applyPage("createInvoices", (draft) => {
      delete schemaOf(draft, "CreateInvoicesRequest").required;
    });
    expect(before?.confirms).not.toContain("inferred request");
    expect(before?.answers).toContainEqual(
      expect.objectContaining({ what: "request invoices", page: "optional", counts: false }),
    );
    expect(spec.components.schemas.CreateInvoicesRequest).toHaveProperty("x-inferred");
    expect(after).toMatchObject({ status: "same", differences: [] });
  });

  it("confirms as required what it requires", async () => {
    const { spec } = await applyPage("createInvoices", () => {});
    expect(spec.components.schemas.CreateInvoicesRequest).not.toHaveProperty("x-inferred");
  });

  const statusOf = ({ paths }: Awaited<ReturnType<typeof applyPage>>["spec"]) =>
    paths["/orgs/{organizationId}/cases"]?.get?.parameters.find(({ name }) => name === "Status");

  it("keeps the mark of values that it does not show", async () => {
    const { spec, after } = await applyPage("listCases", () => {});
    expect(statusOf(spec)).toMatchObject({
      "x-inferred": expect.stringContaining("values"),
      schema: { "x-open-enum": ["OPEN", "PAUSED"] },
    });
    expect(after).toMatchObject({ status: "same", confirms: [] });
  });

  it("replaces guessed values by its own", async () => {
    const { before, after, spec } = await applyPage("listCases", (draft) => {
      schemaOfParameter(draft, "Status").enum = ["PENDING", "DONE"];
    });
    expect(before?.answers[0]).toMatchObject({ what: "enum replaced query Status", counts: true });
    expect(statusOf(spec)).toMatchObject({ name: "Status", schema: { type: "string", enum: ["PENDING", "DONE"] } });
    expect(statusOf(spec)).not.toHaveProperty("x-inferred");
    expect(after).toMatchObject({ status: "same", differences: [] });
  });

  it("confirms a server that it lists", async () => {
    const urls = ["https://api.amili.no/collection/v1/", "https://api.staging.amili.no/collection/v1"];
    const { before, after, spec } = await applyPage("listCases", (draft) => {
      draft.document.servers = urls.map((url) => ({ url }));
    });
    expect(before?.confirms).toContain("server https://api.amili.no/collection/v1");
    expect(spec.servers[0]).toMatchObject({ "x-evidence": "documented", "x-environment": "production" });
    expect(spec.servers[0]).not.toHaveProperty("x-inferred");
    expect(after).toMatchObject({ status: "same", confirms: [] });
  });

  it("does not confirm a format that it does not show", async () => {
    const { before } = await applyPage("getBatchLegacy", (draft) => {
      schemaOf(draft, "Batch").properties = { batchId: { type: "string" } };
    });
    expect(before?.confirms.filter((text) => text.includes("200")).join()).not.toContain("batchId");
  });
});
