/**
 * Writes `dist`: the JavaScript bundled, with what the sandbox needs of other packages and a notice of their licences; and
 * the declarations that the entries reach, unbundled, so that a consumer's declarations can name every type.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";
import { declarationProgram } from "./declarations.js";
import { pruneDeclarations } from "./prune-declarations.js";
import { thirdPartyNotices } from "./third-party-notices.js";

interface Manifest {
  exports: Record<string, string | { types: string; default: string }>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
}

const root = fileURLToPath(new URL("../", import.meta.url));
const manifest = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as Manifest;
const entries = Object.entries(manifest.exports).flatMap(([path, target]) =>
  typeof target === "string" ? [] : [{ name: path.slice(2), types: resolve(root, target.types) }],
);

const DEPENDENCIES = "sandbox-dependencies";

const { output } = await build({
  cwd: root,
  input: {
    ...Object.fromEntries(entries.map(({ name }) => [name || "index", `src/${name}/index.ts`])),
    cli: "src/sandbox/cli.ts",
  },
  platform: "node",
  external: Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }),
  plugins: [
    {
      // Two MB for code of others that can be read without a map.
      name: "no-map-of-dependencies",
      generateBundle(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== "chunk" || file.name !== DEPENDENCIES) continue;
          file.code = file.code.replace(/\n\/\/# sourceMappingURL=.*$/, "");
          delete bundle[`${file.fileName}.map`];
        }
      },
    },
  ],
  output: {
    dir: "dist",
    cleanDir: true,
    sourcemap: true,
    // The declarations and the sources in the maps have them.
    comments: { jsdoc: false },
    chunkFileNames: "[name]-[hash].js",
    codeSplitting: {
      groups: [
        // One file for what the webhooks need, and one for the client, since each file costs time at the start.
        { name: "shared", test: /\/src\/(bytes|errors|http\/checks)\.ts$/, priority: 1 },
        { name: "client", test: /\/(generated|src)\/(?!sandbox\/)/, minShareCount: 2 },
        { name: DEPENDENCIES, test: /\/node_modules\// },
      ],
    },
  },
});

const modules = output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
writeFileSync(resolve(root, "dist/THIRD-PARTY-NOTICES.txt"), thirdPartyNotices(modules));

const types = entries.map((entry) => entry.types);
for (const [file, text] of pruneDeclarations(declarationProgram(root, types), resolve(root, "dist/types/"), types)) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
