import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { type Sandbox, startSandbox } from "amili-client/sandbox";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { findPostgres, type PostgresServer, startPostgres } from "../../scripts/postgres-server.js";

const ROOT = new URL("../../", import.meta.url);
const path = (of: string) => fileURLToPath(new URL(of, ROOT));

/** Writes the TypeScript of a document as one program. */
function programOf(document: string): string {
  const text = readFileSync(new URL(document, ROOT), "utf8");
  const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);
  const file = path(`.cache/docs-examples/${basename(document, ".md")}.ts`);
  mkdirSync(path(".cache/docs-examples"), { recursive: true });
  writeFileSync(file, `${blocks.join("\n")}\nexport {};\n`);
  return file;
}

/** The compiler's errors, under the project's own options. */
function errorsOf(files: string[]): string[] {
  const { config } = ts.readConfigFile(path("tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, path("."));
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram(files, options));
  return diagnostics.map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
}

const documents = ["README.md", ...readdirSync(path("docs")).map((name) => `docs/${name}`)].filter((document) =>
  readFileSync(path(document), "utf8").includes('from "amili-client'),
);

const needsPostgres = (document: string) =>
  readFileSync(new URL(document, ROOT), "utf8").includes('from "amili-client/postgres"');

describe("examples", () => {
  let sandbox: Sandbox;
  let postgres: PostgresServer | undefined;
  beforeAll(async () => {
    sandbox = await startSandbox();
    if (findPostgres()) postgres = await startPostgres();
  });
  afterAll(async () => {
    await sandbox.close();
    await postgres?.stop();
  });

  it("of all documents compile", () => expect(errorsOf(documents.map(programOf))).toEqual([]), 60_000);

  it.for(documents)("of %s run, and print what they should", async (document, { skip }) => {
    skip(needsPostgres(document) && !postgres, "PostgreSQL is not installed");
    vi.stubEnv("PGHOST", postgres?.host);
    vi.stubEnv("PGUSER", "postgres");
    const { baseUrls, credentials } = sandbox;
    vi.stubEnv("AMILI_CLIENT_ID", credentials.clientId);
    vi.stubEnv("AMILI_CLIENT_SECRET", credentials.clientSecret);
    vi.stubEnv("AMILI_WEBHOOK_SECRET", "only-for-tests");
    vi.stubEnv("LOG_LEVEL", "silent");
    // The documents use staging; here the sandbox takes its place.
    const servers = [
      ["https://auth.staging.amili.no", baseUrls.identity],
      ["https://api.staging.amili.no/collection/v1", baseUrls.debtCollection],
      ["https://api.staging.amili.no/arm/v1", baseUrls.accountsReceivable],
    ] as const;
    const { fetch } = globalThis;
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
      const server = servers.find(([from]) => url.startsWith(from));
      return fetch(server ? url.replace(server[0], server[1]) : url, init);
    });
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    await import(programOf(document));
    expect(log.mock.calls.flat()).not.toContain(undefined);
    const calls = readFileSync(path(document), "utf8").match(/console\.log\(/g) ?? [];
    expect(log.mock.calls.length).toBeGreaterThanOrEqual(calls.length / 2);
  });
});

it("no example has a secret to fall back on, which a deployment without its variable would accept", () => {
  const examples = readdirSync(path("examples")).map((name) => `examples/${name}`);
  const texts = [...documents, ...examples].map((file) => readFileSync(path(file), "utf8"));
  expect(texts.flatMap((text) => text.match(/SECRET\w*\s*(\?\?|\|\|)\s*["'`][^"'`].*/g) ?? [])).toEqual([]);
});
