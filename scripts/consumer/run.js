// Runs `app.js`, or what a bundler made of it, against a sandbox.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { startSandbox } from "amili-client/sandbox";

const [, , file] = process.argv;
globalThis.sandbox = await startSandbox({ batchTime: 0 });
await import(pathToFileURL(resolve(file)).href);
const [outcome] = await globalThis.outcomes;
await globalThis.sandbox.close();
if (outcome.status !== "accepted" || globalThis.event.type !== "NEW") throw new Error(`${file} does not work.`);
