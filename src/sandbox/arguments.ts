import { existsSync, readFileSync, statSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import type { SandboxOptions } from "./options.js";

function integer(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError("It must be an integer of at least 0.");
  return Number(value);
}

/** A rule contains a colon and does not look like a path. */
const isPath = (text: string): boolean => !text.includes(":") || /^\.{0,2}\/|\.json$/i.test(text);

/** The rules in a file, or the text itself if it is not a path. */
function faults(text: string): NonNullable<SandboxOptions["faults"]> {
  if (!existsSync(text)) {
    if (text === "" || !isPath(text)) return text;
    throw new InvalidArgumentError("There is no such file; a rule has the form TARGET:KIND, as in *:close-after.");
  }
  if (statSync(text).isDirectory()) throw new InvalidArgumentError("It is a directory; name a file.");
  try {
    // Some editors start a file with a byte order mark.
    return JSON.parse(readFileSync(text, "utf8").replace(/^\ufeff/, ""));
  } catch {
    throw new InvalidArgumentError("The file is not JSON.");
  }
}

const origins = (text: string): NonNullable<SandboxOptions["cors"]> => (text === "*" ? true : text.split(","));

/**
 * Parses the command line.
 *
 * @throws {CommanderError} for an invalid command line, and after the help text was printed
 */
export function parseArguments(args: string[]): { options: SandboxOptions; log: boolean } {
  const command = new Command("amili-sandbox")
    .description("A local server that simulates Amili's APIs, keeps state and injects faults.")
    .option("--port <n>", "the port (default: a free one)", integer)
    .option("--seed <n>", "the same seed gives the same data, ids and faults (default: 1)", integer)
    .option("--size <n>", "customers of each client, and invoices of each organization (default: 28)", integer)
    .option("--latency <ms>", "the delay of every response (default: 0)", integer)
    .option("--token-lifetime <s>", "the lifetime of a token in seconds (default: 3600)", integer)
    .option("--batch-time <ms>", "how long a batch is QUEUED (default: 250)", integer)
    .option(
      "--faults <file|rules>",
      'faults in a JSON file, or as text: "createInvoices:close-after:p=0.1,list*:status=503;retry-after=1:n=2"',
      faults,
    )
    .option("--strict", "refuse fields of a body that the spec does not name")
    .option("--cors <origins>", "whose pages may call it from a browser: origins with commas between, or *", origins)
    .option("--webhook <url>", "where events are sent: https:, or http: on loopback")
    .option("--log", "print a line for every request")
    .helpOption("-h, --help", "print this text")
    .configureOutput({ writeErr: () => {} })
    .exitOverride();
  for (const option of command.options) {
    let isGiven = false;
    // Commander would use the last value and ignore the others.
    command.on(`option:${option.name()}`, () => {
      if (isGiven) command.error(`error: option '${option.long}' was given more than once`);
      isGiven = true;
    });
  }
  const { log = false, ...options } = command.parse(args, { from: "user" }).opts<SandboxOptions & { log?: boolean }>();
  return { options, log };
}
