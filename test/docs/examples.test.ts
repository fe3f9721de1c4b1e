import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { type Sandbox, startSandbox } from "amili-client/sandbox";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

const ROOT = new URL("../../", import.meta.url);
const path = (of: string) => fileURLToPath(new URL(of, ROOT));

/** The TypeScript of a document, as one program. */
function programOf(document: string): string {
  const text = readFileSync(new URL(document, ROOT), "utf8");
  const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);
  const file = path(`.cache/docs-examples/${basename(document, ".md")}.ts`);
  mkdirSync(path(".cache/docs-examples"), { recursive: true });
  writeFileSync(file, `${blocks.join("\n")}\nexport {};\n`);
  return file;
}

/** What the compiler says of a file, under the project's own options. */
function faultsOf(file: string): string[] {
  const { config } = ts.readConfigFile(path("tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, path("."));
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([file], options));
  return diagnostics.map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
}

/** The documents, and what each has to write at the least when its program runs. */
const DOCUMENTS = [
  ["README.md", 11],
  ["docs/webhooks.md", 3],
  ["docs/sandbox.md", 12],
] as const;

describe("examples", () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  it.each(DOCUMENTS)("of %s compile", (document) => expect(faultsOf(programOf(document))).toEqual([]), 60_000);

  it.each(DOCUMENTS)("of %s run", async (document, lines) => {
    const { baseUrls, credentials } = sandbox;
    vi.stubEnv("AMILI_CLIENT_ID", credentials.clientId);
    vi.stubEnv("AMILI_CLIENT_SECRET", credentials.clientSecret);
    // The documents speak of staging; here the sandbox stands in its place.
    const places = [
      ["https://auth.staging.amili.no", baseUrls.identity],
      ["https://api.staging.amili.no/collection/v1", baseUrls.debtCollection],
      ["https://api.staging.amili.no/arm/v1", baseUrls.accountsReceivable],
    ] as const;
    const { fetch } = globalThis;
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
      const place = places.find(([from]) => url.startsWith(from));
      return fetch(place ? url.replace(place[0], place[1]) : url, init);
    });
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    await import(programOf(document));
    expect(log.mock.calls.flat()).not.toContain(undefined);
    expect(log.mock.calls.length).toBeGreaterThanOrEqual(lines);
  });
});
