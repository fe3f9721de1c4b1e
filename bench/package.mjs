/** What the packed file costs in an empty project: its size, and `import()` of its entries beside openapi-fetch. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measureStartUp } from "./start-up.mjs";

const MODULES = [
  "data:text/javascript,",
  "openapi-fetch",
  "amili-client",
  "amili-client/webhooks",
  "amili-client/sandbox",
];

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "amili-client-"));
const npm = (cwd, ...args) => execFileSync("npm", args, { cwd, encoding: "utf8" });
try {
  npm(root, "run", "build");
  const [packed] = JSON.parse(npm(root, "pack", "--json", "--ignore-scripts", "--pack-destination", folder));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  npm(folder, "install", "--silent", `./${packed.filename}`);
  const times = measureStartUp(MODULES, folder);
  const { entryCount, size, unpackedSize } = packed;
  console.log({ entryCount, size, unpackedSize });
  console.table(Object.fromEntries(MODULES.map((name, i) => [name, times[i]])));
} finally {
  rmSync(folder, { recursive: true });
}
