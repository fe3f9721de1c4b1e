import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { SLOW } from "./support.js";

const ROOT = new URL("../../", import.meta.url);

describe("the package", () => {
  it("contains what the README links to, and no internal files", SLOW, () => {
    const packed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: fileURLToPath(ROOT),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const paths = (JSON.parse(packed) as [{ files: { path: string }[] }])[0].files.map(({ path }) => path);
    const readme = readFileSync(new URL("README.md", ROOT), "utf8");
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, link = ""]) => link);
    expect(links).toContain("docs/sandbox.md");
    for (const link of links)
      expect(
        paths.find((path) => path.startsWith(link.replace(/#.*/, ""))),
        link,
      ).toBeDefined();

    const top =
      /^(dist\/.+|docs\/[\w-]+\.md|examples\/[\w-]+\.ts|openapi\/[\w-]+\.(md|yaml)|[\w-]+\.(md|json)|LICENSE)$/;
    expect(paths.filter((path) => !top.test(path))).toEqual([]);
  });
});
