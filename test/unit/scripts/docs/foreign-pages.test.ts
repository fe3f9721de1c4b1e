import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { applySources } from "../../../../scripts/docs/apply-sources.js";
import { checkSources } from "../../../../scripts/docs/check-sources.js";
import { exitCode } from "../../../../scripts/docs/report/entry.js";
import { workspace } from "./support/temp.js";

/** Pages in the habits of other sites of the documentation tool, which the specs do not know. */
const FOLDER = "test/fixtures/foreign-pages";
const pages = readdirSync(FOLDER).sort();

it("are read, and belong to no spec", async () => {
  const { options } = workspace("identity");
  const { entries } = await checkSources([FOLDER], options);
  expect(entries.map(({ status, method, path }) => [status, method, path])).toEqual([
    ["new", "POST", "/v1/messages"],
    ["new", "PUT", "/files"],
    ["new", "GET", "/api/{shop}/orders/{id}.json"],
  ]);
  expect(exitCode(entries)).toBe(1);
  const { manual, applied, unreadable } = await applySources([FOLDER], { ...options, dryRun: true });
  expect([applied, unreadable]).toEqual([[], []]);
  expect(manual).toHaveLength(pages.length);
});

it("can be added to a spec with their tags, and a second check finds only what was left to the user", async () => {
  const { options, pages: folder, put, read } = workspace(["accounts-receivable", "getGlItem"]);
  for (const name of pages) {
    const text = readFileSync(`${FOLDER}/${name}`, "utf8");
    put(name, text.replace(/^ {6}(?:tags:.*(?:\n {8}- .*)?|(?=requestBody))/m, "      tags: [GlItems]\n      "));
  }
  const { manual, unreadable, applied } = await applySources([folder], options);
  expect(unreadable).toEqual([]);
  expect(applied.filter((line) => line.startsWith("new: accounts-receivable"))).toHaveLength(pages.length);
  const { entries } = await checkSources([folder], options);
  const left = entries.flatMap(({ differences, answers }) => [
    ...differences.map(({ kind, what }) => (kind === what ? kind : `${kind} ${what}`)),
    ...answers.filter(({ counts }) => counts).map(({ what }) => what),
  ]);
  for (const line of left) expect(manual.join("\n")).toContain(line);
  const { components } = parse(read("accounts-receivable"));
  expect(components.schemas.ApiResultCopy.properties.messages).toMatchObject({
    anyOf: [{ oneOf: {} }, { type: "null" }],
  });
});
