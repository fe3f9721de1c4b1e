import { Amili } from "amili-client";
import { onTestFinished } from "vitest";
import { Network, type NetworkFaults } from "../reliability/network.js";
import { Random } from "../reliability/random.js";
import { CollectionServer, type ServerOptions } from "../reliability/server/collection-server.js";
import { listen } from "../reliability/server/listen.js";

/** The independent server over HTTP, until the test ends, and a client of it. */
export async function startApi(options: Partial<ServerOptions> = {}, faults: NetworkFaults = {}) {
  const random = new Random(1);
  const server = new CollectionServer({ workTime: [0, 20], ...options }, random);
  const network = new Network(server, random, faults);
  const { url, close } = await listen((request) => {
    network.record(request);
    return network.deliver(request);
  });
  onTestFinished(close);
  const credentials = { clientId: "outbox", clientSecret: "secret" };
  return { server, network, amili: new Amili({ ...credentials, baseUrls: { identity: url, debtCollection: url } }) };
}
