import { readdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clientOf, sandboxWith } from "../sandbox/support.js";
import { directory, linesOf, PATIENT, run } from "./support.js";

const INVOICE_COLUMNS = "uniqueSourceInvoiceId,type,invoiceNumber,originalInvoiceAmount,currency,invoiceDate,dueDate";

describe("where the examples work", () => {
  it("in a sandbox of their own", PATIENT, async () => {
    const file = (await directory())("aritems.ndjson");
    const { code, text } = await run(undefined, "export-ar-items", file);
    expect(text).toMatch(/^Sandbox at http:\/\/127\.0\.0\.1:\d+\n30 AR items\n$/);
    expect(code).toBe(0);
    expect(linesOf(file)).toHaveLength(30);
  });

  it("not with what an earlier sandbox of their own was told", PATIENT, async () => {
    const path = await directory();
    writeFileSync(path("invoices.csv"), `${INVOICE_COLUMNS}\nerp-1,NOTICE,INV-1,10,NOK,2026-01-15,2026-02-15\n`);
    for (let time = 0; time < 2; time++) {
      const results = await Promise.all([
        run(undefined, "submit-invoices", path("invoices.csv"), path("outcomes.ndjson")),
        run(undefined, "pull-settlements", path("settlements.ndjson"), "2026-01-01", "2026-01-31"),
        run(undefined, "export-ar-items", path("part.ndjson"), "10"),
      ]);
      expect(results.map(({ text }) => text.replace(/^Sandbox.*\n/, ""))).toEqual([
        "1 accepted, 0 rejected, 0 unknown\n",
        "5 settlements from 2026-01-01 to 2026-01-31\n",
        expect.stringMatching(/^10 AR items, and more to come/),
      ]);
      expect(linesOf(path("outcomes.ndjson"))).toHaveLength(1);
      expect(linesOf(path("settlements.ndjson"))).toHaveLength(5);
    }
  });

  it("nowhere if a variable is missing or cannot be right", PATIENT, async () => {
    const sandbox = await sandboxWith();
    const path = await directory();
    const wrong: [NodeJS.ProcessEnv, string][] = [
      [{ AMILI_CLIENT_NO: "" }, "AMILI_CLIENT_NO is not set: whose data is it about? In a sandbox 2218 will do."],
      [{ AMILI_CLIENT_NO: "22l8" }, "AMILI_CLIENT_NO must be a number such as 2218; it is 22l8"],
      [{ AMILI_CLIENT_SECRET: "" }, "clientSecret is missing"],
      [{ AMILI_BASE_URLS: sandbox.url }, `as amili-sandbox prints it; it is ${sandbox.url}`],
      [{ AMILI_BASE_URLS: '{"identity":"http://127.0.0.1:1"}' }, 'as amili-sandbox prints it; it is {"identity"'],
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

  it("on the data of one organization or client in one place with a file", PATIENT, async () => {
    const [sandbox, elsewhere] = await Promise.all([sandboxWith(), sandboxWith()]);
    const path = await directory();
    writeFileSync(path("invoices.csv"), `${INVOICE_COLUMNS}\nerp-1,NOTICE,INV-1,10,NOK,2026-01-15,2026-02-15\n`);
    const files = ["outcomes.ndjson", "settlements.ndjson", "aritems.ndjson"].map(path);
    const [outcomes = "", settlements = "", arItems = ""] = files;
    const all = (place: Parameters<typeof run>[0]) =>
      Promise.all([
        run(place, "submit-invoices", path("invoices.csv"), outcomes),
        run(place, "pull-settlements", settlements, "2026-01-01", "2026-01-31"),
        run(place, "export-ar-items", arItems),
      ]);
    expect((await all(sandbox)).map(({ code }) => code)).toEqual([0, 0, 0]);
    const written = files.map(linesOf);

    const organization = "00000000-0000-4000-8000-000000000000";
    const others = { AMILI_ORGANIZATION_ID: organization, AMILI_CLIENT_NO: "2219" };
    for (const place of [{ ...sandbox, env: others }, elsewhere, undefined]) {
      const refused = await all(place);
      for (const [index, { code, text }] of refused.entries()) {
        expect(text).toMatch(
          /holds (outcomes|settlements|AR items) of (organization|client) .* at http.*, and this run is for .*: name another file/,
        );
        expect(text).toContain(files[index]);
        expect(code).toBe(1);
      }
      expect(files.map(linesOf)).toEqual(written);
    }
    // Nor does another program write over them.
    const swapped = await run(sandbox, "pull-settlements", outcomes, "2026-01-01");
    expect(swapped.text).toMatch(/holds outcomes of organization .*, and this run is for settlements of organization /);
    expect(files.map(linesOf)).toEqual(written);
    const invoices = clientOf(sandbox).debtCollection.organization(organization).invoices;
    expect(await invoices.list({ UniqueSourceInvoiceId: "erp-1" }).toArray()).toEqual([]);
    // Whose the file is can still go on.
    expect((await all(sandbox)).map(({ code }) => code)).toEqual([0, 0, 0]);
  });
});
