import { describe, expect, it } from "vitest";
import { readDocPage } from "../support/doc-page.js";
import { ContractSpec } from "../support/spec.js";

const PAGES = [
  { page: "aritems-get", spec: "accounts-receivable", operationId: "getArItem" },
  { page: "glmovements-list", spec: "accounts-receivable", operationId: "listGlMovements" },
  { page: "insights-adb-intervals", spec: "accounts-receivable", operationId: "listAdbIntervals" },
  { page: "actions-create-report", spec: "accounts-receivable", operationId: "createReportsAction" },
  { page: "settlements-list", spec: "debt-collection", operationId: "listSettlements" },
];

/** Names of path parameters are not on the wire. */
const shape = (path: string) => path.replace(/\{\w+\}/g, "{}");

describe.each(PAGES)("the page $page and its spec", ({ page: name, spec: specName, operationId }) => {
  const page = readDocPage(name);
  const spec = new ContractSpec(specName);
  const { method, path, operation } = spec.get(operationId);

  it("agree on method and path", () => {
    expect([page.method, shape(page.path)]).toEqual([method, shape(path)]);
  });

  it("agree on the statuses", () => {
    expect(page.statuses.toSorted()).toEqual(Object.keys(operation.responses).toSorted());
  });

  it("agree on the query, as far as the page shows it", () => {
    const known = spec.queryNames(operationId);
    expect(page.query.filter((parameter) => !known.includes(parameter))).toEqual([]);
  });

  it("agree on the answer", () => {
    expect(spec.answerFaults(operationId, 200, page.response)).toEqual([]);
    expect(spec.examples(operationId, "200")).toContainEqual(page.response);
  });

  if (page.request !== undefined) {
    it("agree on the body that is sent", () => {
      expect(spec.bodyFaults(operationId, page.request)).toEqual([]);
      expect(spec.bodyExamples(operationId)).toContainEqual(page.request);
    });
  }
});

describe("what the spec does not allow is found", () => {
  const ar = new ContractSpec("accounts-receivable");
  const base = "https://api.amili.no/arm/v1";
  const sent = (path: string, more: object = {}) => ({
    method: "GET",
    url: new URL(base + path),
    headers: new Headers(),
    body: "",
    ...more,
  });

  it.each([
    ["another method", "getArItem", sent("/clients/2218/aritems/x", { method: "POST" }), /method is POST/],
    ["another path", "getArItem", sent("/clients/2218/items/x"), /path .* is not/],
    ["a client number that is no number", "getArItem", sent("/clients/abc/aritems/x"), /path clientno must be integer/],
    [
      "an unknown query parameter",
      "listGlMovements",
      sent("/clients/1/glmovements?glYear=2025"),
      /query glYear is not/,
    ],
    [
      "a query parameter of another type",
      "listGlMovements",
      sent("/clients/1/glmovements?glyear=x"),
      /query glyear must be integer/,
    ],
    [
      "a body where there is none",
      "getArItem",
      sent("/clients/1/aritems/x", { body: "{}" }),
      /body is not in the spec/,
    ],
    [
      "a body of another type",
      "createReportsAction",
      sent("/clients/1/actions/reports/adb", {
        method: "POST",
        headers: new Headers({ "content-type": "application/json" }),
        body: '{"action":{"report":{"adb":{"intervals":[{"intervalNo":"1"}]}}}}',
      }),
      /body.*intervalNo must be integer/,
    ],
    [
      "no body where there must be one",
      "createReportsAction",
      sent("/clients/1/actions/reports/adb", { method: "POST" }),
      /body is missing/,
    ],
  ])("request: %s", (_, operationId, request, fault) => {
    expect(ar.requestFaults(operationId, base, request).join("\n")).toMatch(fault);
  });

  it.each([
    ["an amount as text", "getArItem", 200, { glAmount: "625" }, /glAmount must be number/],
    [
      "a row without its balance",
      "listGlMovements",
      200,
      { glMovements: [{}] },
      /must have required property 'balanceIn'/,
    ],
    ["a status that no page lists", "getArItem", 418, {}, /status 418 is not in the spec/],
    ["a list that is none", "listCustomers", 200, { customers: {} }, /customers must be array/],
  ])("answer: %s", (_, operationId, status, body, fault) => {
    expect(ar.answerFaults(operationId, status, body).join("\n")).toMatch(fault);
  });
});
