import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import autocannon from "autocannon";

const SECONDS = 5;
const CONNECTIONS = 32;
const ORGANIZATION = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

const invoices = JSON.stringify({
  invoices: [
    { type: "NOTICE", invoiceNumber: "1", uniqueSourceInvoiceId: "1", originalInvoiceAmount: 1, currency: "NOK" },
  ],
});

/** Requests per second that the sandbox answers, each of them validated against the specs. */
export async function measureSandbox({ folder }) {
  const cli = join(folder, "node_modules/amili-client/dist/cli.js");
  const child = spawn(process.execPath, [cli, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const url = await urlOf(child);
    const headers = { authorization: `Bearer ${await tokenOf(url)}`, "content-type": "application/json" };
    const requests = {
      "a batch list": { url: `${url}/collection/v1/orgs/${ORGANIZATION}/batches` },
      "a page of 28 customers": { url: `${url}/arm/v1/clients/2218/customers` },
      "a new invoice": { url: `${url}/collection/v1/orgs/${ORGANIZATION}/invoices`, method: "POST", body: invoices },
    };
    const results = [];
    for (const [name, request] of Object.entries(requests)) {
      const { requests: sent, non2xx } = await autocannon({
        ...request,
        headers,
        connections: CONNECTIONS,
        duration: SECONDS,
      });
      if (non2xx > 0) throw new Error(`${non2xx} of the requests for ${name} failed`);
      results.push({ name, perSecond: sent.average });
    }
    return results;
  } finally {
    child.kill();
  }
}

/** The URL in the first line that the sandbox prints. */
async function urlOf(child) {
  for await (const line of createInterface(child.stdout)) return line.replace("Sandbox at ", "");
  throw new Error("The sandbox did not start");
}

async function tokenOf(url) {
  const credentials = { client_id: "sandbox-client", client_secret: "sandbox-secret" };
  const body = new URLSearchParams({ grant_type: "client_credentials", ...credentials });
  const response = await fetch(`${url}/identity/token`, { method: "POST", body });
  return (await response.json()).access_token;
}
