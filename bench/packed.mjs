import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const path = (of) => fileURLToPath(new URL(of, import.meta.url));
const npm = (cwd, ...args) => execFileSync("npm", args, { cwd, encoding: "utf8" });

/** Packages of users' programs, in the versions that the bench has. */
const PACKAGES = ["openapi-fetch", "undici", "@types/node"];

/**
 * Packs the client and installs it in an empty project, which is removed when the process ends: what is measured is what
 * users get, not the sources. The project has the consumers' programs, too.
 */
export function installPacked() {
  const folder = mkdtempSync(join(tmpdir(), "amili-client-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  npm(path(".."), "run", "build");
  const [packed] = JSON.parse(npm(path(".."), "pack", "--json", "--ignore-scripts", "--pack-destination", folder));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  cpSync(path("../scripts/consumer"), folder, { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(path("package.json"), "utf8"));
  const packages = PACKAGES.map((name) => `${name}@${dependencies[name]}`);
  npm(folder, "install", "--silent", "--no-audit", "--no-fund", `./${packed.filename}`, ...packages);
  return {
    folder,
    packed,
    /** The URL of a file of the client. */
    urlOf: (file) => pathToFileURL(join(folder, "node_modules/amili-client/dist", file)).href,
    /** What a program of the project gets for a name. */
    import: (name) => import(pathToFileURL(join(folder, "node_modules", name)).href),
  };
}
