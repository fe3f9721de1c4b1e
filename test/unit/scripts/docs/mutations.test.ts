import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { MUTATIONS, mutationTable, runMarkdown, runText } from "./support/mutations.js";

describe("a change on a page", () => {
  it.each(MUTATIONS)("is reported in Markdown: $change", ({ markdown }) => {
    const { entry, reported, specLines, pageLines } = runMarkdown(markdown);
    expect(reported.toSorted()).toEqual(markdown.reported.toSorted());
    expect(entry).toMatchObject({ status: "changed", operation: markdown.operation.join(" ") });
    expect(specLines.join("\n")).toContain(markdown.at);
    expect(pageLines).not.toContain("");
  });

  const inText = MUTATIONS.flatMap(({ change, text }) => (text ? [{ change, text }] : []));
  it.each(inText)("is reported in plain text: $change", ({ text }) => {
    const { entry, reported, specLines, pageLines } = runText(text);
    expect(reported.toSorted()).toEqual(text.reported.toSorted());
    expect(entry.status).toBe("changed");
    expect(specLines).not.toContain("");
    expect(pageLines.join("\n")).toContain(text.at);
  });

  it("locates the changed line of the page", () => {
    const rename = MUTATIONS.find(({ change }) => change === "a field of another type");
    expect(rename && runMarkdown(rename.markdown).pageLines[0]).toContain("currencyAmount:");
  });

  // `vitest run -u` writes it.
  it("is in the table of docs/regenerating.md", async () => {
    const guide = readFileSync(GUIDE, "utf8");
    const written = guide.replace(/^\| change of the page[\s\S]*?(?=\n\n)/m, () => mutationTable());
    await expect(written).toMatchFileSnapshot(resolve(GUIDE));
  });
});

const GUIDE = "docs/regenerating.md";
