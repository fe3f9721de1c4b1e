import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

/**
 * Bundles what a user's bundler would ship for an import, and says how large it is. `parts` tells how many bytes each
 * package or folder brought.
 */
export async function bundle(name, source) {
  const { metafile } = await build({
    stdin: { contents: source, resolveDir: here },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    alias: {
      "amili-client": fileURLToPath(new URL("../src/index.ts", import.meta.url)),
      "amili-client/observe": fileURLToPath(new URL("../src/observe/index.ts", import.meta.url)),
      // The sources would find the one in ../node_modules, if anyone had installed it there.
      "openapi-fetch": fileURLToPath(import.meta.resolve("openapi-fetch")),
    },
    absWorkingDir: here,
    // Where neither git nor Biome looks.
    outfile: `node_modules/.cache/${name}.mjs`,
    metafile: true,
  });
  const [[file, { inputs, bytes }]] = Object.entries(metafile.outputs);
  const parts = {};
  for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
    const [, part = "entry"] = input.match(/(?:node_modules|^\.\.)\/([^/]+)/) ?? [];
    parts[part] = (parts[part] ?? 0) + bytesInOutput;
  }
  const url = new URL(file, import.meta.url).href;
  return { name, url, bytes, gzip: gzipSync(readFileSync(new URL(url)), { level: 9 }).length, parts };
}
