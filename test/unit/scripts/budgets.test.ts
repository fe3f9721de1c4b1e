import { randomBytes } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { BUDGETS, checkBudget } from "../../../scripts/budgets.js";
import { programSize } from "../../../scripts/program-size.js";

it("a figure above its limit fails, with the figure, the limit and what to do", () => {
  vi.spyOn(console, "log").mockReturnValue();
  const limit = BUDGETS["gzip: new Amili()"];
  checkBudget("gzip: new Amili()", limit);
  expect(() => checkBudget("gzip: new Amili()", limit + 1)).toThrow(
    `gzip: new Amili(): ${limit + 1} is above the limit of ${limit}. Make it smaller, or raise the limit`,
  );
  expect(() => checkBudget("gzip: new Amili()", Number.NaN)).toThrow("is above the limit");
});

it("the size of a program has what it imports, shared or not, and not what it loads on first use", async () => {
  const folder = mkdtempSync(join(tmpdir(), "program-size-"));
  // Random, so that it cannot be compressed.
  const write = (file: string, imports: string) => {
    const text = `${imports} export const ${file} = ${JSON.stringify(randomBytes(30_000).toString("base64"))};`;
    writeFileSync(join(folder, `${file}.js`), `${text} console.log(${file});`);
  };
  write("shared", "");
  write("lazy", 'import { shared } from "./shared.js"; console.log(shared);');
  write("direct", 'import { shared } from "./shared.js"; console.log(shared);');
  const size = await programSize(folder, 'import "./direct.js"; import("./lazy.js");');
  expect(size).toBeGreaterThan(60_000);
  expect(size).toBeLessThan(62_000);
});
