#!/usr/bin/env node
import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { ConfigurationError } from "../errors.js";
import type { RequestRecord, Sandbox, SandboxOptions } from "./index.js";

const HELP = `Usage: amili-sandbox [options]

A server on loopback that answers as Amili's APIs do, keeps what it is told and fails as it is asked to.

  --port N              the port (default: any free one)
  --seed N              the same seed gives the same data, ids and faults (default 1)
  --size N              customers of each client, and invoices of each organisation (default 28)
  --latency MS          how long every answer takes (default 0)
  --token-lifetime S    seconds that a token lives (default 3600)
  --batch-time MS       how long a batch is QUEUED (default 250)
  --faults FILE|SPEC    faults, in a JSON file or as in
                        "createInvoices:close-after:p=0.1,list*:status=503;retry-after=1:n=2"
  --webhook URL         where events are sent: https:, or http: on loopback
  --log                 print a line for every request
  --help                print this
`;

/** Options that are numbers, by the option of `startSandbox` that each sets. */
const NUMBERS = {
  port: "port",
  seed: "seed",
  size: "size",
  latency: "latency",
  "token-lifetime": "tokenLifetime",
  "batch-time": "batchTime",
} as const satisfies Record<string, keyof SandboxOptions>;

const TEXT = { type: "string" } as const;
const FLAG = { type: "boolean", default: false } as const;

const invalid = (message: string) => new ConfigurationError("invalid_option", message);

function readArguments(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      port: TEXT,
      seed: TEXT,
      size: TEXT,
      latency: TEXT,
      "token-lifetime": TEXT,
      "batch-time": TEXT,
      faults: TEXT,
      webhook: TEXT,
      log: FLAG,
      help: FLAG,
    },
  });
  const options: SandboxOptions = {
    ...(values.faults !== undefined && { faults: readFaults(values.faults) }),
    ...(values.webhook !== undefined && { webhook: values.webhook }),
  };
  for (const [name, option] of Object.entries(NUMBERS) as [keyof typeof NUMBERS, (typeof NUMBERS)["port"]][]) {
    const value = values[name];
    if (value === undefined) continue;
    if (!/^\d+$/.test(value)) throw invalid(`--${name} must be a whole number.`);
    options[option] = Number(value);
  }
  return { options, log: values.log, help: values.help };
}

/** The rules of a file, or those that the text itself is. */
function readFaults(text: string): NonNullable<SandboxOptions["faults"]> {
  if (!existsSync(text)) {
    if (text.endsWith(".json")) throw invalid(`--faults: there is no file ${text}.`);
    return text;
  }
  try {
    return JSON.parse(readFileSync(text, "utf8"));
  } catch {
    throw invalid(`--faults: ${text} is not JSON.`);
  }
}

function describe({ url, baseUrls, credentials }: Sandbox): string {
  const lines = { ...baseUrls, ...credentials, state: `${url}/_sandbox/state.json` };
  return [`Sandbox at ${url}`, ...Object.entries(lines).map(([name, value]) => `  ${name.padEnd(20)}${value}`)].join(
    "\n",
  );
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
