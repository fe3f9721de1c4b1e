import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applySources } from "../../../../scripts/docs/apply-sources.js";
import { checkSources } from "../../../../scripts/docs/check-sources.js";
import { compareGuide } from "../../../../scripts/docs/compare/compare-guide.js";
import { readGuide } from "../../../../scripts/docs/read/guide.js";
import { readPage } from "../../../../scripts/docs/read/read-page.js";
import { MAX_BYTES } from "../../../../scripts/docs/read/source.js";
import { exitCode } from "../../../../scripts/docs/report/entry.js";
import { textReport } from "../../../../scripts/docs/report/text-report.js";
import { UnreadableError } from "../../../../scripts/docs/unreadable-error.js";
import { apidogPage, operationOf, printPage } from "./support/apidog-page.js";
import { workspace } from "./support/temp.js";

const fenced = (yaml: string) => `# A title\n\n## OpenAPI Specification\n\n\`\`\`yaml\n${yaml}\n\`\`\`\n`;
const page = (paths: string, components = "{}") => fenced(`openapi: 3.0.1\npaths: ${paths}\ncomponents: ${components}`);
const response = (schema: string, components?: string) =>
  page(
    `{ /a: { get: { responses: { '200': { content: { application/json: { schema: ${schema} } } } } } } }`,
    components,
  );

const bomb = [
  "a: &a [x, x, x, x, x, x, x, x, x, x]",
  ...[..."bcdefgh"].map((name, index) => `${name}: &${name} [${Array(10).fill(`*${"abcdefg"[index]}`).join(", ")}]`),
].join("\n");
/** Every schema refers twice to the next, thirty times over. */
const wide = Array.from(
  { length: 30 },
  (_, n) =>
    `S${n}: { properties: { a: { $ref: '#/components/schemas/S${n + 1}' }, b: { $ref: '#/components/schemas/S${n + 1}' } } }`,
).join(", ");

const HOSTILE: [string, string | Uint8Array, RegExp][] = [
  ["a huge page", `# A\n${"x".repeat(MAX_BYTES)}`, /larger than/],
  ["no UTF-8", Uint8Array.of(0x23, 0x20, 0xff, 0xfe, 0x0a), /not UTF-8/],
  ["an empty page", "", /neither/],
  ["an HTML page", "<!doctype html><title>Amili</title>", /neither/],
  ["invalid YAML", fenced("openapi: 3.0.1\npaths: { /a: [ }"), /invalid YAML in line 7: /],
  ["a page that is cut off", "# A\n\n```yaml\nopenapi: 3.0.1\n", /cut/],
  ["anchors that expand exponentially", fenced(`${bomb}\npaths: {}`), /expand/],
  ["an anchor that contains itself", fenced("a: &a [*a]\npaths: {}"), /expand/],
  ["an alias without an anchor", fenced("a: *b\npaths: {}"), /anchor|alias/i],
  ["YAML nested too deep", fenced(`paths: ${"[".repeat(50_000)}`), /nested too deep|invalid YAML/],
  ["a key __proto__", response("{ properties: { __proto__: { type: string } } }"), /forbidden key __proto__/],
  ["a key constructor", response("{ properties: { constructor: { type: string } } }"), /forbidden key constructor/],
  [
    "a $ref that leads to itself",
    response("{ $ref: '#/components/schemas/A' }", "{ schemas: { A: { $ref: '#/components/schemas/A' } } }"),
    /leads to itself/,
  ],
  [
    "a circle of $refs",
    response(
      "{ $ref: '#/components/schemas/A' }",
      "{ schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } }",
    ),
    /leads to itself/,
  ],
  ["a $ref that leads nowhere", response("{ $ref: '#/components/schemas/A' }"), /leads nowhere/],
  ["a $ref to a file", response("{ $ref: '../../../etc/passwd' }"), /out of the document/],
  ["a $ref to another host", response("{ $ref: 'https://evil.example/a.yaml' }"), /out of the document/],
  [
    "schemas that expand exponentially",
    response("{ $ref: '#/components/schemas/S0' }", `{ schemas: { ${wide}, S30: { type: string } } }`),
    /without limit/,
  ],
  ["no operation", page("{}"), /no operation/],
  ["several operations", page("{ /a: { get: {}, post: {} } }"), /several/],
  ["an invalid path", page("{ '/a\\n  evil': { get: {} } }"), /not a path/],
  ["paths of another shape", fenced("paths: [1, 2]"), /no operation|not a path/],
  ["broken escapes in a $ref", response("{ $ref: '#/components/%E0%A4%A' }"), /a \$ref with broken escapes: .*%A/],
  [
    "a parameter without a name",
    page("{ /a: { get: { parameters: [{ in: query }] } } }"),
    /a parameter without name or in/,
  ],
];

describe("a hostile or broken page is unreadable, with a reason", () => {
  it.each(HOSTILE)("%s", (_, content, reason) => {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    expect(() => readPage("a-1e0.md", bytes)).toThrow(UnreadableError);
    expect(() => readPage("a-1e0.md", bytes)).toThrow(reason);
  });

  it.each([
    ["statuses", `Title\n\nGET\n/a\n${"🟢200\n".repeat(400_000)}`],
    ["openings of a body", `Title\n\nGET\n/a\n${"--data '".repeat(500_000)}`],
    ["digits", page(`{ /a: { get: { x-run-in-apidog: '${"1".repeat(3_000_000)}a1a' } } }`)],
  ])("takes linear time for many %s", { timeout: 5_000 }, (_, text) => {
    expect(readPage("a-1e0.md", Buffer.from(text)).operation.path).toBe("/a");
  });

  it.each([
    ["paths", `Title\n\nGET\n/a\n${"x\n/\n".repeat(800_000)}`],
    ["spaces in a heading", `Title\n\nGET\n/a\nBody Params${" ".repeat(3_000_000)}x\n`],
  ])("takes linear time for many %s in plain text", { timeout: 5_000 }, (_, text) => {
    expect(readPage("a-1e0.md", Buffer.from(text)).operation.path).toBe("/a");
  });

  it.each([
    ["equal headings", "# A\n".repeat(300_000), 300_000],
    ["spaces in a heading", `# A${" ".repeat(3_000_000)}b\n`, 1],
    ["lines", `# A\n${"line\n".repeat(300_000)}`, 1],
  ])("takes linear time for many %s in a guide", { timeout: 5_000 }, (_, text, sections) => {
    const guide = readGuide("a-1m0.md", Buffer.from(text));
    const known = { index: 0, id: 1, slug: "a-1m0", title: "A", deprecated: false, read: null, places: [] };
    const lines = Array.from({ length: 1_000 }, (_, index) => String(index));
    const { changes } = compareGuide(guide, [{ ...known, sections: [{ heading: "A", lines }] }]);
    expect(changes.filter(({ kind }) => kind !== "section removed")).toHaveLength(sections);
  });

  it("allows a large page with many aliases", { timeout: 30_000 }, () => {
    const fields = Array.from({ length: 20 }, (_, index) => `f${index}: *text`).join(", ");
    const schemas = Array.from(
      { length: 100 },
      (_, index) => `    S${index}: { description: ${"x".repeat(18_000)}, properties: { ${fields} } }`,
    );
    const components = `components:\n  text: &text { type: string }\n  schemas:\n${schemas.join("\n")}`;
    const text = fenced(`openapi: 3.0.1\npaths: { /a: { get: { responses: {} } } }\n${components}`);
    expect(text.length).toBeGreaterThan(1_700_000);
    expect(readPage("a-1e0.md", Buffer.from(text)).operation.path).toBe("/a");
  });

  it("allows schemas that contain themselves", () => {
    const tree = "{ schemas: { Tree: { properties: { inner: { $ref: '#/components/schemas/Tree' } } } } }";
    expect(
      readPage("a-1e0.md", Buffer.from(response("{ $ref: '#/components/schemas/Tree' }", tree))).operation.responses
        .size,
    ).toBe(1);
  });

  it("does not stop the others, and only the specs are written", async () => {
    const { root, options, pages, put } = workspace([
      "distribution-invoice",
      "createB2cLetter",
      "createSwedishInvoice",
    ]);
    HOSTILE.forEach(([, content], index) => {
      put(`hostile-${index}e0.md`, content);
    });
    const draft = apidogPage("distribution-invoice", "createB2cLetter");
    put(`${draft.slug}.md`, printPage(draft));
    const before = readdirSync(root, { recursive: true }).length;
    const { unreadable, applied } = await applySources([pages], options);
    expect(unreadable).toHaveLength(HOSTILE.length);
    expect(applied).toEqual(["distribution-invoice createB2cLetter: confirmed evidence (was partial)"]);
    expect(readdirSync(root, { recursive: true })).toHaveLength(before);
  });
});

describe("a hostile folder", () => {
  it("has its symbolic links refused", async () => {
    const { root, options, pages } = workspace("identity");
    const outside = join(root, "outside");
    mkdirSync(outside);
    writeFileSync(join(outside, "secret.txt"), "secret");
    symlinkSync(join(outside, "secret.txt"), join(pages, "a-1e0.md"));
    symlinkSync(outside, join(pages, "folder"));
    const { entries } = await checkSources([pages], options);
    expect(entries).toMatchObject([{ status: "unreadable", reason: expect.stringMatching(/^a symbolic link/) }]);
  });

  it.each([
    ["", "no .md or .txt page in this folder"],
    ["missing", /^no such file or folder; the URL of a site begins with https:/],
  ])("may be empty or missing, which is reported", async (name, reason) => {
    const { options, pages } = workspace("identity");
    const { entries } = await checkSources([join(pages, name)], options);
    expect(entries).toMatchObject([{ status: "unreadable", reason: expect.stringMatching(reason) }]);
    expect(exitCode(entries)).toBe(2);
  });
});

it("reports an invalid URL as an unreadable source, and reads the others", async () => {
  const { options } = workspace("identity");
  const { entries } = await checkSources(["https://", "test/fixtures/doc-pages/aritems-get.txt"], options);
  expect(entries.map(({ status, reason }) => reason ?? status)).toEqual(["not a valid URL", "new"]);
});

it.each([
  ["debt-collection.yaml", "paths: { /a: { get: { summary: A } } }", /\.yaml: get \/a has no operationId/],
  ["debt-collection.yaml", "a: 1\nb: [", /\.yaml: invalid YAML in line 2/],
  [
    "debt-collection.yaml",
    "paths: { /a: { get: { responses: { '200': { $ref: '#/components/x' } } } } }",
    /\.yaml: a \$ref that leads nowhere/,
  ],
  ["title-only.yaml", "", /title-only\.yaml: no list of operations/],
])("names the spec that is broken: %s, %s", async (name, text, reason) => {
  const { options, pages } = workspace(["debt-collection", "getBatch"]);
  writeFileSync(join(options.specs, name), text);
  await expect(checkSources([pages], options)).rejects.toThrow(reason);
});

it("removes control characters from the report", async () => {
  const { options, pages, put } = workspace(["accounts-receivable", "getArItem", "listGlMovements"]);
  const draft = apidogPage("accounts-receivable", "getArItem");
  draft.title = "GET one\u001b]0;owned\u0007 AR item";
  put(`${draft.slug}.md`, printPage(draft));
  const { entries } = await checkSources([pages], options);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these must be removed
  expect(textReport(entries)).not.toMatch(/\u001b\]|\u0007/);
});

it("removes control characters from the result of apply", async () => {
  const { options, pages, put } = workspace(["accounts-receivable", "getArItem", "listGlMovements"]);
  const draft = apidogPage("accounts-receivable", "getArItem");
  draft.title = "GET one\u009b31m AR item\u001b]0;owned\u0007";
  put(`${draft.slug}.md`, printPage(draft));
  put(
    "other-2e0.md",
    printPage({ ...draft, document: { ...draft.document, paths: { "/x": { get: { responses: {} } } } } }),
  );
  const { applied, manual, patch } = await applySources([pages], { ...options, dryRun: true });
  expect([applied.length, manual.length, patch.length]).not.toContain(0);
  expect([...applied, ...manual].join("")).not.toMatch(/\p{Cc}/u);
  expect(patch.replaceAll(/[\n\t]/g, "")).not.toMatch(/\p{Cc}/u);
});

it("does not write the operation of a page with a hostile name or tag", async () => {
  const { options, pages, put } = workspace(["accounts-receivable", "getArItem", "listGlMovements"]);
  const draft = apidogPage("accounts-receivable", "listGlMovements");
  draft.slug = "..%2f..%2fevil-99e0";
  draft.title = "Evil: {a} #b\n- c";
  draft.document.paths = { "/clients/{clientno}/evil": { get: { ...operationOf(draft), tags: ["Codes: [x"] } } };
  put(`${draft.slug}.md`, printPage(draft));
  const { manual, applied } = await applySources([pages], options);
  expect(applied).toEqual([]);
  expect(manual.join()).toContain("no spec has its tag or server");
  expect(readFileSync(join(options.specs, "accounts-receivable.yaml"), "utf8")).not.toContain("evil");
});

describe("readPage throws nothing but UnreadableError", () => {
  const reads = (text: string) => {
    try {
      readPage("page-1e0.md", Buffer.from(text));
    } catch (error) {
      expect(error).toBeInstanceOf(UnreadableError);
    }
  };

  it("for any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 500 }), reads));
  });

  it("for any document in a fence", () => {
    fc.assert(fc.property(fc.json(), (json) => reads(fenced(json))));
    fc.assert(fc.property(fc.json(), (json) => reads(page(`{ /a: { get: ${json} } }`))));
  });

  it("for real pages with a part removed or inserted", () => {
    const texts = [
      readFileSync("test/fixtures/doc-pages/actions-create-report.txt", "utf8"),
      readFileSync("test/fixtures/docs-site/get-arm-system-code-values-4205267e0.md", "utf8"),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.nat(),
        fc.nat(200),
        fc.string({ maxLength: 20 }),
        (text, at, cut, piece) => {
          const start = at % text.length;
          reads(text.slice(0, start) + piece + text.slice(start + cut));
        },
      ),
      { numRuns: 200 },
    );
  });
});
