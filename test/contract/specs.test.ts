import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { EVIDENCE_LEVELS, readSpecs } from "../../scripts/specs.js";
import { ContractSpec } from "../support/spec.js";

const specs = readSpecs().map(({ name }) => new ContractSpec(name));

interface TitleOnly {
  product: string;
  title: string;
  method: string | null;
  path: string | null;
}
const titleOnly = parse(readFileSync(new URL("../../openapi/title-only.yaml", import.meta.url), "utf8")) as {
  operations: TitleOnly[];
};

it("together name the 99 operations of the documentation's navigation", () => {
  const known = specs.flatMap((spec) => spec.operations.map(({ operation }) => operation));
  expect(known.length + titleOnly.operations.length).toBe(99);
});

it("have no operation both in a spec and in the list of titles", () => {
  const placed = new Set(
    specs.flatMap((spec) => spec.operations.map(({ method, path }) => `${spec.name} ${method} ${path}`)),
  );
  expect(titleOnly.operations.filter((o) => placed.has(`${o.product} ${o.method} ${o.path}`))).toEqual([]);
});

describe.each(specs.filter((spec) => spec.operations.length > 0))("$name", (spec) => {
  it.each(spec.operations.map(({ operation }) => [operation.operationId, operation] as const))(
    "%s says how far it was seen",
    (_, operation) => {
      expect(EVIDENCE_LEVELS).toContain(operation["x-evidence"]);
      expect(operation.tags).toHaveLength(1);
      expect(operation.summary).toBeTruthy();
      expect(operation["x-source"]).toBeInstanceOf(Array);
      if (operation["x-evidence"] === "inferred") expect(operation["x-inferred"]).toMatch(/\w+/);
      else if (operation["x-evidence"] === "observed") expect(operation["x-observed"]).toBeDefined();
      else expect(operation["x-source"].length).toBeGreaterThan(0);
      for (const source of operation["x-source"])
        expect(source).toMatchObject({ slug: expect.stringContaining(String(source.id)) });
    },
  );

  it("has examples that fit their own schemas", () => {
    const faults = spec.operations.flatMap(({ operation: { operationId, responses } }) => [
      ...spec.bodyExamples(operationId).flatMap((example) => spec.bodyFaults(operationId, example)),
      ...Object.keys(responses).flatMap((status) =>
        spec
          .examples(operationId, status)
          .flatMap((example) => spec.answerFaults(operationId, Number(status), example)),
      ),
    ]);
    expect(faults).toEqual([]);
  });
});
