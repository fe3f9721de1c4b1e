import { Amili, type AmiliOptions, ApiError, type Pager } from "amili-client";
import { fileJournal, testJournal } from "amili-client/node";
import { startSandbox } from "amili-client/sandbox";
import { undiciFetch } from "amili-client/undici";
import { parseWebhook } from "amili-client/webhooks";

const sandbox = await startSandbox();
const options: AmiliOptions = { baseUrls: sandbox.baseUrls, ...sandbox.credentials };
const fetch = undiciFetch();
const client = new Amili({ ...options, fetch }).accountsReceivable.client(2218);
const balance: number | undefined = (await client.arItems.get("2218-500002-35078-0")).currencyBalance;
const customers: Pager<{ customerNo: string }, unknown> = client.customers.list({ pagesize: 10 });
const count: number = (await customers.toArray()).length;
const missing = await client.arItems.get("none").catch((error: unknown) => error);
const event = parseWebhook({ id: "1", type: "SOMETHING_NEW", data: {} });
if (event.type !== "SOMETHING_NEW") throw new Error("The installed webhooks do not work.");
if (balance !== 124.37 || count !== 28 || !(missing instanceof ApiError))
  throw new Error("The installed package does not work.");
await testJournal((name) => fileJournal(name));
await fetch.close();
await sandbox.close();
console.log("The installed package compiles and runs.");
