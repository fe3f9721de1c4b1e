import { ConfigurationError } from "../errors.js";

/** What distinguishes platforms. Bun, Deno and Electron have Node's `process` too, test environments a `window`. */
interface PlatformGlobals {
  Bun?: { version?: unknown };
  Deno?: { version?: { deno?: unknown } };
  EdgeRuntime?: unknown;
  /** Of pages. */
  document?: unknown;
  /** Of the workers of pages. */
  importScripts?: unknown;
  navigator?: { userAgent?: unknown };
  process?: { type?: unknown; versions?: Record<string, string | undefined> };
}

interface Platform {
  name: string;
  isCurrent(globals: PlatformGlobals): boolean;
  /** Undefined where a request cannot be kept from being sent twice. */
  prepare: ((init: RequestInit) => RequestInit) | undefined;
}

const unchanged = (init: RequestInit) => init;

/** The first match counts. test/runtimes measures Node.js, Deno, Bun and Chromium. */
const PLATFORMS: readonly Platform[] = [
  {
    name: "a browser behind a Node.js process object (Electron renderer, NW.js, WebContainer)",
    isCurrent: ({ process }) =>
      process?.type === "renderer" ||
      process?.type === "worker" ||
      process?.versions?.nw !== undefined ||
      process?.versions?.webcontainer !== undefined,
    prepare: undefined,
  },
  { name: "Deno", isCurrent: ({ Deno }) => typeof Deno?.version?.deno === "string", prepare: streamBody },
  {
    name: "Bun",
    isCurrent: ({ Bun }) => typeof Bun?.version === "string",
    // Bun up to 1.3.13 resends any request that was sent on a reused connection. This opens a new one.
    prepare: (init) => ({ ...init, keepalive: false }),
  },
  {
    name: "Cloudflare Workers",
    isCurrent: ({ navigator }) => navigator?.userAgent === "Cloudflare-Workers",
    prepare: unchanged,
  },
  { name: "Vercel Edge Runtime", isCurrent: ({ EdgeRuntime }) => typeof EdgeRuntime === "string", prepare: unchanged },
  { name: "Node.js", isCurrent: ({ process }) => typeof process?.versions?.node === "string", prepare: unchanged },
  { name: "a browser or an unknown platform", isCurrent: () => true, prepare: undefined },
];

const currentPlatform = (globals: PlatformGlobals) => PLATFORMS.find(({ isCurrent }) => isCurrent(globals));

/** Whether the platform's own `fetch` may send a request twice, and nothing prevents it. */
export const canPlatformResend = (globals: PlatformGlobals = globalThis) => !currentPlatform(globals)?.prepare;

/** Whether this is a page, or a worker of one, so that its user can read whatever the program holds. */
export const isBrowser = (globals: PlatformGlobals = globalThis) =>
  canPlatformResend(globals) && (typeof globals.document === "object" || typeof globals.importScripts === "function");

/**
 * Prepares the options of a non-idempotent request so that the platform's own `fetch` sends it at most once. Some platforms
 * send a request again by themselves when the connection closes before the response. The result is good for one attempt:
 * its body may be a stream. `init` stays as it is.
 *
 * @param allowResend sends it even where that cannot be prevented
 * @throws {ConfigurationError} otherwise
 */
export function withoutPlatformResend(
  init: RequestInit,
  allowResend: boolean,
  globals: PlatformGlobals = globalThis,
): RequestInit {
  const platform = currentPlatform(globals);
  if (platform?.prepare) return platform.prepare(init);
  if (allowResend) return init;
  throw new ConfigurationError(
    "platform_resend",
    `The ${init.method} request was not sent. This is ${platform?.name}, whose fetch can send a non-idempotent ` +
      "request twice when a connection closes. Call the API from a server, pass a fetch of your own, or accept " +
      "duplicates with allowPlatformResend: true.",
  );
}

/**
 * Deno does not resend a body that it cannot read twice. An HTTP client without a pool (`poolMaxIdlePerHost: 0`) does not
 * suffice: before 2.9.6 Deno resends on new connections, too.
 */
function streamBody(init: RequestInit): RequestInit & { duplex: "half" } {
  const { body, headers: implied } = new Response(init.body ?? new Uint8Array());
  const headers = new Headers(init.headers);
  const contentType = implied.get("content-type");
  if (contentType !== null && !headers.has("content-type")) headers.set("content-type", contentType);
  // Deno 2.9 recognises the body of a Response and resends its bytes. It cannot look through a TransformStream.
  return { ...init, headers, body: body?.pipeThrough(new TransformStream()) ?? null, duplex: "half" };
}
