import { Amili, type AmiliOptions, ApiError, type Pager } from "amili-client";
import { fileJournal, testJournal } from "amili-client/node";
import { createObserver, mergeObservations, type Observations } from "amili-client/observe";
import { startSandbox } from "amili-client/sandbox";
import { undiciFetch } from "amili-client/undici";
import { parseWebhook } from "amili-client/webhooks";

const sandbox = await startSandbox();
const options: AmiliOptions = { baseUrls: sandbox.baseUrls, ...sandbox.credentials };
const transport = undiciFetch();
const observer = createObserver({ fetch: transport });
const client = new Amili({ ...options, fetch: observer.fetch }).accountsReceivable.client(2218);
const balance: number | undefined = (await client.arItems.get("2218-500002-35078-0")).currencyBalance;
const customers: Pager<{ customerNo: string }, unknown> = client.customers.list({ pagesize: 10 });
const count: number = (await customers.toArray()).length;
const missing = await client.arItems.get("none").catch((error: unknown) => error);
const event = parseWebhook({ id: "1", type: "SOMETHING_NEW", data: {} });
if (event.type !== "SOMETHING_NEW") throw new Error("The installed webhooks do not work.");
if (balance !== 124.37 || count !== 28 || !(missing instanceof ApiError))
  throw new Error("The installed package does not work.");
const observed: Observations = mergeObservations(observer.observations(), observer.observations());
if (observed.environments.other?.operations["accountsReceivable.getArItem"]?.requests.count !== 4)
  throw new Error("The installed observer does not work.");
await testJournal((name) => fileJournal(name));
await transport.close();
await sandbox.close();
console.log("The installed package compiles and runs.");
