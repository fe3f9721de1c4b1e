import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { thirdPartyNotices } from "../../../scripts/third-party-notices.js";

function install(name: string, license: string, files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "notices-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folder = join(root, "node_modules", name);
  mkdirSync(folder, { recursive: true });
  const manifest = JSON.stringify({ name, version: "1.2.3", license });
  for (const [file, text] of Object.entries({ ...files, "package.json": manifest })) {
    writeFileSync(join(folder, file), text);
  }
  return join(folder, "lib/index.js");
}

it("has each package once, with its licence in full", () => {
  const module = install("@scope/tool", "MIT", { LICENSE: "Copyright of the tool\n" });
  const notices = thirdPartyNotices([module, module.replace("index", "other"), "/own/src/index.ts"]);
  expect(notices.match(/@scope\/tool 1\.2\.3 \(MIT\)\n\nCopyright of the tool\n/g)).toHaveLength(1);
});

it("refuses a licence that was not reviewed", () => {
  const module = install("tool", "GPL-3.0", { LICENSE: "…" });
  expect(() => thirdPartyNotices([module])).toThrow("tool has the licence GPL-3.0.");
});

it("refuses a package without the text of its licence", () => {
  expect(() => thirdPartyNotices([install("tool", "MIT", {})])).toThrow("tool has no file with its licence.");
});
