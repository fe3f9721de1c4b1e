/** What the client costs beside a bare `fetch`: size, calls, start-up. `--json` prints the figures for a program. */
import { mkdirSync, writeFileSync } from "node:fs";
import { bundle } from "./bundle.mjs";
import { measureCalls } from "./calls.mjs";
import { measureStartUp } from "./start-up.mjs";

const bundles = {
  "openapi-fetch": await bundle("openapi-fetch", 'export { default } from "openapi-fetch";'),
  "amili-client": await bundle("amili-client", 'export { Amili } from "amili-client";'),
};
