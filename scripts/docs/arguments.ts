import { parseArgs } from "node:util";
import { reasonOf } from "./unreadable.js";

const DEFAULT_SOURCE = "https://docs.amili.dev";

/** Sources and flags of a command. An unknown flag ends it with its usage. */
export function readArguments<Flag extends string>(command: string, flags: Flag[]) {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: Object.fromEntries(flags.map((flag) => [flag, { type: "boolean" as const }])),
    });
    const sources = positionals.length > 0 ? positionals : [DEFAULT_SOURCE];
    return { sources, has: (flag: Flag) => values[flag] === true };
  } catch (error) {
    console.error(
      `${reasonOf(error)}\nUsage: npm run ${command} -- [SOURCE…] ${flags.map((flag) => `[--${flag}]`).join(" ")}`,
    );
    process.exit(2);
  }
}
