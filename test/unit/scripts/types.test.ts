import { expect, it } from "vitest";
import { generateTypes } from "../../../scripts/generate/types.js";
import type { Spec } from "../../../scripts/specs.js";

it("an open list of values may be null, too", async () => {
  const properties = {
    status: { type: ["string", "null"], "x-open-enum": ["OPEN"] },
    kind: { type: "string", "x-open-enum": ["A"] },
  };
  const spec: Spec = {
    info: { title: "Test" },
    paths: {},
    components: { schemas: { Item: { type: "object", properties } } },
  };
  const types = await generateTypes({ name: "test", file: "test.yaml", spec: { openapi: "3.1.0", ...spec } as Spec });
  expect(types).toContain('status?: "OPEN" | (string & {}) | null;');
  expect(types).toContain('kind?: "A" | (string & {});');
});
