import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { version } from "../../generated/version.js";
import { ObservationFile } from "./observation-file.js";
import { planProbe, printPlan } from "./plan.js";
import { reportOf, textReport } from "./report.js";
import { runProbe, type StepResult } from "./run-probe.js";
import { signatureReport } from "./signature-report.js";
import { matchSignature } from "./webhook-signature.js";

interface ReadFlags {
  production?: true;
  inferred?: true;
  errors?: true;
  organization?: string;
  client?: string;
  rate: number;
  dryRun?: true;
  json?: true;
  save?: string;
}

interface WebhookFlags {
  payload: string;
  header: string;
  timestamp?: string;
}

/** The commands of `amili`. They print to stdout, progress to stderr. */
export function createProgram(): Command {
  const program = new Command("amili")
    .description("Tools for Amili's APIs.")
    .version(version)
    .exitOverride()
    .showHelpAfterError();
  const { AMILI_ORGANIZATION_ID, AMILI_CLIENT_NO } = process.env;
  const probe = program
    .command("probe")
    .description(
      "Calls read operations with the credentials in AMILI_CLIENT_ID and AMILI_CLIENT_SECRET, and compares the shapes of the " +
        "responses with the specs. Sends no writes, and prints no values. Exit code: 0 nothing new, 1 something new, " +
        "2 a request failed.",
    )
    .option("--production", "probe production instead of staging")
    .option("--inferred", "also try operations whose path or method is inferred")
    .option("--errors", "also send reads that can only fail, to see error bodies")
    .option(
      "--organization <id>",
      "an organization (default: AMILI_ORGANIZATION_ID, or one that is found in a list)",
      AMILI_ORGANIZATION_ID,
    )
    .option("--client <no>", "a client number (default: AMILI_CLIENT_NO)", AMILI_CLIENT_NO)
    .option("--rate <n>", "requests per second", rate, 2)
    .option("--dry-run", "print the plan and send nothing")
    .option("--json", "print the report as JSON")
    .option("--save <file>", "write what was observed to a file, or add it to one")
    .action(probeReads);
  probe
    .command("webhook")
    .description(
      "Finds out how a webhook was signed, from one delivery. The secret is in AMILI_WEBHOOK_SECRET. Exit code: 0 found, " +
        "1 not found.",
    )
    .requiredOption("--payload <file>", "the raw body of the delivery")
    .requiredOption("--header <value>", "the value of its signature header")
    .option("--timestamp <value>", "the value of a header with a timestamp, if there is one")
    .action(probeWebhook);
  return program;
}

function rate(value: string): number {
  const number = Number(value);
  if (number > 0 && number <= 100) return number;
  throw new InvalidArgumentError("It must be a number above 0 and at most 100.");
}

async function probeReads(flags: ReadFlags): Promise<void> {
  const { production = false, organization, client, dryRun, json, save } = flags;
  const plan = planProbe(flags);
  if (!json || dryRun) console.log(printPlan(plan));
  if (dryRun) return;
  const file = save === undefined ? undefined : await ObservationFile.open(save);
  let done = 0;
  const onStep = (result: StepResult) => console.error(`${++done}/${plan.length} ${progressOf(result)}`);
  const result = await runProbe(plan, { production, organization, client, rate: flags.rate, onStep });
  await file?.add(result.observations);
  const report = reportOf(result);
  console.log(json ? JSON.stringify(report, null, 2) : `\n${textReport(report)}`);
  process.exitCode = report.exit;
}

const progressOf = ({ step: { key, purpose }, status, skipped, failed }: StepResult) =>
  [key, ...(purpose === "read" ? [] : [`(${purpose})`]), failed ?? skipped ?? status].join(" ");

async function probeWebhook({ payload, header, timestamp }: WebhookFlags): Promise<void> {
  const { AMILI_WEBHOOK_SECRET: secret } = process.env;
  if (!secret) throw new Error("AMILI_WEBHOOK_SECRET is not set.");
  // Logs show the whole line of a header.
  const value = header.replace(/^x-[\w-]+:\s*/i, "");
  const found = await matchSignature({ secret, body: readFileSync(payload), header: value, timestamp });
  console.log(signatureReport(found));
  process.exitCode = found.length > 0 ? 0 : 1;
}
