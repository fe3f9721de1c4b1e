/**
 * Where the examples work, and on whose data. Without any of these variables in a sandbox of their own, which ends with
 * them, so that each run begins anew; else
 *
 * - AMILI_CLIENT_ID, AMILI_CLIENT_SECRET: on Amili's systems, as AMILI_ENVIRONMENT says: "staging", the default here, or
 *   "production"; AMILI_ORGANIZATION_ID and AMILI_CLIENT_NO say whose data it is about;
 * - AMILI_BASE_URLS with all of those: in a sandbox that runs already; `amili-sandbox` prints a line to paste. One that was
 *   started again has forgotten all: then use new file names.
 */
import { Amili, type AmiliOptions, type BaseUrls } from "amili-client";

/** Whose the data of a sandbox is that ends with the program. */
export const OWN_SANDBOX = "a sandbox of its own";

const { env } = process;

function variable(name: string, inSandbox: string, own: boolean): string {
  const value = env[name] || (own && inSandbox);
  if (value) return value;
  throw new Error(`${name} is not set: whose data is it about? In a sandbox ${inSandbox} will do.`);
}

/** All three addresses: half of a program in a sandbox and half elsewhere is what nobody wants. */
function baseUrlsOf(json: string) {
  try {
    const { identity, debtCollection, accountsReceivable } = JSON.parse(json) as Record<keyof BaseUrls, unknown>;
    const urls = { identity, debtCollection, accountsReceivable };
    if (Object.values(urls).every((url) => typeof url === "string")) return urls as Record<keyof typeof urls, string>;
  } catch {
    // Said below.
  }
  const names = '{"identity":"…","debtCollection":"…","accountsReceivable":"…"}';
  throw new Error(`AMILI_BASE_URLS must be JSON such as ${names}, as amili-sandbox prints it; it is ${json}`);
}

async function connect() {
  const { AMILI_CLIENT_ID, AMILI_CLIENT_SECRET, AMILI_BASE_URLS } = env;
  const own = !(AMILI_CLIENT_ID || AMILI_CLIENT_SECRET || AMILI_BASE_URLS);
  const sandbox = own ? await (await import("amili-client/sandbox")).startSandbox() : undefined;
  if (sandbox) console.log(`Sandbox at ${sandbox.url}`);

  // Credentials come from the environment, unless they are the sandbox's.
  const environment = (env.AMILI_ENVIRONMENT || "staging") as NonNullable<AmiliOptions["environment"]>;
  const baseUrls = sandbox?.baseUrls ?? (AMILI_BASE_URLS ? baseUrlsOf(AMILI_BASE_URLS) : undefined);
  const amili = new Amili({ environment, ...(baseUrls && { baseUrls }), ...sandbox?.credentials });
  const whose = (owner: string, api: "debtCollection" | "accountsReceivable") =>
    own ? OWN_SANDBOX : `${owner} at ${baseUrls?.[api] ?? environment}`;
  return { amili, own, whose, close: async () => sandbox?.close() };
}

/** `whose` says whose data it is, and where. */
export async function connectOrganization() {
  const { amili, own, whose, close } = await connect();
  const id = variable("AMILI_ORGANIZATION_ID", "3fa85f64-5717-4562-b3fc-2c963f66afa6", own);
  return { org: amili.debtCollection.organization(id), whose: whose(`organization ${id}`, "debtCollection"), close };
}

/** `whose` says whose data it is, and where. */
export async function connectClient() {
  const { amili, own, whose, close } = await connect();
  const text = variable("AMILI_CLIENT_NO", "2218", own);
  if (!/^\d+$/.test(text)) throw new Error(`AMILI_CLIENT_NO must be a number such as 2218; it is ${text}`);
  const no = Number(text);
  return { client: amili.accountsReceivable.client(no), whose: whose(`client ${no}`, "accountsReceivable"), close };
}
