import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "amili-client/sandbox";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { parseArguments } from "../../src/sandbox/arguments.js";

const folder = mkdtempSync(join(tmpdir(), "amili-sandbox-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("the arguments", () => {
  beforeEach(() => {
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
  });

  it("become options", () => {
    const args = ["--port=4010", "--size", "9", "--batch-time", "0", "--faults", "*:cut-off", "--log"];
    const options = { port: 4010, size: 9, batchTime: 0, faults: "*:cut-off" };
    expect(parseArguments(args)).toEqual({ options, log: true });
    const browser = ["--strict", "--cors", "http://localhost:5173,https://a.example"];
    expect(parseArguments(browser).options).toEqual({
      strict: true,
      cors: ["http://localhost:5173", "https://a.example"],
    });
    expect(parseArguments(["--cors", "*"]).options).toEqual({ cors: true });
    expect(parseArguments([])).toEqual({ options: {}, log: false });
  });

  it.each(["-h", "--help"])("print the help text for %s", (flag) => {
    expect(() => parseArguments([flag])).toThrow(expect.objectContaining({ code: "commander.helpDisplayed" }));
  });

  it("may name a file with a byte order mark", () => {
    const path = file("faults.json", '\ufeff[{ "fault": { "kind": "cut-off" } }]');
    expect(parseArguments(["--faults", path]).options).toEqual({ faults: [{ fault: { kind: "cut-off" } }] });
  });

  const many = Array(99).fill("*:cut-off:n=1").join();
  it.each(["", "*:cut-off", "POST/*:delay=5", "*:foreign-link=foreign.example", many])(
    "may have the faults %j",
    (faults) => expect(parseArguments(["--faults", faults]).options).toEqual({ faults }),
  );

  it.each<[string, string[], string]>([
    ["an unknown option", ["--sead", "1"], "unknown option '--sead'"],
    ["an excess argument", ["start"], "too many arguments"],
    ["a missing number", ["--port"], "option '--port <n>' argument missing"],
    ["a string in place of a number", ["--port", "abc"], "argument 'abc' is invalid. It must be an integer"],
    ["a repeated option", ["--faults", "*:cut-off", "--faults=*:close-after"], "option '--faults' was given more than"],
    ["a repeated flag", ["--log", "--log"], "option '--log' was given more than once"],
    ["a directory", ["--faults", folder], "It is a directory; name a file."],
    ["a file that is not JSON", ["--faults", file("broken.json", "{")], "The file is not JSON."],
    ["a missing file", ["--faults", "missing.json"], "There is no such file;"],
    ["a missing file without an extension", ["--faults", "/missing/faults"], "There is no such file;"],
    ["a missing file with a colon", ["--faults", "./a:b"], "There is no such file;"],
    ["a missing file with another extension", ["--faults", "faults.txt"], "There is no such file;"],
    ["a rule without a kind", ["--faults", "createInvoices"], "a rule has the form TARGET:KIND, as in *:close-after."],
  ])("are refused for %s", (_, args, message) => {
    expect(() => parseArguments(args)).toThrow(message);
    expect(() => parseArguments(args)).toThrow(expect.objectContaining({ exitCode: 1 }));
  });

  it.each<[string, string[], RegExp]>([
    ["a file without rules", ["--faults", file("wrong.json", "[{}]")], /faults\[0\].fault must be a fault/],
    ["a webhook on another host", ["--webhook", "http://example.com"], /webhook must be an https: URL/],
  ])("do not start a sandbox with %s", async (_, args, message) => {
    await expect(startSandbox(parseArguments(args).options)).rejects.toThrow(message);
  });
});
