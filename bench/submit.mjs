import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("submit-process.mjs", import.meta.url));

const RUNS = [
  { name: "chunks of 100", chunkSize: 100, withJournal: false },
  { name: "chunks of 500", chunkSize: 500, withJournal: false },
  { name: "chunks of 500, with `fileJournal`", chunkSize: 500, withJournal: true },
];

/** Time and memory of a million invoices, each run in a process of its own. */
export function measureSubmit({ folder }) {
  return RUNS.map(({ name, chunkSize, withJournal }) => {
    const args = ["--expose-gc", SCRIPT, `${folder}/node_modules/amili-client/dist`, chunkSize, withJournal].map(
      String,
    );
    return { name, ...JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) };
  });
}
