import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { remarksOn } from "../../../scripts/generate/remarks.js";
import { type Evidence, readSpecs } from "../../../scripts/specs.js";

const generated = (name: string) => readFileSync(new URL(`../../../generated/${name}`, import.meta.url), "utf8");
const inline = (text: string) => text.replace(/\s+\*?\s*/g, " ");

/** The remarks on all parameters, fields and bodies of a part of a spec, by place. */
function remarksIn(node: unknown, place = ""): [place: string, remarks: string][] {
  if (typeof node !== "object" || node === null) return [];
  const own = "operationId" in node || "url" in node ? "" : remarksOn(node as Evidence);
  const parts = Object.entries(node).flatMap(([key, part]) => remarksIn(part, `${place}/${key}`));
  return own ? [[place, own], ...parts] : parts;
}

describe.each(readSpecs())("the types of $name", ({ name, spec }) => {
  it("say everything that the spec says of its evidence", () => {
    const types = inline(generated(`${name}.ts`));
    const missing = remarksIn(spec).filter(([, remarks]) => !types.includes(inline(remarks).replaceAll("*/", "*\\/")));
    expect(missing).toEqual([]);
  });
});

it("evidence is one text of sentences", () => {
  expect(remarksOn({ "x-inferred": "Its\n  type.", "x-unknown": ["a", "b"] })).toBe(
    "Inferred: Its type. Undocumented: a; b.",
  );
  expect(remarksOn({})).toBe("");
});
