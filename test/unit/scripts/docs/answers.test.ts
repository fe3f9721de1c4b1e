import { describe, expect, it } from "vitest";
import { asObject } from "../../../../scripts/docs/read/json.js";
import { exitCode } from "../../../../scripts/docs/report/entry.js";
import { markdownReport } from "../../../../scripts/docs/report/markdown-report.js";
import { textReport } from "../../../../scripts/docs/report/text-report.js";
import { apidogPage, operationOf } from "./support/apidog-page.js";
import { examineDraft, parametersOf, propertiesOf, responsesOf } from "./support/drafts.js";

const settlements = () => {
  const draft = apidogPage("debt-collection", "listSettlements");
  const parameter = (name: string) => asObject(parametersOf(draft).find((candidate) => candidate.name === name));
  return { draft, parameter };
};

describe("what a page says where the spec is open", () => {
  it("is an answer to x-unknown, and counts when it is part of the contract", () => {
    const { draft, parameter } = settlements();
    asObject(parameter("pageSize").schema).maximum = 500;
    asObject(responsesOf(draft)["429"]).headers = { "X-RateLimit-Limit": { schema: { type: "integer" } } };
    const { entry } = examineDraft(draft);
    expect(entry).toMatchObject({ status: "changed", differences: [] });
    expect(entry.answers.map(({ what, page, why, counts }) => [what, page, why, counts])).toEqual([
      ["limit query pageSize", "maximum 500", "x-unknown: default and maximum page size", true],
      ["header added 429 x-ratelimit-limit", "integer", "x-unknown: limits behind 429", true],
    ]);
    expect(entry.answers[0]?.specAt).toMatch(/debt-collection\.yaml:\d+$/);
    expect(exitCode([entry])).toBe(1);
  });

  it("is a description of what is undocumented or inferred, which does not count", () => {
    const { draft, parameter } = settlements();
    parameter("fromDate").description = "First day, as yyyy-MM-dd.";
    asObject(propertiesOf(draft, "SettlementInvoice").status).description = "OPEN or CLOSED.";
    const { entry } = examineDraft(draft);
    expect(entry).toMatchObject({ status: "same", differences: [] });
    expect(entry.answers.map(({ what, page, why }) => [what, page, why])).toEqual([
      ["query fromDate", "First day, as yyyy-MM-dd.", "inferred: Type and optionality; only the name was read."],
      ["200 data[].invoice.status", "OPEN or CLOSED.", "no description"],
    ]);
    expect(exitCode([entry])).toBe(0);
    expect(textReport([entry])).toContain("answers");
    expect(markdownReport([entry])).toContain("answers query fromDate: First day, as yyyy-MM-dd.");
  });

  it("is not repeated where the spec knows it", () => {
    const { draft } = settlements();
    asObject(propertiesOf(draft, "Settlement").vat).description = "VAT in other words.";
    expect(examineDraft(draft).entry.answers).toEqual([]);
  });

  it("is the text of the operation when it is about something unknown, and is cut", () => {
    const { draft } = settlements();
    operationOf(draft).description = `The maximum page size is 500.${" And so on.".repeat(100)}`;
    const [answer] = examineDraft(draft).entry.answers;
    expect(answer).toMatchObject({ what: "description", why: "x-unknown: default and maximum page size" });
    expect(answer?.page).toMatch(/^The maximum page size is 500\..*…$/);
    expect(answer?.page.length).toBeLessThan(310);
  });
});
