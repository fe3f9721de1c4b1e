/**
 * Connects an example to Amili or to a sandbox, as these environment variables say:
 *
 * - AMILI_CLIENT_ID and AMILI_CLIENT_SECRET: Amili's systems. AMILI_ENVIRONMENT is "staging", the default here, or
 *   "production". AMILI_ORGANIZATION_ID or AMILI_CLIENT_NO is required.
 * - AMILI_BASE_URLS, and all of those: a sandbox that is running. `amili-sandbox` prints a line to paste. A restarted
 *   sandbox has lost its data: use new file names.
 * - None of them: a temporary sandbox, started by the program and closed at its end. Each run starts from the beginning.
 */
import { Amili, type BaseUrls } from "amili-client";

/** The owner of the data of a sandbox that ends with the program. */
export const TEMPORARY_SANDBOX = "a temporary sandbox";

const { env } = process;
// The library's default is production.
env.AMILI_ENVIRONMENT ||= "staging";

async function connect(kind: string, variable: string, example: string, api: "debtCollection" | "accountsReceivable") {
  const isTemporary = !(env.AMILI_CLIENT_ID || env.AMILI_CLIENT_SECRET || env.AMILI_BASE_URLS);
  const sandbox = isTemporary ? await (await import("amili-client/sandbox")).startSandbox() : undefined;
  if (sandbox) console.log(`Sandbox at ${sandbox.url}`);

  // Credentials and base URLs come from the environment, unless they are the temporary sandbox's.
  const amili = new Amili(sandbox && { baseUrls: sandbox.baseUrls, ...sandbox.credentials });
  const baseUrls = checkBaseUrls(env.AMILI_BASE_URLS || undefined);
  const id = env[variable] || (isTemporary && example);
  if (!id) throw new Error(`${variable} is not set. In a sandbox any will do, such as ${example}.`);
  const owner = isTemporary ? TEMPORARY_SANDBOX : `${kind} ${id} at ${baseUrls?.[api] ?? env.AMILI_ENVIRONMENT}`;
  return { amili, id, owner, close: async () => sandbox?.close() };
}

/** Requires the base URLs of all APIs that the examples call, so that no call reaches Amili's systems by mistake. */
function checkBaseUrls(json: string | undefined): BaseUrls | undefined {
  if (!json) return undefined;
  // `new Amili()` has checked everything else.
  const baseUrls: BaseUrls = JSON.parse(json);
  const required = ["identity", "debtCollection", "accountsReceivable"] as const;
  const missing = required.filter((name) => !baseUrls[name]);
  if (missing.length === 0) return baseUrls;
  throw new Error(`AMILI_BASE_URLS lacks ${missing.join(", ")}. Set it as amili-sandbox prints it.`);
}

/** Connects to an organization's debt collection. `owner` identifies the organization and the system. */
export async function connectOrganization() {
  const id = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
  const { amili, ...connection } = await connect("organization", "AMILI_ORGANIZATION_ID", id, "debtCollection");
  return { org: amili.debtCollection.organization(connection.id), ...connection };
}

/** Connects to a client's accounts receivable. `owner` identifies the client and the system. */
export async function connectClient() {
  const { amili, ...connection } = await connect("client", "AMILI_CLIENT_NO", "2218", "accountsReceivable");
  const { id } = connection;
  if (!/^\d+$/.test(id)) throw new Error(`AMILI_CLIENT_NO must be a number such as 2218; it is "${id}".`);
  return { client: amili.accountsReceivable.client(Number(id)), ...connection };
}
