import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { isLoopbackHost } from "../server/loopback.js";
import { ACTIVITY_SCRIPT, activityPage } from "./activity.js";
import type { BrowserPage, BrowserPages } from "./page.js";
import { listPage, REFERENCE_SCRIPT, referencePage } from "./reference.js";
import { loadSpecs, SPEC_NAMES, servedSpec } from "./specs.js";
import type { SandboxState } from "./state.js";
import { STYLE } from "./style.js";

const { resolve } = createRequire(import.meta.url);

interface PagesOptions {
  state(): SandboxState;
  /** The URL of the sandbox. */
  url(): string;
  /** The path of Scalar's bundle; `undefined` if it is not installed. */
  scalar?: () => string | undefined;
}

/** Allows only what the sandbox itself serves, and no inline script. */
const POLICY = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self'",
  "img-src": "data:",
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
};

/** Scalar uses inline styles. */
const SCALAR_POLICY = {
  ...POLICY,
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data: blob:",
  "font-src": "'self' data:",
};

/** The pages for a browser: the API reference, and the requests and state of the sandbox. */
export function createPages({ state, url, scalar = installedScalar }: PagesOptions): BrowserPages {
  // The host that the browser uses, so that calls from the reference have the same origin.
  const originOf = ({ headers: { host } }: IncomingMessage) => (isLoopbackHost(host) ? `http://${host}` : url());
  const specPages = SPEC_NAMES.map((name, index): [string, BrowserPages[string]] => [
    `/_sandbox/openapi/${name}.json`,
    async (message) => {
      const spec = (await loadSpecs())[index];
      return spec && json(servedSpec(spec, originOf(message)));
    },
  ]);
  return {
    "/": async () => {
      const specs = await loadSpecs();
      return scalar() === undefined ? html(listPage(specs), POLICY) : html(referencePage(specs), SCALAR_POLICY);
    },
    "/_sandbox": () => html(activityPage(state()), POLICY),
    "/_sandbox/state.json": () => json(state()),
    "/_sandbox/assets/style.css": () => ({ type: "text/css; charset=utf-8", body: STYLE }),
    "/_sandbox/assets/activity.js": () => script(ACTIVITY_SCRIPT),
    "/_sandbox/assets/reference.js": () => script(REFERENCE_SCRIPT),
    "/_sandbox/assets/scalar.js": async () => {
      const path = scalar();
      return path === undefined ? undefined : script(await readFile(path));
    },
    ...Object.fromEntries(specPages),
  };
}

const html = (body: string, policy: Record<string, string>): BrowserPage => {
  const directives = Object.entries(policy).map((directive) => directive.join(" "));
  return { type: "text/html; charset=utf-8", body, headers: { "content-security-policy": directives.join("; ") } };
};

const json = (value: unknown): BrowserPage => ({ type: "application/json", body: JSON.stringify(value) });

const script = (body: string | Uint8Array): BrowserPage => ({ type: "text/javascript; charset=utf-8", body });

/** Found by the package's entry, since not all versions export the bundle; on each request, so that it can be added. */
function installedScalar(): string | undefined {
  try {
    const bundle = join(dirname(resolve("@scalar/api-reference")), "browser/standalone.js");
    return existsSync(bundle) ? bundle : undefined;
  } catch {
    return undefined;
  }
}
