#!/usr/bin/env node
import { parseArguments } from "./arguments.js";
import { type RequestRecord, type Sandbox, startSandbox } from "./index.js";

function describe({ url, baseUrls, credentials }: Sandbox): string {
  const pages = { reference: `${url}/`, requests: `${url}/_sandbox`, state: `${url}/_sandbox/state.json` };
  const lines = Object.entries({ ...baseUrls, ...credentials, ...pages });
  const { clientId, clientSecret } = credentials;
  return [
    `Sandbox at ${url}`,
    ...lines.map(([name, value]) => `  ${name.padEnd(20)}${value}`),
    // To paste into a shell: all that the examples need. The sandbox accepts any organization and client.
    [
      `export AMILI_BASE_URLS='${JSON.stringify(baseUrls)}'`,
      `AMILI_CLIENT_ID=${clientId} AMILI_CLIENT_SECRET=${clientSecret}`,
      "AMILI_ORGANIZATION_ID=3fa85f64-5717-4562-b3fc-2c963f66afa6 AMILI_CLIENT_NO=2218",
    ].join(" "),
  ].join("\n");
}

function logLine({
  at,
  method,
  path,
  status,
  duration,
  injected,
  validationErrors,
  unknownFields,
}: RequestRecord): string {
  const problems = new Set([...validationErrors, ...unknownFields]);
  const outcome = [status ?? "closed", `${duration} ms`, injected && `fault: ${injected}`, ...problems];
  return [at, method, path ?? "(no operation)", ...outcome.filter((part) => part !== undefined)].join("  ");
}

/** The messages of errors that the user can fix, by code. Other errors are printed with their stack. */
const MESSAGES: Record<string, (error: Error) => string> = {
  EADDRINUSE: () => "The port is in use; choose another with --port.",
  EACCES: () => "The port is not permitted; choose another with --port.",
  ERR_SOCKET_BAD_PORT: () => "--port must be at most 65535.",
  invalid_option: ({ message }) => message,
};

function messageOf(error: Error & { code?: string }): string | undefined {
  const { code = "", message, stack } = error;
  return code.startsWith("commander.") ? message.replace(/^error: /, "") : (MESSAGES[code]?.(error) ?? stack);
}

async function main(): Promise<void> {
  const { options, log } = parseArguments(process.argv.slice(2));
  const sandbox = await startSandbox({
    ...options,
    ...(log && { onRequest: (record: RequestRecord) => console.log(logLine(record)) }),
  });
  console.log(describe(sandbox));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void sandbox.close());
}

main().catch((error: Error & { code?: string }) => {
  if (error.code === "commander.helpDisplayed") return;
  console.error(`amili-sandbox: ${messageOf(error)}`);
  process.exitCode = 1;
});
