import { describe, expect, it } from "vitest";
import { readFacade } from "../../scripts/facade.js";
import { apiName, operationsOf, readSpecs } from "../../scripts/specs.js";

const facade = readFacade();
const operations = readSpecs().flatMap(({ name, spec }) =>
  operationsOf(spec).map(({ operation }) => ({ api: apiName(name), ...operation })),
);
const methodsOf = (api: string, operationId: string) =>
  facade.filter((method) => method.api === api && method.operationId === operationId);

it("calls only operations that the specs have", () => {
  const known = new Set(operations.map(({ api, operationId }) => `${api} ${operationId}`));
  expect(facade.filter(({ api, operationId }) => !known.has(`${api} ${operationId}`))).toEqual([]);
});

describe.each(operations)("$api $operationId", ({ api, operationId, ...operation }) => {
  const [method, ...more] = methodsOf(api, operationId);

  it("has one method", () => {
    expect(method).toBeDefined();
    expect(more).toEqual([]);
  });

  it("is documented as the spec has it", () => {
    const read = operation["x-source"].map(({ slug }) => slug);
    expect(read).toEqual(expect.arrayContaining(method?.slugs ?? []));
    expect(method?.slugs.length).toBe(Math.min(1, read.length));
    expect(method?.deprecated).toBe(operation.deprecated ?? false);
    expect(method?.saysInferred).toBe(operation["x-evidence"] === "inferred");
  });
});
