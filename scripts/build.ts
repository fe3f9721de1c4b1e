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

const COMMANDER = "commander";
const DEPENDENCIES = "sandbox-dependencies";
const SCHEMAS = "schemas";

/** Two MB for code of others, and the data of `amili-client/contract`, can be read without a map. */
const WITHOUT_MAP = [COMMANDER, DEPENDENCIES, SCHEMAS];

const { output } = await build({
  cwd: root,
  input: {
    ...Object.fromEntries(entries.map(({ name }) => [name || "index", `src/${name}/index.ts`])),
    amili: "src/probe/cli.ts",
    cli: "src/sandbox/cli.ts",
  },
  platform: "node",
  // A command imports the library by its name, as its users do. The sandbox brings its own Ajv along; users of the contract
  // entry install it.
  external: (id, importer) =>
    /^ajv\b/.test(id)
      ? importer?.includes("/src/contract/") === true
      : id.startsWith("amili-client") || Object.hasOwn({ ...manifest.dependencies, ...manifest.peerDependencies }, id),
  plugins: [
    {
      name: "without-map",
      generateBundle(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== "chunk" || !WITHOUT_MAP.includes(file.name)) continue;
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
      // Each file costs time at the start. A group takes along what its modules import, unless one before it has that.
      groups: [
        { name: SCHEMAS, test: /\/generated\/schemas\.ts$/, priority: 3 },
        // What the webhooks need.
        { name: "shared", test: /\/src\/(bytes|errors|http\/checks)\.ts$/, priority: 2 },
        // Without what is loaded on first use, and without the observer's long lists of words.
        {
          name: "client",
          test: /\/(generated\/(?!names)|src\/(?!sandbox\/|observe\/|debt-collection\/submit\/(?!submission)))/,
          minShareCount: 2,
          priority: 1,
        },
        // What submit and the entries for its journals need.
        { name: "submit", test: /\/src\/debt-collection\/submit\//, minShareCount: 2 },
        // Of both commands, and small beside what the sandbox needs.
        { name: COMMANDER, test: /\/node_modules\/commander\// },
        { name: DEPENDENCIES, test: /\/node_modules\// },
      ],
    },
  },
});

/** Browsers and workers load all entries but these. */
const OF_NODE = ["node", "postgres", "sandbox", "undici"];

const imports = new Map(output.flatMap((file) => (file.type === "chunk" ? [[file.fileName, file.imports]] : [])));
const withImports = (name: string): string[] => [name, ...(imports.get(name) ?? []).flatMap(withImports)];
for (const { name } of entries.filter(({ name }) => !OF_NODE.includes(name))) {
  const ofNode = withImports(`${name || "index"}.js`).find((imported) => imported.startsWith("node:"));
  if (ofNode) throw new Error(`${name || "index"}.js needs ${ofNode}, which browsers and workers do not have.`);
}

const modules = output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
writeFileSync(resolve(root, "dist/THIRD-PARTY-NOTICES.txt"), thirdPartyNotices(modules));

const types = entries.map((entry) => entry.types);
for (const [file, text] of pruneDeclarations(declarationProgram(root, types), resolve(root, "dist/types/"), types)) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
