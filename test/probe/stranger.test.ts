import { startSandbox } from "amili-client/sandbox";
import { expect, onTestFinished, test } from "vitest";
import { checkSources } from "../../scripts/docs/check-sources.js";
import { exitCode } from "../../scripts/docs/report/entry.js";
import { textReport } from "../../src/probe/report.js";
import { CHANGES, type Change } from "./changes.js";
import { checked, examine, listEnds, probed } from "./examine.js";
import { generateFrom } from "./generated-types.js";
import { sandboxOwn } from "./sandbox-own.js";
import { startStranger } from "./stranger.js";

async function startedSandbox() {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  return sandbox;
}

test("the unchanged sandbox differs from the specs in what is its own, and in nothing else", async () => {
  const { report, check, folders, file } = await examine(await startedSandbox());
  expect(probed(report).toSorted()).toEqual(sandboxOwn("probe").toSorted());
  expect(checked((await check()).observed).toSorted()).toEqual(sandboxOwn("check").toSorted());
  // It is no source of documentation unless it is asked for.
  const { entries } = await checkSources([], { ...folders, observations: [file] });
  expect([exitCode(entries), entries.map(({ status }) => status)]).toEqual([0, ["other"]]);
});

test("what the stranger's responses show is found, applied and typed", async () => {
  const { root, folders, report, check, apply } = await examine(await startStranger(await startedSandbox()));
  const replaced = CHANGES.flatMap(({ operation, isReplaced }) => (isReplaced ? `${operation}:` : []));
  const own = (by: "probe" | "check") =>
    // The stranger's errors have no bodies but those of the table.
    sandboxOwn(by).filter((line) => !line.includes("body added") && !replaced.some((start) => line.startsWith(start)));
  const rows = (find: (change: Change) => string[]) =>
    CHANGES.flatMap((change) => find(change).map((found) => `${change.operation}: ${found}`));
  const sorted = (...lines: string[][]) => [...new Set(lines.flat())].sort();

  expect(sorted(probed(report))).toEqual(
    sorted(
      own("probe"),
      rows(({ finds, probeFinds = finds }) => probeFinds),
    ),
  );
  const { observed, entries } = await check();
  expect(sorted(checked(observed))).toEqual(
    sorted(
      own("check"),
      rows(({ finds }) => finds),
    ),
  );
  expect(sorted(listEnds(entries))).toEqual(
    sorted(CHANGES.flatMap(({ operation, end }) => (end ? `${operation}: ${end}` : []))),
  );
  expect(textReport(report)).toContain("customers[].customerCategory: new values others, not recorded");

  const { unreadable } = await apply();
  expect(unreadable).toEqual([]);
  expect(sorted(checked((await check()).observed))).toEqual(sorted(rows(({ finds, isLeft }) => (isLeft ? finds : []))));

  const { problems, inferred } = await generateFrom(folders.specs, root, CHANGES);
  expect(problems).toEqual([]);
  // They are called without allowInferred.
  const isConfirmed = ({ probeFinds = [] }: Change) => probeFinds.includes("confirmed");
  const confirmed = CHANGES.filter(isConfirmed).map(({ operation }) => operation.split(".")[1]);
  expect(inferred.filter((id) => confirmed.includes(id))).toEqual([]);
  expect(inferred).toEqual(
    expect.arrayContaining(["getBatchLegacy", "listFiles", "listInvoiceHistory", "listLogItems"]),
  );
});
