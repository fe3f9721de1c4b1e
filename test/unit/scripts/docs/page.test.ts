import { describe, expect, it } from "vitest";
import { parsePageName } from "../../../../scripts/docs/read/page.js";
import { readPage } from "../../../../scripts/docs/read/read-page.js";

describe("the name of a page", () => {
  it.each([
    ["https://docs.amili.dev/getbatchbyid-4148060e0.md?a#b", "getbatchbyid-4148060e0", 4148060],
    ["saved\\pages\\getbatchbyid-4148060e0.txt", "getbatchbyid-4148060e0", 4148060],
    ["/about-359700m0", "about-359700m0", 359700],
    ["årsakskoder-12e0.md", "årsakskoder-12e0", 12],
    ["%C3%A5rsak-12e0.md", "%C3%A5rsak-12e0", 12],
    // Slugs have no spaces, so the file was renamed.
    ["Get a batch-12e0.md", undefined, 12],
    ["saved.md", undefined, undefined],
  ])("%s has the slug %s and the id %s", (name, slug, id) => {
    expect(parsePageName(name)).toEqual({ slug, id });
  });
});

const block = "```yaml\nopenapi: 3.0.1\npaths: { /a: { get: { summary: A } } }\n```\n";

it.each([
  ["under its heading", `# A\n\n\`\`\`yaml\nother: 1\n\`\`\`\n\n## OpenAPI Specification\n\n${block}`],
  ["before a heading that has none", `# A\n\n${block}\n## OpenAPI Specification\n`],
  ["without a blank line before it", `# A\n## OpenAPI Specification\n${block.trimEnd()}`],
])("finds the OpenAPI document %s", (_, text) => {
  expect(readPage("a-1e0.md", Buffer.from(text)).operation).toMatchObject({ method: "GET", path: "/a", title: "A" });
});
