import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { apidogPage, printPage, schemaOf } from "./support/apidog-page.js";
import { workspace } from "./support/temp.js";

const TSX = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/** Runs a command as `npm run` would, and gives its exit code and what it said. */
const runIn = (cwd: string, script: string, ...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((done) => {
    const child = execFile(
      process.execPath,
      ["--import", TSX, resolve(`scripts/docs/${script}.ts`), ...args],
      { cwd, env: { ...process.env, FORCE_COLOR: undefined } },
      (_, out, err) => done({ code: child.exitCode ?? -1, out, err }),
    );
  });
const run = (script: string, ...args: string[]) => runIn(".", script, ...args);

function changedPage() {
  const { pages, put } = workspace("identity");
  const draft = apidogPage("accounts-receivable", "getArItem");
  (schemaOf(draft, "ArItem").properties as object as Record<string, object>).brandNew = { type: "string" };
  put(`${draft.slug}.md`, printPage(draft));
  return pages;
}

describe("docs:check", { timeout: 30_000 }, () => {
  it("ends with 0 where nothing differs, without colour where there is no terminal", async () => {
    const { code, out } = await run("check", "test/fixtures/doc-pages");
    expect(code).toBe(0);
    expect(out).toContain("5 same, 0 changed, 0 new, 0 gone, 0 unreadable");
    expect(out).toContain("known, as this page is older than getsettlements-4148071e0");
    expect(out).not.toContain("\u001b");
  });

  it("ends with 1 where something differs, and says it as JSON and as Markdown", async () => {
    const pages = changedPage();
    const [json, summary] = await Promise.all([run("check", pages, "--json"), run("check", pages, "--summary")]);
    expect([json.code, summary.code]).toEqual([1, 1]);
    expect(JSON.parse(json.out)).toMatchObject({
      exit: 1,
      pages: [{ status: "changed", differences: [{ kind: "field added", what: "200 brandNew", page: "string" }] }],
    });
    expect(summary.out).toMatch(/^## Documentation against specs\n\n0 same, 1 changed/);
    expect(summary.out).toContain("### Changed\n\n- **GET one AR item**");
    expect(summary.out).toMatch(/ {2}- field added `200 brandNew`.*`openapi\/accounts-receivable\.yaml:\d+`/);
  });

  it("ends with 2 where the specs cannot be read, and names the file", async () => {
    const { root, options, pages } = workspace("identity");
    writeFileSync(join(options.specs, "identity.yaml"), "paths: { /a: [");
    const broken = await runIn(root, "check", pages);
    expect(broken.err).toMatch(/^openapi\/identity\.yaml: invalid YAML in line 1: /m);
    expect(broken.err).not.toContain("    at ");
    rmSync(options.specs, { recursive: true });
    const missing = await runIn(root, "check", pages);
    expect(missing.err).toMatch(/^no specs in openapi: .*ENOENT/m);
    expect([broken.code, missing.code]).toEqual([2, 2]);
  });

  it("ends with 2 where something cannot be read, or it is called wrongly", async () => {
    const [missing, wrong] = await Promise.all([run("check", "no-such-folder"), run("check", "--colour")]);
    expect([missing.code, wrong.code]).toEqual([2, 2]);
    expect(wrong.err).toContain("Usage: npm run docs:check -- [SOURCE…] [--json] [--summary]");
  });
});

describe("docs:apply", { timeout: 30_000 }, () => {
  it("shows the diff with --dry-run", async () => {
    const { code, out } = await run("apply", changedPage(), "--dry-run");
    expect(code).toBe(0);
    expect(out).toMatch(/^--- a\/openapi\/accounts-receivable\.yaml/m);
    expect(out).toMatch(/^\+ +brandNew: \{ type: string \}$/m);
    expect(out).toContain("Would be applied");
  });
});
