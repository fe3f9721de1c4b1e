import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import type { Sandbox } from "amili-client/sandbox";
import { describe, expect, it, vi } from "vitest";
import { clientOf, ORGANIZATION, sandboxWith } from "../sandbox/support.js";
import { directory, linesOf, PATIENT, run, start } from "./support.js";

const HEADER = "uniqueSourceInvoiceId,type,invoiceNumber,originalInvoiceAmount,currency,invoiceDate,dueDate,ssn";
const row = (n: number) => `erp-${n},NOTICE,INV-${n},${n}.50,NOK,2026-01-15,2026-02-15,01010000000`;

/** A CSV of invoices from 1 on, with a byte order mark and an empty line at its end, as others write it. */
function csvOf(count: number, ...more: string[]): string {
  return `\uFEFF${[HEADER, ...Array.from({ length: count }, (_, index) => row(index + 1)), ...more].join("\r\n")}\r\n\r\n`;
}

const invoicesIn = (sandbox: Sandbox) =>
  clientOf(sandbox).debtCollection.organization(ORGANIZATION).invoices.list().toArray();

async function expectEachOnce(sandbox: Sandbox, outcomesFile: string, count: number): Promise<void> {
  const keys = Array.from({ length: count }, (_, index) => `erp-${index + 1}`).sort();
  expect((await invoicesIn(sandbox)).map((invoice) => invoice.uniqueSourceInvoiceId).sort()).toEqual(keys);
  const outcomes = linesOf(outcomesFile);
  expect(outcomes.map(({ key }) => key).sort()).toEqual(keys);
  expect(outcomes.filter(({ status }) => status !== "accepted")).toEqual([]);
}

describe("submit invoices", () => {
  it("writes an outcome for each, and sends none again", PATIENT, async () => {
    const sandbox = await sandboxWith({ size: 0, uniqueInvoices: false });
    const path = await directory();
    const files = [path("invoices.csv"), path("outcomes.ndjson")] as const;
    const wrong = ["erp-late,NOTICE,INV-late,10,NOK,2026-03-15,2026-02-15,", ",NOTICE,INV-none,10,NOK,2026-01-15,,"];
    writeFileSync(files[0], csvOf(3, ...wrong));

    for (const time of ["first", "second"]) {
      const { code, text } = await run(sandbox, "submit-invoices", ...files);
      expect(text, time).toBe("3 accepted, 2 rejected, 0 unknown\n");
      expect(code).toBe(0);
      const outcomes = linesOf(files[1]);
      expect(outcomes).toHaveLength(5);
      expect(outcomes).toContainEqual({
        status: "accepted",
        key: "erp-1",
        batchId: expect.stringMatching(/^[\da-f-]{36}$/),
        invoiceId: expect.stringMatching(/^[\da-f-]{36}$/),
      });
      expect(outcomes).toContainEqual({ status: "rejected", key: "erp-late", batchId: expect.anything() });
      expect(outcomes).toContainEqual({
        status: "rejected",
        key: "4",
        reason: "Item 4 was not sent: it has no uniqueSourceInvoiceId, by which it could be found again.",
      });
    }
    const [invoice, ...more] = await invoicesIn(sandbox);
    expect(invoice).toMatchObject({ invoiceNumber: "INV-1", originalAmount: 1.5, dueDate: "2026-02-15T00:00:00.000Z" });
    expect(more).toHaveLength(2);
    const journal = path("outcomes.ndjson.sandbox.journal");
    expect(statSync(journal).mode & 0o777).toBe(0o600);
    for (const file of [journal, files[1]]) expect(readFileSync(file, "utf8")).not.toContain("01010000000");
  });

  it("killed in the middle, it goes on and doubles nothing", PATIENT, async () => {
    const sandbox = await sandboxWith({ size: 0, uniqueInvoices: false });
    const path = await directory();
    const files = [path("invoices.csv"), path("outcomes.ndjson")] as const;
    const journal = path("outcomes.ndjson.sandbox.journal");
    writeFileSync(files[0], csvOf(520));

    // All chunks but one arrive, and are never answered.
    sandbox.faults.set([{ operation: "createInvoices", nth: [1, 3, 4, 5], fault: { kind: "delay", ms: 600_000 } }]);
    const { child, ended } = start(sandbox, "submit-invoices", ...files);
    await vi.waitFor(
      () => {
        expect(sandbox.faults.inForce[0]?.calls).toBe(5);
        expect(linesOf(files[1])).toHaveLength(100);
      },
      { timeout: 30_000, interval: 50 },
    );
    child.kill("SIGKILL");
    expect(await ended).toMatchObject({ signal: "SIGKILL", text: "" });
    appendFileSync(journal, '{"state":"accep');
    sandbox.faults.clear();

    expect(await run(sandbox, "submit-invoices", ...files)).toMatchObject({
      code: 0,
      text: "520 accepted, 0 rejected, 0 unknown\n",
    });
    await expectEachOnce(sandbox, files[1], 520);
    // What the killed process left of a line is gone, and so each line can be read.
    expect(linesOf(journal).at(-1)).toMatchObject({ state: "accepted" });
  });

  it("interrupted, it says what is unknown, and goes on later", PATIENT, async () => {
    const sandbox = await sandboxWith({ size: 0, uniqueInvoices: false });
    const path = await directory();
    const files = [path("invoices.csv"), path("outcomes.ndjson")] as const;
    writeFileSync(files[0], csvOf(30));

    sandbox.faults.set("createInvoices:delay=600000");
    const { child, ended } = start(sandbox, "submit-invoices", ...files);
    await vi.waitFor(() => expect(sandbox.faults.inForce[0]?.hits).toBe(1), { timeout: 30_000, interval: 50 });
    child.kill("SIGINT");
    const { code, text } = await ended;
    expect(code).toBe(1);
    expect(text).toBe("Error: Stopped; run it again to go on.\n0 accepted, 0 rejected, 30 unknown\n");
    expect(linesOf(files[1])[0]).toEqual({
      status: "unknown",
      key: "erp-1",
      sent: true,
      reason: "Stopped; run it again to go on.",
      lookUp: expect.stringMatching(/^batches.list\(\)/),
    });

    sandbox.faults.clear();
    expect(await run(sandbox, "submit-invoices", ...files)).toMatchObject({ code: 0 });
    await expectEachOnce(sandbox, files[1], 30);
  });

  it("stops at an amount that is none, and at a file that is not there", PATIENT, async () => {
    const sandbox = await sandboxWith({ size: 0 });
    const path = await directory();
    writeFileSync(path("wrong.csv"), csvOf(1, 'erp-2,NOTICE,INV-2,"4500,50",NOK,2026-01-15,2026-02-15,'));
    const [wrong, missing] = await Promise.all([
      run(sandbox, "submit-invoices", path("wrong.csv"), path("wrong.ndjson")),
      run(sandbox, "submit-invoices", path("missing.csv"), path("missing.ndjson")),
    ]);
    expect(wrong).toMatchObject({
      code: 1,
      text: expect.stringContaining("originalInvoiceAmount of erp-2 is no number"),
    });
    expect(linesOf(path("wrong.ndjson")).length).toBe((await invoicesIn(sandbox)).length);
    expect(missing).toMatchObject({ code: 1, text: expect.stringContaining("ENOENT") });
    expect(existsSync(path("wrong.ndjson.sandbox.journal"))).toBe(true);
  });
});
