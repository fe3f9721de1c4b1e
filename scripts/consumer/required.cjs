// Node loads ES modules with require() from 20.19 on.
const { Amili } = require("amili-client");
const { startSandbox } = require("amili-client/sandbox");
const { parseWebhook } = require("amili-client/webhooks");

async function main() {
  const sandbox = await startSandbox();
  const amili = new Amili({ baseUrls: sandbox.baseUrls, ...sandbox.credentials });
  const customers = await amili.accountsReceivable.client(2218).customers.list().toArray();
  await sandbox.close();
  const event = parseWebhook({ id: "1", type: "NEW", data: {} });
  if (customers.length !== 28 || event.type !== "NEW") throw new Error("The required package does not work.");
}

main();
