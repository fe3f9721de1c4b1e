import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import type { Sandbox } from "amili-client/sandbox";
import { describe, expect, it, vi } from "vitest";
import { clientOf, sandboxWith } from "./sandbox.js";
import { directory, linesOf, ORGANIZATION, run, SLOW, start } from "./support.js";

const HEADER = "uniqueSourceInvoiceId,type,invoiceNumber,originalInvoiceAmount,currency,invoiceDate,dueDate,ssn";
const row = (n: number) => `erp-${n},NOTICE,INV-${n},${n}.50,NOK,2026-01-15,2026-02-15,01010000000`;

/** A CSV file of invoices, with a byte order mark and a blank last line, as spreadsheets write it. */
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
  expect(outcomes.filter(({ status }) => status !== "accepted" && status !== "exists")).toEqual([]);
}

describe("submit-invoices", () => {
  it("writes an outcome for each invoice, and sends none twice", SLOW, async () => {
    const sandbox = await sandboxWith({ size: 0, uniqueInvoices: false });
    const path = await directory();
    const files = [path("invoices.csv"), path("outcomes.ndjson")] as const;
    const wrong = ["erp-late,NOTICE,INV-late,10,NOK,2026-03-15,2026-02-15,", ",NOTICE,INV-none,10,NOK,2026-01-15,,"];
    writeFileSync(files[0], csvOf(3, ...wrong));

    for (const time of ["first", "second"]) {
      const { code, text } = await run(sandbox, "submit-invoices", ...files);
      expect(text, time).toBe(
        "3 accepted, 2 rejected\n" +
          "To submit corrected invoices, correct them in the CSV file and run it again with --resubmit.\n",
      );
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
        reason: expect.stringContaining("uniqueSourceInvoiceId"),
      });
    }
    const [invoice, ...more] = await invoicesIn(sandbox);
    expect(invoice).toMatchObject({ invoiceNumber: "INV-1", originalAmount: 1.5, dueDate: "2026-02-15T00:00:00.000Z" });
    expect(more).toHaveLength(2);
    const journal = path("outcomes.ndjson.state/journal");
    expect(statSync(journal).mode & 0o777).toBe(0o600);
    for (const file of [journal, files[1]]) expect(readFileSync(file, "utf8")).not.toContain("01010000000");
  });

  it("resumes after it was killed, without duplicates", SLOW, async () => {
    const sandbox = await sandboxWith({ size: 0, uniqueInvoices: false });
    const path = await directory();
    const files = [path("invoices.csv"), path("outcomes.ndjson")] as const;
    const journal = path("outcomes.ndjson.state/journal");
    writeFileSync(files[0], csvOf(520));

    // All chunks but the first arrive and get no response.
    sandbox.faults.set([{ operation: "createInvoices", nth: [2, 3, 4, 5], fault: { kind: "delay", ms: 600_000 } }]);
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
      text: "120 accepted, 400 exists\n",
    });
    await expectEachOnce(sandbox, files[1], 520);
    // The incomplete line of the killed process is gone.
    expect(linesOf(journal).at(-1)).toMatchObject({ key: expect.stringMatching(/^erp-/) });
  });

  it("reports unknown outcomes when interrupted, and resumes", SLOW, async () => {
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
    expect(text).toBe("Error: Interrupted. Run it again to resume.\n30 unknown\n");
    expect(linesOf(files[1])[0]).toEqual({
      status: "unknown",
      key: "erp-1",
      sent: true,
      reason: "Interrupted. Run it again to resume.",
      lookUp: expect.stringMatching(/^batches.list\(\)/),
    });

    sandbox.faults.clear();
    expect(await run(sandbox, "submit-invoices", ...files)).toMatchObject({ code: 0 });
    await expectEachOnce(sandbox, files[1], 30);
  });

  it("stops at an invalid amount, and at a missing file", SLOW, async () => {
    const sandbox = await sandboxWith({ size: 0 });
    const path = await directory();
    writeFileSync(path("wrong.csv"), csvOf(1, 'erp-2,NOTICE,INV-2,"4500,50",NOK,2026-01-15,2026-02-15,'));
    const [wrong, missing] = await Promise.all([
      run(sandbox, "submit-invoices", path("wrong.csv"), path("wrong.ndjson")),
      run(sandbox, "submit-invoices", path("missing.csv"), path("missing.ndjson")),
    ]);
    expect(wrong).toMatchObject({
      code: 1,
      text: expect.stringContaining('originalInvoiceAmount of erp-2 is "4500,50", expected a number such as 4500.50'),
    });
    expect(linesOf(path("wrong.ndjson")).length).toBe((await invoicesIn(sandbox)).length);
    expect(missing).toMatchObject({ code: 1, text: expect.stringContaining("ENOENT") });
    expect(existsSync(path("wrong.ndjson.state/journal"))).toBe(true);
  });

  it("sends corrected invoices with --resubmit only", SLOW, async () => {
    const sandbox = await sandboxWith({ size: 0 });
    const path = await directory();
    const rowWith = (dueDate: string) => `erp-late,NOTICE,INV-late,10,NOK,2026-03-15,${dueDate},`;
    const submit = (...flags: string[]) =>
      run(sandbox, "submit-invoices", path("invoices.csv"), path("outcomes.ndjson"), ...flags);
    writeFileSync(path("invoices.csv"), csvOf(0, rowWith("2026-02-15")));
    expect((await submit()).text).toMatch(/^1 rejected\n/);
    writeFileSync(path("invoices.csv"), csvOf(0, rowWith("2026-04-15")));
    expect((await submit()).text).toMatch(/^1 rejected\n/);
    expect((await submit("--resubmit")).text).toBe("1 accepted\n");
  });

  it("sends nothing if columns are wrong, and keeps earlier outcomes", SLOW, async () => {
    const sandbox = await sandboxWith({ size: 0 });
    const path = await directory();
    const submit = (csv: string, name: string) => {
      writeFileSync(path(`${name}.csv`), csv);
      return run(sandbox, "submit-invoices", path(`${name}.csv`), path(`${name}.ndjson`));
    };
    const good = csvOf(1);
    expect(await submit(good, "again")).toMatchObject({ code: 0 });
    for (const [name, csv, message] of [
      ["again", good.replace("dueDate", "DueDate"), "missing: dueDate; unknown: DueDate."],
      ["empty", "", "Its comma-separated columns: none"],
    ] as const) {
      const { code, text } = await submit(csv, name);
      expect(text).toContain(`Wrong columns in ${path(name)}.csv`);
      expect(text).toContain(message);
      expect(code).toBe(1);
    }
    expect(linesOf(path("again.ndjson"))).toHaveLength(1);
    expect(existsSync(path("empty.ndjson"))).toBe(false);
    expect(await invoicesIn(sandbox)).toHaveLength(1);
  });

  it("runs once at a time, and refuses a file that it did not write", SLOW, async () => {
    const sandbox = await sandboxWith({ size: 0, uniqueInvoices: false });
    const path = await directory();
    const files = [path("invoices.csv"), path("outcomes.ndjson")] as const;
    writeFileSync(files[0], csvOf(30));

    sandbox.faults.set("createInvoices:delay=600000:n=1");
    const { child, ended } = start(sandbox, "submit-invoices", ...files);
    await vi.waitFor(() => expect(sandbox.faults.inForce[0]?.hits).toBe(1), { timeout: 30_000, interval: 50 });
    const [second, swapped] = await Promise.all([
      run(sandbox, "submit-invoices", ...files),
      run(sandbox, "submit-invoices", files[0], files[0]),
    ]);
    expect(second).toMatchObject({ code: 1, text: expect.stringContaining(`in use by process ${child.pid} on`) });
    expect(swapped).toMatchObject({ code: 1, text: expect.stringContaining("invoices.csv exists, but") });
    expect(readFileSync(files[0], "utf8")).toBe(csvOf(30));
    expect(sandbox.faults.inForce[0]?.calls).toBe(1);

    // The lock of a killed process is stale.
    child.kill("SIGKILL");
    await ended;
    expect(await run(sandbox, "submit-invoices", ...files)).toMatchObject({ code: 0 });
    await expectEachOnce(sandbox, files[1], 30);
  });
});
