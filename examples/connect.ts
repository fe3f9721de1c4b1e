/**
 * Where the examples work. Without any of these variables in a sandbox of their own, which ends with them; else
 *
 * - AMILI_CLIENT_ID, AMILI_CLIENT_SECRET: on Amili's systems, as AMILI_ENVIRONMENT says: "staging", the default here, or
 *   "production"; AMILI_ORGANIZATION_ID and AMILI_CLIENT_NO say whose data it is about;
 * - AMILI_BASE_URLS with all of those: in a sandbox that runs already. JSON, as `amili-sandbox` and `startSandbox` tell it.
 */
import { Amili, type AmiliOptions } from "amili-client";

const { env } = process;

function variable(name: string, inSandbox?: string): string {
  const value = env[name] || inSandbox;
  if (value) return value;
  throw new Error(`${name} is not set: whose data is it about?`);
}

export async function connect() {
  const { AMILI_CLIENT_ID, AMILI_CLIENT_SECRET, AMILI_BASE_URLS } = env;
  const own = !(AMILI_CLIENT_ID || AMILI_CLIENT_SECRET || AMILI_BASE_URLS);
  const sandbox = own ? await (await import("amili-client/sandbox")).startSandbox() : undefined;
  if (sandbox) console.log(`Sandbox at ${sandbox.url}`);

  // Credentials come from the environment, unless they are the sandbox's.
  const environment = (env.AMILI_ENVIRONMENT || "staging") as NonNullable<AmiliOptions["environment"]>;
  const baseUrls = sandbox?.baseUrls ?? (AMILI_BASE_URLS ? JSON.parse(AMILI_BASE_URLS) : {});
  const amili = new Amili({ environment, baseUrls, ...sandbox?.credentials });

  return {
    amili,
    /** Part of the names of files that tell how far a program came, so that trying it out leaves none for production. */
    where: own || AMILI_BASE_URLS ? "sandbox" : environment,
    get org() {
      const id = variable("AMILI_ORGANIZATION_ID", own ? "3fa85f64-5717-4562-b3fc-2c963f66afa6" : undefined);
      return amili.debtCollection.organization(id);
    },
    get client() {
      return amili.accountsReceivable.client(Number(variable("AMILI_CLIENT_NO", own ? "2218" : undefined)));
    },
    close: async () => sandbox?.close(),
  };
}
