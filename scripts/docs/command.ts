import { Command, CommanderError } from "commander";
import { UnreadableError } from "./unreadable-error.js";

const DEFAULT_SOURCE = "https://docs.amili.dev";

/** A command over sources of documentation pages. */
export function sourceCommand(name: string, description: string): Command {
  return new Command(`npm run ${name} --`)
    .description(description)
    .argument("[sources...]", "URLs of sites or pages, folders of saved pages, or files", [DEFAULT_SOURCE]);
}

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
