import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** Programs that create one client, by what `scripts/budgets.ts` calls them. */
export const PROGRAMS = {
  "new Amili()": 'import { Amili } from "amili-client"; globalThis.client = new Amili();',
  "createDebtCollection()":
    'import { createDebtCollection } from "amili-client/debt-collection"; globalThis.client = createDebtCollection();',
  "createAccountsReceivable()":
    'import { createAccountsReceivable } from "amili-client/accounts-receivable"; globalThis.client = createAccountsReceivable();',
};

/**
 * Bytes of a program as a user's bundler ships it, minified and compressed: its entry and what that imports, without what
 * is loaded on first use.
 */
export async function programSize(folder: string, program: string): Promise<number> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: folder },
    absWorkingDir: folder,
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    outdir: "out",
    write: false,
    metafile: true,
  });
  const contents = new Map(outputFiles.map((file) => [file.path, file.contents]));
  const loaded = new Set(["out/stdin.js"]);
  // A set also iterates over what is added meanwhile.
  for (const name of loaded) {
    for (const { path, kind } of metafile.outputs[name]?.imports ?? []) {
      if (kind === "import-statement") loaded.add(path);
    }
  }
  return [...loaded].reduce(
    (sum, name) => sum + gzipSync(contents.get(resolve(folder, name)) ?? "", { level: 9 }).length,
    0,
  );
}
