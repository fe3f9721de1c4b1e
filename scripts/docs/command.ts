import { parseArgs } from "node:util";
import { Unreadable } from "./unreadable-error.js";

const DEFAULT_SOURCE = "https://docs.amili.dev";

type Run<Flag> = (sources: string[], has: (flag: Flag) => boolean) => Promise<number>;

/** Runs a command, which gives its exit code. Where it fails, that is 2: 1 says that something differs. */
export async function command<Flag extends string>(name: string, flags: Flag[], run: Run<Flag>): Promise<void> {
  try {
    const { values, positionals } = readArguments(name, flags);
    const sources = positionals.length > 0 ? positionals : [DEFAULT_SOURCE];
    process.exitCode = await run(sources, (flag) => values[flag] === true);
  } catch (error) {
    console.error(error instanceof Unreadable ? error.message : error);
    process.exitCode = 2;
  }
}

function readArguments(name: string, flags: string[]) {
  try {
    const options = Object.fromEntries(flags.map((flag) => [flag, { type: "boolean" as const }]));
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    const usage = `Usage: npm run ${name} -- [SOURCE…] ${flags.map((flag) => `[--${flag}]`).join(" ")}`;
    throw new Unreadable(`${error instanceof Error ? error.message : error}\n${usage}`, { cause: error });
  }
}
