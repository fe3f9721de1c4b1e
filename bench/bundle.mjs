import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

/**
 * Bundles what a user's bundler would ship for an import, and says how large it is, without what is loaded on first use.
 * `parts` tells how many bytes each package or folder brought.
 */
export async function bundle(name, source) {
  // Where neither git nor Biome looks.
  const outdir = `node_modules/.cache/${name}`;
  const { metafile } = await build({
    stdin: { contents: source, resolveDir: here },
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    alias: {
      "amili-client/undici": fileURLToPath(new URL("../src/undici/index.ts", import.meta.url)),
      "amili-client": fileURLToPath(new URL("../src/index.ts", import.meta.url)),
      // The sources would find the one in ../node_modules, if anyone had installed it there.
      "openapi-fetch": fileURLToPath(import.meta.resolve("openapi-fetch")),
    },
    external: ["node:*", "undici"],
    absWorkingDir: here,
    outdir,
    outExtension: { ".js": ".mjs" },
    metafile: true,
  });
  const entry = `${outdir}/stdin.mjs`;
  const loaded = new Set([entry]);
  const size = { bytes: 0, gzip: 0, parts: {} };
  // A set also iterates over what is added meanwhile.
  for (const file of loaded) {
    const { bytes, imports, inputs } = metafile.outputs[file];
    for (const { path, kind } of imports) if (kind === "import-statement") loaded.add(path);
    size.bytes += bytes;
    size.gzip += gzipSync(readFileSync(new URL(file, import.meta.url)), { level: 9 }).length;
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const [, part = "entry"] = input.match(/(?:node_modules|^\.\.)\/([^/]+)/) ?? [];
      size.parts[part] = (size.parts[part] ?? 0) + bytesInOutput;
    }
  }
  return { name, url: new URL(entry, import.meta.url).href, ...size };
}
