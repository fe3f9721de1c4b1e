#!/usr/bin/env node
import { AmiliError } from "amili-client";
import { CommanderError } from "commander";
import { createProgram } from "./program.js";

/** Exits with 2 if it could not do what it was asked; 1 means that something differs. */
async function main(): Promise<void> {
  try {
    await createProgram().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    // commander has already printed its own errors. Those of the library have no values.
    if (!(error instanceof CommanderError))
      console.error(`amili: ${error instanceof AmiliError ? error.message : error}`);
    process.exitCode = 2;
  }
}

await main();
