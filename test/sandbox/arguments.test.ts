import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readArguments } from "../../src/sandbox/arguments.js";

const folder = mkdtempSync(join(tmpdir(), "amili-sandbox-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the arguments", () => {
  it("ask for help in two ways", () => {
    expect([readArguments(["-h"]).help, readArguments(["--help"]).help]).toEqual([true, true]);
  });

  it("may name a file that begins with a mark of its byte order", () => {
    const path = join(folder, "faults.json");
    writeFileSync(path, '\ufeff[{ "fault": { "kind": "cut-off" } }]');
    expect(readArguments(["--faults", path]).options).toEqual({ faults: [{ fault: { kind: "cut-off" } }] });
  });

  const many = Array(99).fill("*:cut-off:n=1").join();
  it.each(["", "*:cut-off", "POST/*:delay=5", "*:foreign-link=foreign.example", many])(
    "may be the faults %j",
    (faults) => {
      expect(readArguments(["--faults", faults]).options).toEqual({ faults });
    },
  );

  it.each<[string, string[], string]>([
    ["a number that is none", ["--port", "abc"], '--port must be a whole number; "abc" was given.'],
    ["what comes twice", ["--faults", "*:cut-off", "--faults=*:close-after"], "--faults was given more than once"],
    ["a directory", ["--faults", folder], `--faults: ${folder} is a directory; give a file in it.`],
    ["a file without an ending that is missing", ["--faults", "/missing/faults"], "there is no file /missing/faults;"],
    ["a file beside that is missing", ["--faults", "./a:b"], "there is no file ./a:b;"],
    ["a file of another ending that is missing", ["--faults", "faults.txt"], "there is no file faults.txt;"],
    ["a rule without a kind", ["--faults", "createInvoices"], "a rule has the form TARGET:KIND, as in *:close-after."],
  ])("are refused for %s", (_, args, message) => {
    expect(() => readArguments(args)).toThrow(message);
    expect(() => readArguments(args)).toThrow(expect.objectContaining({ code: "invalid_option" }));
  });
});
