import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

/**
 * Bundles what a user's bundler would ship for one import line, and says how large it is. `file` is written to dist/;
 * `parts` tells how many bytes of it each package or folder brought, before gzip.
 */
export async function bundle(name, source) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: here },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    alias: {
      "amili-client": fileURLToPath(new URL("../src/index.ts", import.meta.url)),
      // The sources would find the one in ../node_modules, if anyone had installed it there.
      "openapi-fetch": fileURLToPath(import.meta.resolve("openapi-fetch")),
    },
    metafile: true,
    write: false,
    absWorkingDir: here,
    outfile: `dist/${name}.mjs`,
  });
  const [{ contents, path }] = outputFiles;
  const [{ inputs }] = Object.values(metafile.outputs);
  const parts = {};
  for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
    const part =
      input
        .match(/node_modules\/([^/]+)|\.\.\/((?:src\/)?[^/]+)/)
        ?.slice(1)
        .find(Boolean) ?? input;
    parts[part] = (parts[part] ?? 0) + bytesInOutput;
  }
  return { file: path, contents, bytes: contents.length, gzip: gzipSync(contents, { level: 9 }).length, parts };
}
