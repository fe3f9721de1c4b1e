import { Command, CommanderError, Option } from "commander";
import type { CheckOptions } from "./check-sources.js";
import { ENVIRONMENTS } from "./read/observed.js";
import { UnreadableError } from "./unreadable-error.js";

const DEFAULT_SOURCE = "https://docs.amili.dev";

const append = (value: string, values: string[] = []) => [...values, value];

/** The options of {@link sourceCommand}. */
export type SourceOptions = Pick<CheckOptions, "observations" | "environments">;

/** A command over sources of documentation pages, and over observation files. */
export function sourceCommand(name: string, description: string): Command {
  return new Command(`npm run ${name} --`)
    .description(description)
    .argument(
      "[sources...]",
      `URLs of sites or pages, folders of saved pages, or files (default: ${DEFAULT_SOURCE}, or none with --observations)`,
    )
    .option("--observations <file>", "a file of amili-client/observe or amili probe; may be repeated", append)
    .addOption(
      new Option("--environments <names...>", "whose observations count (default: production and staging)").choices(
        ENVIRONMENTS,
      ),
    );
}

/** The sources of a command line. */
export const sourcesOf = (sources: string[], { observations }: SourceOptions): string[] =>
  sources.length > 0 || observations ? sources : [DEFAULT_SOURCE];

/** Runs a command with the arguments of the process. It fails with exit code 2; 1 means that something differs. */
export async function runCommand(command: Command): Promise<void> {
  try {
    await command.exitOverride().showHelpAfterError().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    // commander has already printed its own errors.
    if (!(error instanceof CommanderError)) console.error(error instanceof UnreadableError ? error.message : error);
    process.exitCode = 2;
  }
}
