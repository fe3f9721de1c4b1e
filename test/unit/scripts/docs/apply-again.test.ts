import fc from "fast-check";
import { expect, it } from "vitest";
import { applySources } from "../../../../scripts/docs/apply-sources.js";
import { checkSources } from "../../../../scripts/docs/check-sources.js";
import type { JsonObject } from "../../../../scripts/docs/read/json.js";
import type { ReportEntry } from "../../../../scripts/docs/report/entry.js";
import { apidogPage, operationOf, type PageDraft, printPage } from "./support/apidog-page.js";
import { MUTATIONS } from "./support/mutations.js";
import { workspace } from "./support/temp.js";

/** What a second check reports although the first apply did not leave it to the user, and how often that was applied again. */
async function leftUnsaid(draft: PageDraft): Promise<string[]> {
  const { options, pages, put } = workspace([draft.spec, draft.operationId, "getGlItem", "getBatch"]);
  put(`${draft.slug}.md`, printPage(draft));
  const { manual, unreadable } = await applySources([pages], options);
  expect(unreadable).toEqual([]);
  const { entries } = await checkSources([pages], options);
  const left = entries.flatMap(reported);
  return left.filter((line) => !manual.some((told) => told.includes(line)));
}

const reported = ({ status, differences, answers }: ReportEntry): string[] =>
  status === "new"
    ? []
    : [
        ...differences.map(({ kind, what }) => (kind === what ? kind : `${kind} ${what}`)),
        ...answers.filter(({ counts }) => counts).map(({ what }) => what),
      ];

/** The changes of the mutation table that need no edited spec. */
const CHANGES = MUTATIONS.filter(({ markdown }) => !markdown.spec);

it("finds only what was left to the user, after any changes of a page", async () => {
  const operations = new Map(CHANGES.map(({ markdown }) => [markdown.operation.join(" "), markdown.operation]));
  const changed = fc.constantFrom(...operations.values()).chain(([spec, operationId]) => {
    const own = CHANGES.filter(({ markdown }) => markdown.operation.join() === [spec, operationId].join());
    return fc.tuple(
      fc.constant([spec, operationId] as const),
      fc.subarray(
        own.map(({ change }) => change),
        { minLength: 1 },
      ),
    );
  });
  await fc.assert(
    fc.asyncProperty(changed, async ([[spec, operationId], changes]) => {
      const draft = apidogPage(spec, operationId);
      for (const change of changes) {
        try {
          CHANGES.find((mutation) => mutation.change === change)?.markdown.mutate(draft);
        } catch {
          // One change may have removed what the next one is about.
        }
      }
      expect(await leftUnsaid(draft)).toEqual([]);
    }),
    { numRuns: 12 },
  );
});

/** Schemas as pages have them: compositions, references, null in every form, limits, maps. */
const { schema } = fc.letrec<{ schema: JsonObject; object: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record(
      {
        type: fc.constantFrom("string", "integer", "number", "boolean"),
        nullable: fc.constant(true),
        description: fc.constant("Some words."),
        default: fc.constantFrom("a", 1, false),
        readOnly: fc.boolean(),
      },
      { requiredKeys: ["type"] },
    ),
    fc.record({ type: fc.constant("string"), enum: fc.subarray(["A", "B", "C"], { minLength: 1 }) }),
    fc.record({ type: fc.constant("string"), format: fc.constantFrom("date", "uuid") }),
    fc.record({ type: fc.constant("number"), minimum: fc.nat(9), exclusiveMinimum: fc.boolean() }),
    fc.record(
      { type: fc.constant("array"), items: tie("schema"), maxItems: fc.nat(9) },
      { requiredKeys: ["type", "items"] },
    ),
    fc.record({ type: fc.constant("object"), additionalProperties: tie("schema") }),
    fc.record(
      { oneOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }), type: fc.constant("null") },
      { requiredKeys: ["oneOf"] },
    ),
    fc.record(
      { anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }), nullable: fc.constant(true) },
      { requiredKeys: ["anyOf"] },
    ),
    fc.record({ allOf: fc.array(tie("object"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ $ref: fc.constantFrom("#/components/schemas/Shared%20one", "#/components/schemas/Tree") }),
    tie("object"),
  ),
  object: fc
    .dictionary(fc.constantFrom("id", "name", "odata.type", "tags[]", "vat"), tie("schema"), { maxKeys: 4 })
    .chain((properties) =>
      fc.record(
        {
          type: fc.constant("object"),
          properties: fc.constant(properties),
          required: fc.subarray(Object.keys(properties)),
        },
        { requiredKeys: ["type", "properties"] },
      ),
    ),
}));

const components = fc.record({
  "Shared one": schema.filter((node) => node.$ref === undefined),
  Tree: fc.constant({
    type: "object",
    properties: { id: { type: "string" }, inner: { $ref: "#/components/schemas/Tree" } },
  }),
});
const content = schema.map((node) => ({ "application/json": { schema: node } }));

it.each(["listLogItems", "getArItem", undefined])(
  "finds only what was left to the user, after a page with any schema: %s",
  async (known) => {
    const operation = fc.record({
      responses: fc.record(
        { "200": fc.record({ content }), "x-200:Other": fc.record({ content }), "404": fc.record({ content }) },
        { requiredKeys: ["200"] },
      ),
      requestBody: fc.option(fc.record({ required: fc.boolean(), content }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(operation, components, async ({ responses, requestBody }, schemas) => {
        const draft = apidogPage("accounts-receivable", known ?? "listLogItems");
        Object.assign(operationOf(draft), { responses, ...(requestBody && { requestBody }) });
        draft.document.components = { schemas };
        if (known === undefined) {
          const { "x-run-in-apidog": _, ...rest } = operationOf(draft);
          draft.document.paths = { "/clients/{clientno}/things": { post: rest } };
          Object.assign(draft, { slug: "post-a-thing-9000001e0", title: "POST a thing" });
        }
        expect(await leftUnsaid(draft)).toEqual([]);
      }),
      { numRuns: 12 },
    );
  },
);
