// Run by a Node.js that strips types: node workerd.ts MINIFLARE PROGRAM. It prints the address of a worker that runs the tasks
// it is sent, all in one instance, until its input ends.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [miniflare = "", program = ""] = process.argv.slice(2);
const { Miniflare } = await import(pathToFileURL(miniflare).href);

const WORKER = `
  import { run } from "./program.js";
  export default {
    async fetch(request) {
      const { step, options } = await request.json();
      return Response.json(await run(step, options));
    },
  };
`;
const worker = new Miniflare({
  modules: [
    { type: "ESModule", path: "worker.js", contents: WORKER },
    { type: "ESModule", path: "program.js", contents: readFileSync(program, "utf8") },
  ],
  compatibilityDate: "2026-01-01",
});
console.log(String(await worker.ready));
process.stdin.resume().on("end", async () => {
  await worker.dispose();
  process.exit();
});
