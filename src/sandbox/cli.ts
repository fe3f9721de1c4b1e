#!/usr/bin/env node
import { HELP, readArguments } from "./arguments.js";
import type { RequestRecord, Sandbox } from "./index.js";

function describe({ url, baseUrls, credentials }: Sandbox): string {
  const pages = { reference: `${url}/`, requests: `${url}/_sandbox`, state: `${url}/_sandbox/state.json` };
  const lines = Object.entries({ ...baseUrls, ...credentials, ...pages });
  const { clientId, clientSecret } = credentials;
  return [
    `Sandbox at ${url}`,
    ...lines.map(([name, value]) => `  ${name.padEnd(20)}${value}`),
    // To be pasted into a shell. With it the examples need no more; the sandbox takes any organization and client.
    [
      `export AMILI_BASE_URLS='${JSON.stringify(baseUrls)}'`,
      `AMILI_CLIENT_ID=${clientId} AMILI_CLIENT_SECRET=${clientSecret}`,
      "AMILI_ORGANIZATION_ID=3fa85f64-5717-4562-b3fc-2c963f66afa6 AMILI_CLIENT_NO=2218",
    ].join(" "),
  ].join("\n");
}

function logLine({ at, method, path, status, duration, injected, faults }: RequestRecord): string {
  const outcome = [status ?? "closed", `${duration} ms`, injected && `fault: ${injected}`, ...faults];
  return [at, method, path ?? "(no operation)", ...outcome.filter((part) => part !== undefined)].join("  ");
}

/** What to tell of an error that the caller can put right; others are the sandbox's own. */
const KNOWN: Record<string, (error: Error) => string> = {
  EADDRINUSE: () => "The port is in use; choose another with --port.",
  EACCES: () => "The port may not be used; choose another with --port.",
  ERR_MODULE_NOT_FOUND: () => "It needs two packages beside this one: npm install openapi-backend ajv-formats",
  ERR_PARSE_ARGS_UNKNOWN_OPTION: ({ message }) => message,
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: ({ message }) => message,
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: ({ message }) => message,
  ERR_SOCKET_BAD_PORT: () => "--port must be at most 65535.",
  invalid_option: ({ message }) => message,
};

async function main(): Promise<void> {
  const { options, log, help } = readArguments(process.argv.slice(2));
  if (help) return void console.log(HELP);
  // Not before the arguments were read: what it needs may be missing.
  const { startSandbox } = await import("./index.js");
  const sandbox = await startSandbox({
    ...options,
    ...(log && { onRequest: (record: RequestRecord) => console.log(logLine(record)) }),
  });
  console.log(describe(sandbox));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void sandbox.close());
}

main().catch((error: Error & { code?: string }) => {
  console.error(`amili-sandbox: ${KNOWN[error.code ?? ""]?.(error) ?? error.stack}`);
  process.exitCode = 1;
});
