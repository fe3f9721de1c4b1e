import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Columns, readCsv } from "../../examples/csv.js";
import { directory } from "./support.js";

const COLUMNS: Columns = { required: ["id", "dueDate"], optional: ["name"], unknown: "ignore" };

async function read(text: string | Buffer, columns = COLUMNS): Promise<unknown[]> {
  const file = (await directory())("rows.csv");
  writeFileSync(file, text);
  const rows = [];
  for await (const row of await readCsv(file, () => columns)) rows.push(row);
  return rows;
}

describe("readCsv", () => {
  it("returns the rows", async () => {
    const text = '\uFEFFid, dueDate ,name,,\r\n\r\n1,2026-01-31,"Ola, Oslo",,\r\n2,,,a,b\r\n';
    expect(await read(text)).toEqual([
      { id: "1", dueDate: "2026-01-31", name: "Ola, Oslo", "": "" },
      { id: "2", dueDate: "", name: "", "": "b" },
    ]);
    expect(await read("id,dueDate,shoeSize\n")).toEqual([]);
  });

  it.each([
    ["id,DueDate\n1,2\n", /^Wrong columns in \S+rows\.csv; missing: dueDate; unknown: DueDate\. .*: id, DueDate$/],
    ["id,dueDate,Due Date\n1,2,3\n", /unknown: Due Date\./],
    ["id,dueDate,NAME\n1,2,3\n", /unknown: NAME\./],
    ["id;dueDate\n1;2\n", /missing: id, dueDate\. Its comma-separated columns: id;dueDate$/],
    ["dueDate\n2026-01-31\n", /missing: id\./],
    ["id,dueDate,id\n1,2,3\n", /duplicate: id\./],
    ["", /missing: id, dueDate\. .*: none$/],
    ["1,2026-01-31\n", /missing: id, dueDate\./],
    ["id,dueDate\n1\n", /expect 2, got 1 on line 2/],
  ])("refuses %j", async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it.each([
    ["Latin-1", Buffer.from("id,dueDate,name\n1,2,Bj\xf8rn\n", "latin1")],
    ["Latin-1 in the first line", Buffer.from("id,dueDate,name,bel\xf8p\n", "latin1")],
    ["Latin-1 at the end", Buffer.from("id,dueDate,name\n1,2,Vr\xe5", "latin1")],
    ["UTF-16", Buffer.from("\uFEFFid,dueDate,name\n", "utf16le")],
  ])("refuses %s", async (_, bytes) => {
    await expect(read(bytes)).rejects.toThrow(/rows\.csv is not UTF-8\. Save it as CSV UTF-8\.$/);
  });

  it("decodes a letter that spans two chunks", async () => {
    const name = "ø".repeat(100_000);
    expect(await read(`id,dueDate,name\n1,2,${name}\n`)).toEqual([{ id: "1", dueDate: "2", name }]);
  });

  it("fails at a later row in another encoding", async () => {
    const rows = Buffer.from("1,2,Bjørn\n".repeat(50_000));
    const bytes = Buffer.concat([Buffer.from("id,dueDate,name\n"), rows, Buffer.from("2,2,Bj\xf8rn\n", "latin1")]);
    await expect(read(bytes)).rejects.toThrow("is not UTF-8");
  });

  it("refuses unknown columns if told to", async () => {
    const text = "id,dueDate,shoeSize\n1,2,3\n";
    await expect(read(text, { ...COLUMNS, unknown: "refuse" })).rejects.toThrow("unknown: shoeSize.");
  });

  it("refuses a missing file before a row is read", async () => {
    const missing = (await directory())("missing.csv");
    await expect(readCsv(missing, () => COLUMNS)).rejects.toThrow(/ENOENT.*missing\.csv/);
  });
});
