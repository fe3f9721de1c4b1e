import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { isLoopbackHost } from "../loopback.js";
import { jsonPage, type Page, type Pages } from "../pages.js";
import type { SandboxState } from "../sandbox.js";
import { ACTIVITY_SCRIPT, activityPage } from "./activity.js";
import { listPage, REFERENCE_SCRIPT, referencePage } from "./reference.js";
import { loadSpecs, SPEC_NAMES, servedSpec } from "./specs.js";
import { STYLE } from "./style.js";

const { resolve } = createRequire(import.meta.url);

interface PagesOptions {
  state(): SandboxState;
  /** The address of the sandbox. */
  url(): string;
  /** Where Scalar's bundle is; `undefined` where it is not installed. */
  scalar?: () => string | undefined;
}

/** Nothing but what stands on the sandbox itself, and no script within a page. */
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

/** Scalar puts styles into the page. */
const SCALAR_POLICY = {
  ...POLICY,
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data: blob:",
  "font-src": "'self' data:",
};

/** What the sandbox shows to a browser: the reference, and what it was asked. */
export function pagesOf({ state, url, scalar = installedScalar }: PagesOptions): Pages {
  // By the name that the browser knows it under, so that calls from the reference stay within its origin.
  const originOf = ({ headers: { host } }: IncomingMessage) => (isLoopbackHost(host) ? `http://${host}` : url());
  const specPages = SPEC_NAMES.map((name, index): [string, Pages[string]] => [
    `/_sandbox/openapi/${name}.json`,
    async (message) => {
      const spec = (await loadSpecs())[index];
      return spec && jsonPage(servedSpec(spec, originOf(message)));
    },
  ]);
  return {
    "/": async () => {
      const specs = await loadSpecs();
      return scalar() === undefined ? html(listPage(specs), POLICY) : html(referencePage(specs), SCALAR_POLICY);
    },
    "/_sandbox": () => html(activityPage(state()), POLICY),
    "/_sandbox/state.json": () => jsonPage(state()),
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

const html = (body: string, policy: Record<string, string>): Page => {
  const text = Object.entries(policy).map((directive) => directive.join(" "));
  return { type: "text/html; charset=utf-8", body, headers: { "content-security-policy": text.join("; ") } };
};

const script = (body: string | Uint8Array): Page => ({ type: "text/javascript; charset=utf-8", body });

/**
 * Beside the package's entry: not all of its versions export the bundle. Looked for whenever it is needed, so that
 * installing it needs no restart.
 */
function installedScalar(): string | undefined {
  try {
    const bundle = join(dirname(resolve("@scalar/api-reference")), "browser/standalone.js");
    return existsSync(bundle) ? bundle : undefined;
  } catch {
    return undefined;
  }
}
