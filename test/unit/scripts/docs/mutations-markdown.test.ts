import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { asObject } from "../../../../scripts/docs/read/json.js";
import { apidogPage, operationOf, type PageDraft, schemaOf } from "./support/apidog-page.js";
import { examineDraft, parametersOf, propertiesOf, responsesOf } from "./support/drafts.js";

/** Changes of a page, with the expected differences and a text of their lines in the spec. */
const MUTATIONS: [string, [string, string], (draft: PageDraft) => void, string[], string][] = [
  [
    "a renamed field",
    ["debt-collection", "listSettlements"],
    (draft) => {
      const { vat, ...rest } = propertiesOf(draft, "Settlement");
      schemaOf(draft, "Settlement").properties = { ...rest, vatAmount: vat };
    },
    ["field added 200 data[].vatAmount", "field removed 200 data[].vat"],
    "vat:",
  ],
  [
    "a new enum value",
    ["debt-collection", "listSettlements"],
    (draft) => {
      asObject(propertiesOf(draft, "Settlement").collectionType).enum = ["REMINDER", "COLLECTION"];
    },
    ["enum added 200 data[].collectionType"],
    "collectionType:",
  ],
  [
    "a new required parameter",
    ["debt-collection", "listSettlements"],
    (draft) => parametersOf(draft).push({ name: "scope", in: "query", required: true, schema: { type: "string" } }),
    ["parameter added query scope"],
    "parameters:",
  ],
  [
    "a parameter that is now required",
    ["debt-collection", "listSettlements"],
    (draft) => {
      for (const parameter of parametersOf(draft)) if (parameter.name === "fromDate") parameter.required = true;
    },
    ["parameter required query fromDate"],
    "- name: fromDate",
  ],
  [
    "a dropped parameter",
    ["debt-collection", "listSettlements"],
    (draft) => {
      operationOf(draft).parameters = parametersOf(draft).filter(({ name }) => name !== "toDate");
    },
    ["parameter removed query toDate"],
    "- name: toDate",
  ],
  [
    "a parameter of another type",
    ["accounts-receivable", "listGlMovements"],
    (draft) => {
      for (const parameter of parametersOf(draft))
        if (parameter.name === "glyear") parameter.schema = { type: "string" };
    },
    ["parameter type query glyear"],
    "schema: { type: integer }",
  ],
  [
    "a dropped status",
    ["debt-collection", "listSettlements"],
    (draft) => delete responsesOf(draft)["423"],
    ["status removed 423"],
    '"423":',
  ],
  [
    "a new status",
    ["debt-collection", "listSettlements"],
    (draft) => {
      responsesOf(draft)["410"] = { description: "" };
    },
    ["status added 410"],
    "responses:",
  ],
  [
    "a status where the spec has a placeholder",
    ["accounts-receivable", "listLogItems"],
    (draft) => {
      responsesOf(draft)["200"] = { description: "" };
    },
    ["status added 200"],
    "responses:",
  ],
  [
    "a changed type, which the printed example then contradicts",
    ["accounts-receivable", "getArItem"],
    (draft) => {
      propertiesOf(draft, "ArItem").currencyAmount = { type: "string" };
    },
    ["field type 200 currencyAmount"],
    "currencyAmount:",
  ],
  [
    "a changed format",
    ["accounts-receivable", "getArItem"],
    (draft) => {
      asObject(propertiesOf(draft, "ArItem").voucherDate).format = "date-time";
    },
    ["field type 200 voucherDate"],
    "voucherDate:",
  ],
  [
    "a field that may be null now",
    ["accounts-receivable", "getArItem"],
    (draft) => {
      asObject(propertiesOf(draft, "ArItem").kid).nullable = true;
    },
    ["field type 200 kid"],
    "kid:",
  ],
  [
    "a field of a body that is now required",
    ["accounts-receivable", "createReportsAction"],
    (draft) => {
      schemaOf(draft, "AdbReportInterval").required = ["intervalNo"];
    },
    ["field required request action.report.adb.intervals[].intervalNo"],
    "intervalNo:",
  ],
  [
    "an example that the spec does not allow and the page does",
    ["accounts-receivable", "listGlMovements"],
    (draft) => {
      schemaOf(draft, "GlMovement").required = [];
      const media = asObject(asObject(asObject(responsesOf(draft)["200"]).content)["application/json"]);
      media.examples = { "1": { value: { glMovements: [{ clientNo: 2218 }] } } };
    },
    ["example 200"],
    "schema:",
  ],
  [
    "fields whose names contain a dot or brackets",
    ["accounts-receivable", "getArItem"],
    (draft) => {
      Object.assign(propertiesOf(draft, "ArItem"), { "odata.type": { type: "string" }, "tags[]": { type: "string" } });
    },
    ["field added 200 odata․type", "field added 200 tags［］"],
    "ArItem:",
  ],
  [
    "a moved path",
    ["accounts-receivable", "getArItem"],
    (draft) => {
      draft.document.paths = { "/clients/{clientno}/items/{aritemid}": { get: operationOf(draft) } };
    },
    ["path"],
    "/clients/{clientno}/aritems/{aritemid}:",
  ],
  [
    "another method",
    ["accounts-receivable", "getArItem"],
    (draft) => {
      draft.document.paths = { [draft.path]: { post: operationOf(draft) } };
    },
    ["method"],
    "get:",
  ],
  [
    "a rename",
    ["accounts-receivable", "getArItem"],
    (draft) => {
      draft.title = "Read an AR item";
      draft.slug = draft.slug.replace(/^.*-/, "read-an-ar-item-");
    },
    ["title"],
    "summary:",
  ],
  [
    "a deprecation",
    ["accounts-receivable", "getArItem"],
    (draft) => {
      operationOf(draft)["x-apidog-status"] = "obsolete";
    },
    ["deprecated"],
    "get:",
  ],
  [
    "a further variant of a status with a new field",
    ["accounts-receivable", "getArItem"],
    (draft) => {
      const schema = { type: "object", properties: { expanded: { type: "array", items: { type: "string" } } } };
      responsesOf(draft)["x-200:With expand"] = { content: { "application/json": { schema } } };
    },
    ["field added 200 expanded"],
    "ArItem:",
  ],
];

describe("a change on a page", () => {
  it.each(MUTATIONS)("finds, names and locates %s", (_, [spec, operationId], mutate, expected, line) => {
    const draft = apidogPage(spec, operationId);
    mutate(draft);
    const { page, entry } = examineDraft(draft);
    expect(entry).toMatchObject({ status: "changed", operation: `${spec} ${operationId}` });
    const named = entry.differences.map(({ kind, what }) => (kind === what ? kind : `${kind} ${what}`));
    expect(named.toSorted()).toEqual(expected.toSorted());
    const places = entry.differences.map(({ specAt }) => lineAt(specAt));
    expect(places.join("\n")).toContain(line);
    const last = page.split("\n").length;
    for (const { pageAt } of entry.differences) {
      const number = Number(pageAt.split(":").at(-1));
      expect(number).toBeGreaterThan(4);
      expect(number).toBeLessThanOrEqual(last);
    }
  });

  it("locates the changed line of the page", () => {
    const draft = apidogPage("accounts-receivable", "getArItem");
    propertiesOf(draft, "ArItem").currencyAmount = { type: "string" };
    const { page, entry } = examineDraft(draft);
    const line = Number(entry.differences[0]?.pageAt.split(":").at(-1));
    expect(page.split("\n")[line - 1]).toContain("currencyAmount:");
  });
});

function lineAt(place: string): string {
  const [file = "", line = ""] = place.split(":");
  return readFileSync(file, "utf8").split("\n")[Number(line) - 1] ?? "";
}
