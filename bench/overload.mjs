/**
 * How many requests a service under overload gets: from this client, the AWS SDK, stripe-node and grpc-js, each with two
 * retries, on the same machine in one run. `--json` gives the figures for a program.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import * as grpc from "@grpc/grpc-js";
import Stripe from "stripe";
import { installPacked } from "./packed.mjs";

const { Amili } = await installPacked().import("amili-client/dist/index.js");

/** What a service answers to request number `n` of a second: an HTTP status. */
const SCENARIOS = [
  { name: "1,000 calls, 200 at a time, all 503", calls: 1000, concurrency: 200, answer: () => 503 },
  { name: "200 calls at once, all 429 with Retry-After: 1", calls: 200, concurrency: 200, answer: () => 429 },
  {
    name: "200 calls at once, 50 a second are served",
    calls: 200,
    concurrency: 200,
    answer: (n) => (n < 50 ? 200 : 429),
  },
];

/** Counts requests, and gives each its answer after 20 ms. */
function createService(answer) {
  const service = {
    requests: 0,
    bySecond: new Map(),
    async respond() {
      service.requests++;
      await new Promise((resolve) => setTimeout(resolve, 20));
      const second = Math.floor(performance.now() / 1000);
      const n = service.bySecond.get(second) ?? 0;
      const status = answer(n);
      if (status === 200) service.bySecond.set(second, n + 1);
      return status;
    },
  };
  return service;
}

async function serveHttp(service, bodyOf) {
  const server = createServer(async (_, response) => {
    const status = await service.respond();
    const { type, text } = bodyOf(status);
    response.writeHead(status, { "content-type": type, ...(status === 429 && { "retry-after": "1" }) }).end(text);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port: server.address().port, close };
}

const json = (value) => ({ type: "application/json", text: JSON.stringify(value) });

const xml = (status) => {
  const code = { 429: "Throttling", 503: "ServiceUnavailable" }[status];
  const text = code
    ? `<ErrorResponse><Error><Code>${code}</Code><Message>overload</Message></Error></ErrorResponse>`
    : "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
  return { type: "text/xml", text };
};

const CLIENTS = {
  "amili-client": async (service) => {
    const { port, close } = await serveHttp(service, () => json({}));
    const client = new Amili({ accessToken: "T", baseUrls: { accountsReceivable: `http://127.0.0.1:${port}` } });
    const { arItems } = client.accountsReceivable.client(2218);
    return { call: () => arItems.get("1"), close };
  },
  // Not "adaptive": where everything is throttled it sends two requests a second, so that 200 calls take minutes.
  "AWS SDK, standard": async (service) => {
    const { port, close } = await serveHttp(service, xml);
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    const endpoint = `http://127.0.0.1:${port}`;
    const client = new STSClient({ region: "eu-north-1", endpoint, credentials, maxAttempts: 3 });
    return { call: () => client.send(new GetCallerIdentityCommand({})), close };
  },
  "stripe-node": async (service) => {
    const { port, close } = await serveHttp(service, (status) =>
      json(status === 200 ? { object: "balance" } : { error: { message: "overload" } }),
    );
    const options = { host: "127.0.0.1", port, protocol: "http", maxNetworkRetries: 2, telemetry: false };
    const stripe = new Stripe("sk_test_1", options);
    return { call: () => stripe.balance.retrieve(), close };
  },
  "grpc-js, retryThrottling": async (service) => {
    const bytes = (value) => value;
    const Get = { path: "/Items/Get", requestStream: false, responseStream: false };
    const codec = {
      requestSerialize: bytes,
      requestDeserialize: bytes,
      responseSerialize: bytes,
      responseDeserialize: bytes,
    };
    const definition = { Get: { ...Get, ...codec } };
    const server = new grpc.Server();
    server.addService(definition, {
      Get: async (_, callback) => {
        const status = await service.respond();
        if (status === 200) return callback(null, Buffer.alloc(0));
        const metadata = new grpc.Metadata();
        if (status === 429) metadata.set("grpc-retry-pushback-ms", "1000");
        const code = status === 429 ? grpc.status.RESOURCE_EXHAUSTED : grpc.status.UNAVAILABLE;
        callback({ code, metadata });
      },
    });
    const insecure = grpc.ServerCredentials.createInsecure();
    const port = await new Promise((resolve, reject) =>
      server.bindAsync("127.0.0.1:0", insecure, (error, bound) => (error ? reject(error) : resolve(bound))),
    );
    const serviceConfig = {
      methodConfig: [
        {
          name: [{}],
          retryPolicy: {
            maxAttempts: 3,
            initialBackoff: "0.5s",
            maxBackoff: "8s",
            backoffMultiplier: 2,
            retryableStatusCodes: ["UNAVAILABLE", "RESOURCE_EXHAUSTED"],
          },
        },
      ],
      retryThrottling: { maxTokens: 100, tokenRatio: 0.1 },
    };
    const Client = grpc.makeGenericClientConstructor(definition, "Items");
    const options = { "grpc.service_config": JSON.stringify(serviceConfig) };
    const client = new Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options);
    const call = () =>
      new Promise((resolve, reject) =>
        client.Get(Buffer.alloc(0), (error, result) => (error ? reject(error) : resolve(result))),
      );
    const close = () => {
      client.close();
      server.forceShutdown();
    };
    return { call, close };
  },
};

/** Makes the calls, so many at a time. */
async function run(open, { calls, concurrency, answer }) {
  const service = createService(answer);
  const { call, close } = await open(service);
  const start = performance.now();
  let left = calls;
  let succeeded = 0;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (left-- > 0) {
        await call().then(
          () => succeeded++,
          () => {},
        );
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  close();
  return { requests: service.requests, succeeded, seconds };
}

const results = [];
for (const scenario of SCENARIOS) {
  for (const [client, open] of Object.entries(CLIENTS)) {
    results.push({ scenario: scenario.name, client, ...(await run(open, scenario)) });
  }
}

if (process.argv.includes("--json")) console.log(JSON.stringify({ node: process.version, results }, null, 2));
else {
  for (const { name } of SCENARIOS) {
    console.log(`\n${name}`.padEnd(50), "requests".padStart(10), "succeeded".padStart(10), "seconds".padStart(10));
    for (const { scenario, client, requests, succeeded, seconds } of results) {
      if (scenario !== name) continue;
      const cells = [requests, succeeded, seconds.toFixed(1)].map((cell) => `${cell}`.padStart(10));
      console.log(client.padEnd(49), ...cells);
    }
  }
}
process.exit();
