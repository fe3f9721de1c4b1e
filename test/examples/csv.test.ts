import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Columns, readCsv } from "../../examples/csv.js";
import { directory } from "./support.js";

const COLUMNS: Columns = { needed: ["id", "dueDate"], optional: ["name"], others: "ignored" };

async function read(text: string, columns = COLUMNS): Promise<unknown[]> {
  const file = (await directory())("rows.csv");
  writeFileSync(file, text);
  const rows = [];
  for await (const row of await readCsv(file, () => columns)) rows.push(row);
  return rows;
}

describe("a CSV", () => {
  it("gives its rows", async () => {
    const text = '\uFEFFid, dueDate ,name,,\r\n\r\n1,2026-01-31,"Ola, Oslo",,\r\n2,,,a,b\r\n';
    expect(await read(text)).toEqual([
      { id: "1", dueDate: "2026-01-31", name: "Ola, Oslo", "": "" },
      { id: "2", dueDate: "", name: "", "": "b" },
    ]);
    expect(await read("id,dueDate,shoeSize\n")).toEqual([]);
  });

  it.each([
    ["id,DueDate\n1,2\n", /of \S+rows\.csv do not fit; missing: dueDate; not known: DueDate\. .*: id, DueDate$/],
    ["id,dueDate,Due Date\n1,2,3\n", /not known: Due Date\./],
    ["id,dueDate,NAME\n1,2,3\n", /not known: NAME\./],
    ["id;dueDate\n1;2\n", /missing: id, dueDate\. Its first line has, with commas between: id;dueDate$/],
    ["dueDate\n2026-01-31\n", /missing: id\./],
    ["id,dueDate,id\n1,2,3\n", /there twice: id\./],
    ["", /missing: id, dueDate\. .*: nothing$/],
    ["1,2026-01-31\n", /missing: id, dueDate\./],
    ["id,dueDate\n1\n", /expect 2, got 1 on line 2/],
  ])("%j is refused", async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it("has no other columns where none is ignored", async () => {
    const text = "id,dueDate,shoeSize\n1,2,3\n";
    await expect(read(text, { ...COLUMNS, others: "refused" })).rejects.toThrow("not known: shoeSize.");
  });

  it("must be there, before a row is asked for", async () => {
    const missing = (await directory())("missing.csv");
    await expect(readCsv(missing, () => COLUMNS)).rejects.toThrow(/ENOENT.*missing\.csv/);
  });
});
