import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clientOf, sandboxWith } from "./sandbox.js";
import { directory, linesOf, run, SLOW } from "./support.js";

const INVOICE_COLUMNS = "uniqueSourceInvoiceId,type,invoiceNumber,originalInvoiceAmount,currency,invoiceDate,dueDate";

describe("connect", () => {
  it("starts a temporary sandbox, and ignores the state of an earlier one", SLOW, async () => {
    const path = await directory();
    const outcomes = path("outcomes.ndjson");
    writeFileSync(path("invoices.csv"), `${INVOICE_COLUMNS}\nerp-1,NOTICE,INV-1,10,NOK,2026-01-15,2026-02-15\n`);
    const submit = () => run(undefined, "submit-invoices", path("invoices.csv"), outcomes);
    const [first, exported] = await Promise.all([submit(), run(undefined, "export-ar-items", path("aritems.ndjson"))]);
    expect(exported.text).toMatch(/^Sandbox at http:\/\/127\.0\.0\.1:\d+\n30 AR items\n$/);
    expect(linesOf(path("aritems.ndjson"))).toHaveLength(30);

    const [before] = linesOf(outcomes);
    const second = await submit();
    for (const { text } of [first, second]) expect(text).toMatch(/^Sandbox at .*\n1 accepted\n$/);
    // Submitted again, not read from the journal.
    expect(linesOf(outcomes)).toEqual([{ ...before, batchId: expect.any(String), invoiceId: expect.any(String) }]);
    expect(readFileSync(path("outcomes.ndjson.state/journal"), "utf8").match(/"sending"/g)).toHaveLength(1);
  });

  it("refuses missing and invalid variables", SLOW, async () => {
    const sandbox = await sandboxWith();
    const path = await directory();
    const wrong: [NodeJS.ProcessEnv, string][] = [
      [{ AMILI_CLIENT_NO: "" }, "AMILI_CLIENT_NO is not set. In a sandbox any will do, such as 2218."],
      [{ AMILI_CLIENT_NO: "22l8" }, 'AMILI_CLIENT_NO must be a number such as 2218; it is "22l8".'],
      [{ AMILI_CLIENT_SECRET: "" }, "clientSecret is missing"],
      [{ AMILI_BASE_URLS: sandbox.url }, "AMILI_BASE_URLS must be JSON"],
      [
        { AMILI_BASE_URLS: '{"identity":"http://127.0.0.1:1"}' },
        "AMILI_BASE_URLS lacks debtCollection, accountsReceivable.",
      ],
    ];
    await Promise.all(
      wrong.map(async ([env, message]) => {
        const { code, text } = await run({ ...sandbox, env }, "export-ar-items", path("aritems.ndjson"));
        expect(text).toContain(message);
        expect(code).toBe(1);
      }),
    );
    expect(readdirSync(path(""))).toEqual([]);
  });

  it("keeps the data of different owners, systems and programs in different files", SLOW, async () => {
    const [sandbox, elsewhere] = await Promise.all([sandboxWith(), sandboxWith()]);
    const path = await directory();
    writeFileSync(path("invoices.csv"), `${INVOICE_COLUMNS}\nerp-1,NOTICE,INV-1,10,NOK,2026-01-15,2026-02-15\n`);
    const files = ["outcomes.ndjson", "settlements.ndjson", "aritems.ndjson"].map(path);
    const [outcomes = "", settlements = "", arItems = ""] = files;
    const runAll = (system: Parameters<typeof run>[0]) =>
      Promise.all([
        run(system, "submit-invoices", path("invoices.csv"), outcomes),
        run(system, "pull-settlements", settlements, "2026-01-01", "2026-01-31"),
        run(system, "export-ar-items", arItems),
      ]);
    expect((await runAll(sandbox)).map(({ code }) => code)).toEqual([0, 0, 0]);
    const written = files.map(linesOf);

    const organization = "00000000-0000-4000-8000-000000000000";
    const others = { AMILI_ORGANIZATION_ID: organization, AMILI_CLIENT_NO: "2219" };
    // In a temporary sandbox, one program: starting the sandbox takes seconds.
    for (const refused of [
      await runAll({ ...sandbox, env: others }),
      await runAll(elsewhere),
      [await run(undefined, "submit-invoices", path("invoices.csv"), outcomes)],
    ]) {
      for (const [index, { code, text }] of refused.entries()) {
        expect(text).toMatch(
          /holds (outcomes|settlements|AR items) of (organization|client) .* at http.*; this run is for .*\. Choose another file name/,
        );
        expect(text).toContain(files[index]);
        expect(code).toBe(1);
      }
      expect(files.map(linesOf)).toEqual(written);
    }
    // Another program.
    const swapped = await run(sandbox, "pull-settlements", outcomes, "2026-01-01");
    expect(swapped.text).toMatch(/holds outcomes of organization .*; this run is for settlements of organization /);
    expect(files.map(linesOf)).toEqual(written);
    const invoices = clientOf(sandbox).debtCollection.organization(organization).invoices;
    expect(await invoices.list({ UniqueSourceInvoiceId: "erp-1" }).toArray()).toEqual([]);
    // The owner can still resume.
    expect(await run(sandbox, "export-ar-items", arItems)).toMatchObject({ code: 0 });
  });
});
