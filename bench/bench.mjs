/** What the client costs beside a bare `fetch`: size, calls, start-up, and the time of a consumer's `tsc`. `--json` gives the figures for a program. */
import { bundle } from "./bundle.mjs";
import { measureCalls } from "./calls.mjs";
import { measureStartUp } from "./start-up.mjs";
import { measureTypeCheck } from "./type-check.mjs";

const openapiFetch = await bundle("openapi-fetch", 'export { default } from "openapi-fetch";');
const amiliClient = await bundle("amili-client", 'export { Amili } from "amili-client";');
const observed = await bundle(
  "observed",
  'export { Amili } from "amili-client"; export { createObserver } from "amili-client/observe";',
);
const bundles = [openapiFetch, amiliClient, observed];

// What is measured is what users ship: the bundles, not the sources.
const { default: createClient } = await import(openapiFetch.url);
const { Amili } = await import(amiliClient.url);
const calls = await measureCalls({ createClient, Amili, observed: await import(observed.url) }, [1, 32]);

const modules = [{ name: "an empty module", url: "data:text/javascript," }, ...bundles];
const startUp = measureStartUp(modules.map(({ url }) => url)).map((ms, i) => ({ name: modules[i].name, ms }));

const typeCheck = measureTypeCheck();

if (process.argv.includes("--json")) {
  const size = bundles.map(({ name, bytes, gzip, parts }) => ({ name, bytes, gzip, parts }));
  console.log(JSON.stringify({ node: process.version, size, calls, startUp, typeCheck }, null, 2));
} else {
  const row = (...cells) => console.log(cells.map((cell, i) => (i ? cell.padStart(14) : cell.padEnd(18))).join(""));
  const kb = (bytes) => `${(bytes / 1024).toFixed(2)} KB`;

  row("Bundle", "minified", "gzip");
  for (const { name, bytes, gzip } of bundles) row(name, kb(bytes), kb(gzip));
  row("\nOne GET", "in flight", "µs a call", "fetch = 1.00", "p25..p75");
  for (const { name, concurrency, microseconds, ratio } of calls) {
    const range = `${ratio.p25.toFixed(2)}..${ratio.p75.toFixed(2)}`;
    row(name, `${concurrency}`, microseconds.toFixed(0), ratio.median.toFixed(2), range);
  }
  row("\nImport", "ms", "p25..p75");
  for (const { name, ms } of startUp) row(name, ms.median.toFixed(1), `${ms.p25.toFixed(1)}..${ms.p75.toFixed(1)}`);
  row("\ntsc of a program", "s", "p25..p75", "types");
  for (const { name, seconds, types } of typeCheck) {
    row(name, seconds.median.toFixed(1), `${seconds.p25.toFixed(1)}..${seconds.p75.toFixed(1)}`, `${types}`);
  }
}
