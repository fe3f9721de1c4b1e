import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseObservations } from "amili-client/observe";
import { afterAll, describe, expect, it } from "vitest";
import { programOf } from "../support/programs.js";
import { CLIENT, ORGANIZATION, startServer, VALUES } from "./server.js";

interface Run {
  exit: number;
  stdout: string;
  stderr: string;
}

/** Runs `amili` with these variables and no others of the library. */
function amili(args: string[], variables: Record<string, string> = {}): Promise<Run> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("AMILI_"));
  const env = { ...Object.fromEntries(own), ...variables };
  return new Promise((resolve) => {
    execFile(process.execPath, [programOf("src/probe/cli.ts"), ...args], { env }, (error, stdout, stderr) => {
      resolve({ exit: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
  });
}

const folder = mkdtempSync(join(tmpdir(), "amili-probe-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ALL = ["--inferred", "--errors", "--rate", "100", "--client", CLIENT];

describe("amili probe", () => {
  it("sends reads only, with ids from lists, and prints no values", async () => {
    const { env, paths, writes } = await startServer();
    const file = join(folder, "all.json");
    const { exit, stdout, stderr } = await amili(["probe", ...ALL, "--save", file], env);
    expect(exit).toBe(1);
    expect(writes).toEqual([]);
    expect(paths).toContain(`/collection/orgs/${ORGANIZATION}/batches/b1`);
    expect(paths).toContain(`/arm/clients/${CLIENT}/customers/90017`);
    expect(paths).toContain(`/collection/orgs/${ORGANIZATION}/invoices?From=not-a-date`);
    const output = [stdout, stderr, readFileSync(file, "utf8")].join();
    for (const value of VALUES) expect(output).not.toContain(value);
  });

  it("reports what is new, and whether inferred operations are there", async () => {
    const { env } = await startServer();
    const { stdout } = await amili(["probe", ...ALL, "--json"], env);
    const report: { exit: number; operations: { operation: string }[] } = JSON.parse(stdout);
    const of = (name: string) => report.operations.find(({ operation }) => operation.endsWith(`.${name}`));
    expect(report.exit).toBe(1);
    expect(of("listInvoices")).toMatchObject({
      evidence: "partial",
      outcome: "responded",
      statuses: { 200: 1, 400: 1 },
      newFields: [
        { path: "data[].invoiceId" },
        { status: "200", path: "data[].riskScore", types: ["integer"], present: 1, parents: 1 },
        { path: "data[].name" },
      ],
      unnamedFields: [{ path: "data[]{}", present: 1 }],
      errors: { 400: { "": ["object"], errors: ["object"], "errors.From": ["array"], "errors.From[]": ["string"] } },
    });
    expect(of("listBatches")).toMatchObject({ newValues: [{ path: "data[].status", values: { ON_HOLD: 1 } }] });
    expect(of("getBatch")).toMatchObject({
      types: [{ path: "data.createdAt", documented: "string", observed: ["null"] }],
    });
    expect(of("listSettlements")).toMatchObject({ newStatuses: ["418"] });
    expect(of("getInvoice")).toMatchObject({ errors: { 404: { title: ["string"], "errors{}": ["array"] } } });
    expect(of("listCustomers")).toMatchObject({ headers: expect.arrayContaining(["x-ratelimit-remaining"]) });
    expect(of("listInvoiceHistory")).toMatchObject({ outcome: "confirmed" });
    expect(of("listInvoiceDocuments")).toMatchObject({ outcome: "not there" });
    expect(of("listFiles")).toMatchObject({ outcome: "not there", statuses: { 405: 1 } });
    expect(of("listClientConfigs")).toMatchObject({ outcome: "undecided", statuses: { 403: 1 } });
    expect(of("listLogItems")).toMatchObject({ outcome: "undecided", reason: "invalid_json" });
    expect(of("getLogItem")).toMatchObject({ outcome: "not sent", reason: "no value for logitemid" });
  });

  it("prints a table, and below it what is new", async () => {
    const { env } = await startServer();
    const { stdout } = await amili(["probe", "--rate", "100"], env);
    expect(stdout).toMatch(/^GET \/orgs\/\{organizationId\}\/invoices {2}\(debtCollection\.listInvoices, partial\)$/m);
    expect(stdout).toMatch(/^debtCollection\.listInvoices +partial +responded +200 +4 +0 +0 +-$/m);
    expect(stdout).toMatch(/^accountsReceivable\.listCustomers +partial +not sent: no value for clientno/m);
    expect(stdout).toContain("\n  200 data[].riskScore: new field, integer, in 1 of 1\n");
  });

  it("with --dry-run prints the plan and sends nothing, without credentials", async () => {
    const { exit, stdout } = await amili(["probe", "--dry-run", "--errors"]);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/listSettlements, documented, malformed date\)$/m);
    expect(stdout).not.toContain("inferred");
  });

  it("adds to the file of an earlier run", async () => {
    const file = join(folder, "twice.json");
    const { env } = await startServer();
    for (let i = 0; i < 2; i++) await amili(["probe", "--rate", "100", "--save", file], env);
    const { other } = parseObservations(readFileSync(file, "utf8")).environments;
    expect(other?.operations["debtCollection.listInvoices"]?.requests.count).toBe(2);
  });

  it("exits with 0 if nothing is new", async () => {
    const { env } = await startServer({ "/collection/batches": [200, { summary: { status: "SUCCESS" }, data: [] }] });
    expect(await amili(["probe", "--rate", "100"], env)).toMatchObject({ exit: 0 });
  });

  it.each<[string, string[], Record<string, string>, RegExp]>([
    ["credentials are missing", [], {}, /^amili: .*AMILI_CLIENT_ID/m],
    ["the credentials are refused", [], { AMILI_CLIENT_SECRET: "wrong" }, /^amili: /m],
    ["the rate is not a number", ["--rate", "fast"], {}, /above 0/],
    ["an option is unknown", ["--prod"], {}, /unknown option/],
    [
      "the file has something else",
      ["--save", join(folder, "other.json")],
      {},
      /^amili: The observation file is not valid/m,
    ],
  ])("exits with 2 if %s", async (title, args, variables, message) => {
    writeFileSync(join(folder, "other.json"), '{"name":"Nordmann"}');
    const { env, paths } = await startServer();
    const own = title === "credentials are missing" ? {} : { ...env, ...variables };
    const { exit, stderr } = await amili(["probe", "--rate", "100", ...args], own);
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringMatching(message) });
    expect(stderr).not.toContain("Nordmann");
    expect(paths).toEqual([]);
  });

  it("sends nothing to production without --production", async () => {
    const { env, paths } = await startServer();
    const baseUrls = { ...JSON.parse(env.AMILI_BASE_URLS), debtCollection: "https://api.amili.no/collection/v1" };
    const { exit, stderr } = await amili(["probe"], { ...env, AMILI_BASE_URLS: JSON.stringify(baseUrls) });
    expect(exit).toBe(2);
    expect(stderr).toContain("names a production server. Pass --production");
    expect(paths).toEqual([]);
  });

  it("exits with 2 if no server responds", async () => {
    const baseUrls = { identity: "http://127.0.0.1:9", debtCollection: "http://127.0.0.1:9" };
    const env = { AMILI_BASE_URLS: JSON.stringify(baseUrls), AMILI_CLIENT_ID: "id", AMILI_CLIENT_SECRET: "s3cret" };
    expect(await amili(["probe", "--rate", "100"], env)).toMatchObject({ exit: 2 });
  });
});

describe("amili probe webhook", () => {
  const payload = join(folder, "payload.json");
  const secret = { AMILI_WEBHOOK_SECRET: "only-for-tests" };

  it("prints the options that fit", async () => {
    writeFileSync(payload, "{}");
    const header = `sha256=${createHmac("sha256", "only-for-tests").update("{}").digest("hex")}`;
    const { exit, stdout } = await amili(
      ["probe", "webhook", "--payload", payload, "--header", `X-Webhook-Signature: ${header}`],
      secret,
    );
    expect(exit).toBe(0);
    expect(stdout).toContain('algorithm: "SHA-256", encoding: "hex", prefix: "sha256=" })');
  });

  it.each<[number, string, Record<string, string>, string]>([
    [1, payload, secret, "No scheme fits"],
    [2, payload, {}, "AMILI_WEBHOOK_SECRET is not set"],
    [2, join(folder, "none"), secret, "ENOENT"],
  ])("exits with %i", async (code, file, env, message) => {
    writeFileSync(payload, "{}");
    const { exit, stdout, stderr } = await amili(["probe", "webhook", "--payload", file, "--header", "x"], env);
    expect({ exit, output: stdout + stderr }).toEqual({ exit: code, output: expect.stringContaining(message) });
  });
});
