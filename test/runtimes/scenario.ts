import { Amili } from "amili-client";

const ORGANIZATION = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

const invoices = (count: number) => Array.from({ length: count }, (_, i) => ({ uniqueSourceInvoiceId: `source-${i}` }));

/** What one invoice, or five of them, are sent with. Each gives the statuses of `submit`. */
const STEPS = {
  async fetch(url: string) {
    const body = JSON.stringify({ invoices: invoices(1) });
    await fetch(`${url}/orgs/${ORGANIZATION}/invoices`, { method: "POST", body });
    return [];
  },
  async create(url: string, options: object) {
    await organization(url, options).invoices.create(invoices(1));
    return [];
  },
  async submit(url: string, options: object) {
    const statuses: string[] = [];
    for await (const { status } of organization(url, options).invoices.submit(invoices(5))) statuses.push(status);
    return statuses;
  },
};

export type Step = keyof typeof STEPS;

export interface Result {
  statuses?: string[];
  error?: { name: string; message: string };
}

function organization(url: string, options: object) {
  const baseUrls = { identity: url, debtCollection: url, accountsReceivable: url };
  return new Amili({ accessToken: "token", baseUrls, ...options }).debtCollection.organization(ORGANIZATION);
}

/** Runs in each of the runtimes. A connection is open when the step begins. */
export async function run(step: Step, url: string, options: object): Promise<Result> {
  // Node may not have the first connection back yet when the second request is sent.
  for (let i = 0; i < 3; i++) await (await fetch(url)).text();
  try {
    return { statuses: await STEPS[step](url, options) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { error: { name, message } };
  }
}
