import { existsSync, readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { ConfigurationError } from "../errors.js";
import type { SandboxOptions } from "./options.js";

export const HELP = `Usage: amili-sandbox [options]

A server on loopback that answers as Amili's APIs do, keeps what it is told and fails as it is asked to.

  --port N              the port (default: any free one)
  --seed N              the same seed gives the same data, ids and faults (default 1)
  --size N              customers of each client, and invoices of each organisation (default 28)
  --latency MS          how long every answer takes (default 0)
  --token-lifetime S    seconds that a token lives (default 3600)
  --batch-time MS       how long a batch is QUEUED (default 250)
  --faults FILE|SPEC    faults, in a JSON file or as in
                        "createInvoices:close-after:p=0.1,list*:status=503;retry-after=1:n=2";
                        several rules are joined by commas
  --webhook URL         where events are sent: https:, or http: on loopback
  --log                 print a line for every request
  -h, --help            print this
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

/** What the command line asks for. */
export function readArguments(args: string[]) {
  const { values, tokens } = parseArgs({
    args,
    tokens: true,
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
      help: { ...FLAG, short: "h" },
    },
  });
  const names = tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  // The last one would hold, and the others be gone without a word.
  if (repeated !== undefined) throw invalid(`--${repeated} was given more than once; give it once.`);
  const options: SandboxOptions = {
    ...(values.faults !== undefined && { faults: readFaults(values.faults) }),
    ...(values.webhook !== undefined && { webhook: values.webhook }),
  };
  for (const [name, option] of Object.entries(NUMBERS) as [keyof typeof NUMBERS, (typeof NUMBERS)["port"]][]) {
    const value = values[name];
    if (value === undefined) continue;
    if (!/^\d+$/.test(value)) throw invalid(`--${name} must be a whole number; ${JSON.stringify(value)} was given.`);
    options[option] = Number(value);
  }
  return { options, log: values.log, help: values.help };
}

/** What no rule looks like: it has a colon, and begins with a name. */
const isPath = (text: string): boolean => !text.includes(":") || /^\.{0,2}\/|\.json$/i.test(text);

/** The rules of a file, or those that the text itself is. */
function readFaults(text: string): NonNullable<SandboxOptions["faults"]> {
  if (!existsSync(text)) {
    if (text === "" || !isPath(text)) return text;
    throw invalid(`--faults: there is no file ${text}; a rule has the form TARGET:KIND, as in *:close-after.`);
  }
  if (statSync(text).isDirectory()) throw invalid(`--faults: ${text} is a directory; give a file in it.`);
  try {
    // Some editors begin a file with a mark of its byte order.
    return JSON.parse(readFileSync(text, "utf8").replace(/^\ufeff/, ""));
  } catch {
    throw invalid(`--faults: ${text} is not JSON.`);
  }
}
