import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { apidogPage, printPage, schemaOf } from "./support/apidog-page.js";
import { observationsOf, responsesWith, writeObservations } from "./support/observation.js";
import { workspace } from "./support/temp.js";

const SCRIPTS = {
  check: () => import("../../../../scripts/docs/check.js"),
  apply: () => import("../../../../scripts/docs/apply.js"),
};

/** Runs a command in this process: its exit code, and what it wrote. */
async function run(cwd: string, script: keyof typeof SCRIPTS, ...args: string[]) {
  const [argv, folder] = [process.argv, process.cwd()];
  onTestFinished(() => {
    process.argv = argv;
    process.chdir(folder);
  });
  process.argv = [...argv.slice(0, 2), ...args];
  process.chdir(cwd);
  const written = { out: "", err: "" };
  const capture = (stream: "out" | "err") => (text: unknown) => {
    written[stream] += `${text}\n`;
    return true;
  };
  vi.spyOn(console, "log").mockImplementation(capture("out"));
  vi.spyOn(console, "error").mockImplementation(capture("err"));
  vi.spyOn(process.stderr, "write").mockImplementation(capture("err"));
  vi.resetModules();
  await SCRIPTS[script]();
  const code = process.exitCode;
  process.exitCode = undefined;
  process.argv = argv;
  process.chdir(folder);
  return { code, ...written };
}

function changedPage() {
  const { root, put } = workspace(["accounts-receivable", "getArItem"]);
  const draft = apidogPage("accounts-receivable", "getArItem");
  (schemaOf(draft, "ArItem").properties as object as Record<string, object>).brandNew = { type: "string" };
  put(`${draft.slug}.md`, printPage(draft));
  return root;
}

describe("docs:check", () => {
  it("exits with 0 when nothing differs, and writes no colour without a terminal", async () => {
    const { root, put } = workspace(["distribution-invoice", "createB2cLetter", "createSwedishInvoice"]);
    const draft = apidogPage("distribution-invoice", "createB2cLetter");
    put(`${draft.slug}.md`, printPage(draft));
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
    const { code, out, err } = await new Promise<{ code: number | null; out: string; err: string }>((done) => {
      const child = execFile(
        process.execPath,
        ["--import", tsx, resolve("scripts/docs/check.ts"), "pages"],
        { cwd: root, env: { ...process.env, FORCE_COLOR: undefined } },
        (_, out, err) => done({ code: child.exitCode, out, err }),
      );
    });
    expect(out).toContain("1 same, 0 changed, 0 new, 0 gone, 0 unreadable");
    expect(out).not.toContain("\u001b");
    expect(err).toBe(`1/1 ${join("pages", draft.slug)}.md\n`);
    expect(code).toBe(0);
  });

  it("exits with 1 when something differs, and reports it as JSON and as Markdown", async () => {
    const root = changedPage();
    const json = await run(root, "check", "pages", "--json");
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      exit: 1,
      pages: [{ status: "changed", differences: [{ kind: "field added", what: "200 brandNew", page: "string" }] }],
    });
    const summary = await run(root, "check", "pages", "--summary");
    expect(summary.code).toBe(1);
    expect(summary.out).toMatch(/^## Documentation against specs\n\n0 same, 1 changed/);
    expect(summary.out).toContain("### Changed\n\n- **GET one AR item**");
    expect(summary.out).toMatch(/ {2}- field added `200 brandNew`.*`openapi\/accounts-receivable\.yaml:\d+`/);
  });

  it("exits with 2 when the specs cannot be read, and names the file", async () => {
    const { root, options } = workspace("identity");
    writeFileSync(join(options.specs, "identity.yaml"), "paths: { /a: [");
    const broken = await run(root, "check", "pages");
    expect(broken.err).toMatch(/^openapi\/identity\.yaml: invalid YAML in line 1: /m);
    expect(broken.err).not.toContain("    at ");
    rmSync(options.specs, { recursive: true });
    const missing = await run(root, "check", "pages");
    expect(missing.err).toMatch(/^no specs in openapi: .*ENOENT/m);
    expect([broken.code, missing.code]).toEqual([2, 2]);
  });

  it("exits with 2 when a source cannot be read", async () => {
    const { root } = workspace("identity");
    expect((await run(root, "check", "no-such-folder")).code).toBe(2);
  });

  it("exits with 2 and prints its usage when an option is unknown", async () => {
    const { code, err } = await run(workspace("identity").root, "check", "--colour");
    expect(code).toBe(2);
    expect(err).toContain("error: unknown option '--colour'");
    expect(err).toContain("Usage: npm run docs:check -- [options] [sources...]");
  });
});

describe("an observation file", () => {
  const observed = (root: string) => {
    const body = { name: "x", another: 1 };
    const responses = { 200: responsesWith([body], { headers: { "x-ratelimit-remaining": 1 } }) };
    return writeObservations(root, observationsOf({ "accountsReceivable.getArItem": responses }));
  };

  it("is compared instead of the site, and applied", async () => {
    const { root } = workspace(["accounts-receivable", "getArItem"]);
    const file = observed(root);
    const checked = await run(root, "check", "--observations", file);
    expect(checked.code).toBe(1);
    expect(checked.out).toContain("header added 200 x-ratelimit-remaining (in 1 of 1 responses)");
    const applied = await run(root, "apply", "--observations", file);
    expect(applied.code).toBe(0);
    expect(applied.out).toContain("confirmed responses in staging: 1, last on 2026-11-21");
  });

  it("is compared beside pages, of the environments that are asked for", async () => {
    const root = changedPage();
    const both = await run(root, "check", "pages", "--observations", observed(root), "--json");
    expect(JSON.parse(both.out).pages).toHaveLength(2);
    const production = await run(root, "check", "--observations", observed(root), "--environments", "production");
    expect(production.code).toBe(0);
    expect(production.out).toContain("not compared without --environments staging");
  });

  it("that cannot be read exits with 2", async () => {
    const { code, out } = await run(workspace("identity").root, "check", "--observations", "none.json");
    expect(code).toBe(2);
    expect(out).toContain("none.json");
  });
});

describe("docs:apply", () => {
  it("prints the diff with --dry-run", async () => {
    const { code, out } = await run(changedPage(), "apply", "pages", "--dry-run");
    expect(code).toBe(0);
    expect(out).toMatch(/^--- a\/openapi\/accounts-receivable\.yaml/m);
    expect(out).toMatch(/^\+ +brandNew: \{ type: string \}$/m);
    expect(out).toContain("Would be applied");
  });
});
