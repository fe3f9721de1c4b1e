/**
 * What the client costs, measured with the packed file in an empty project. Prints a table for each section, or for those that
 * are named; `--write` puts them into docs/performance.md.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { PROGRAMS, programSize } from "../scripts/program-size.ts";
import { measureCalls } from "./calls.mjs";
import { measureLists } from "./lists.mjs";
import { installPacked } from "./packed.mjs";
import { measureSandbox } from "./sandbox.mjs";
import { measureStartUp } from "./start-up.mjs";
import { measureSubmit } from "./submit.mjs";
import { measureTypeCheck } from "./type-check.mjs";

const DOCUMENT = new URL("../docs/performance.md", import.meta.url);

const project = installPacked();
const spread = ({ median, p25, p75 }, digits = 2) =>
  `${median.toFixed(digits)} (${p25.toFixed(digits)}..${p75.toFixed(digits)})`;
const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;
const count = (value) => Math.round(value).toLocaleString("en");

/** The rows of each section's table, the first of them its head. */
const SECTIONS = {
  async calls() {
    const results = await measureCalls(project, [1, 32]);
    const [one, many] = [1, 32].map((inFlight) => results.filter(({ concurrency }) => concurrency === inFlight));
    const row = ({ name, ratio }, i) => [name, spread(ratio), spread(many[i].ratio)];
    return [["one GET", "1 in flight", "32 in flight"], ...one.map(row)];
  },
  size() {
    const { entryCount, size, unpackedSize } = project.packed;
    return [
      ["program, or file", "bytes"],
      ...Object.entries(PROGRAMS).map(async ([name, program]) => [
        `${name}, gzip`,
        count(await programSize(project.folder, program)),
      ]),
      [`the packed file: ${entryCount} files`, count(size)],
      ["the same, unpacked", count(unpackedSize)],
    ];
  },
  import() {
    const names = ["openapi-fetch", "amili-client", "amili-client/debt-collection", "amili-client/webhooks"];
    const times = measureStartUp(["data:text/javascript,", ...names], project.folder);
    return [["import of", "ms"], ...["an empty module", ...names].map((name, i) => [name, spread(times[i], 1)])];
  },
  types() {
    const rows = measureTypeCheck(project.folder);
    return [
      ["program", "compiler", "s above an empty program"],
      ...rows.map(({ program, compiler, seconds }) => [program, compiler, spread(seconds)]),
    ];
  },
  async lists() {
    const rows = await measureLists(project);
    return [
      ["81 pages of 50 ms", "ms", "the limit, ms", "ratio"],
      ...rows.map(({ prefetch, limit, ms, ratio }) => [`prefetch ${prefetch}`, count(ms), limit, ratio.toFixed(2)]),
    ];
  },
  submit() {
    const rows = measureSubmit(project);
    return [
      ["a million invoices", "s", "invoices per second", "heap", "RSS"],
      ...rows.map(({ name, seconds, perSecond, heap, rss }) => [
        name,
        count(seconds),
        count(perSecond),
        megabytes(heap),
        megabytes(rss),
      ]),
    ];
  },
  async sandbox() {
    const rows = await measureSandbox(project);
    return [["request", "requests per second"], ...rows.map(({ name, perSecond }) => [name, count(perSecond)])];
  },
};

const args = process.argv.slice(2);
const named = args.filter((arg) => arg !== "--write");
const unknown = named.find((name) => !Object.hasOwn(SECTIONS, name));
if (unknown) throw new Error(`There is no section ${unknown}. There are ${Object.keys(SECTIONS).join(", ")}.`);
for (const name of named.length > 0 ? named : Object.keys(SECTIONS)) {
  const load = loadavg()[0].toFixed(1);
  const [head, ...rows] = await Promise.all(await SECTIONS[name]());
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  const measured = `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, load before ${load}.`;
  const table = `${lines.join("\n")}\n\n${measured}`;
  console.log(`\n## ${name}\n\n${table}`);
  if (args.includes("--write")) writeTable(name, table);
}

function writeTable(name, table) {
  const text = readFileSync(DOCUMENT, "utf8");
  const block = new RegExp(`(<!-- ${name}: written by the bench -->\\n)[^]*?(<!-- end -->)`);
  if (!block.test(text)) throw new Error(`docs/performance.md has no place for ${name}.`);
  writeFileSync(
    DOCUMENT,
    text.replace(block, (_, start, end) => `${start}\n${table}\n\n${end}`),
  );
}
