import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const npm = (cwd, ...args) => execFileSync("npm", args, { cwd, encoding: "utf8" });

/** Builds and packs the client, installs it in an empty project, and measures there: what users get, not the sources. */
export async function inPackedProject(measure) {
  const folder = mkdtempSync(join(tmpdir(), "amili-client-"));
  try {
    npm(root, "run", "build");
    const [packed] = JSON.parse(npm(root, "pack", "--json", "--ignore-scripts", "--pack-destination", folder));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
    npm(folder, "install", "--silent", `./${packed.filename}`);
    return await measure(folder, packed);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
