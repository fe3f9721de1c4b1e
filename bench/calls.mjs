import { fork } from "node:child_process";
import { once } from "node:events";
import { peersOf } from "./peers.mjs";
import { spread } from "./statistics.mjs";

const ROUNDS = 60;
const CALLS = 256;
/** Rounds that do not count: by then the compiler has settled what is worth its time. */
const WARM_UP = 30;

/**
 * The cost of one GET by each way, as a ratio to bare `fetch`. The ways take turns in small rounds: what else the machine
 * does hits all of them alike, and a ratio is taken within its round. A measuring library would run one after the other.
 */
export async function measureCalls(project, concurrencies) {
  const { Amili } = await project.import("amili-client/dist/index.js");
  const { undiciFetch } = await project.import("amili-client/dist/undici.js");
  const { createObserver } = await project.import("amili-client/dist/observe.js");
  const { default: createClient } = await project.import("openapi-fetch/dist/index.mjs");
  // Before undici is imported, which the platform's fetch would otherwise send with.
  await fetch("data:,");
  const { Pool } = (await project.import("undici/index.js")).default;
  const server = fork(new URL("server.mjs", import.meta.url));
  try {
    const [port] = await once(server, "message");
    const ways = waysOf({ Amili, undiciFetch, createObserver, createClient, Pool }, `http://127.0.0.1:${port}`);
    for (const [name, way] of Object.entries(ways)) {
      const { arItemId } = await way();
      if (arItemId !== ID) throw new Error(`${name} did not bring the AR item but ${arItemId}`);
    }
    const results = [];
    for (const concurrency of concurrencies) results.push(...(await compare(ways, concurrency)));
    return results;
  } finally {
    server.disconnect();
  }
}

const ID = "2218-500002-35078-0";

/** The same GET by each way. All send a token and give the parsed body. */
function waysOf({ Amili, undiciFetch, createObserver, createClient, Pool }, baseUrl) {
  const headers = { authorization: "Bearer token" };
  const bare = async (init) => (await fetch(`${baseUrl}/clients/2218/aritems/${ID}`, { headers, ...init })).json();
  const openapi = createClient({ baseUrl, headers });
  const pool = new Pool(baseUrl);
  const client = (options) => {
    const amili = new Amili({ accessToken: "token", baseUrls: { accountsReceivable: baseUrl }, ...options });
    return amili.accountsReceivable.client(2218);
  };
  const ofFetch = client();
  const ofUndici = client({ fetch: undiciFetch() });
  const [observed, sampled] = [1, 0.1].map((sample) => client({ fetch: createObserver({ sample }).fetch }));
  return {
    fetch: () => bare(),
    // What a careful caller writes by hand: the client, too, lets no request hang.
    "fetch, timeout": () => bare({ signal: AbortSignal.timeout(30_000) }),
    "openapi-fetch": async () => {
      const params = { path: { clientno: 2218, aritemid: ID } };
      return (await openapi.GET("/clients/{clientno}/aritems/{aritemid}", { params })).data;
    },
    "amili-client": () => ofFetch.arItems.get(ID),
    "undici.request": async () => {
      const { body } = await pool.request({ method: "GET", path: `/clients/2218/aritems/${ID}`, headers });
      return body.json();
    },
    "amili-client, undici": () => ofUndici.arItems.get(ID),
    "amili-client, observed": () => observed.arItems.get(ID),
    "amili-client, a tenth observed": () => sampled.arItems.get(ID),
    ...peersOf(baseUrl, `/clients/2218/aritems/${ID}`),
  };
}

async function compare(ways, concurrency) {
  const names = Object.keys(ways);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    // Each round begins with another way, so that none always comes first.
    for (let i = 0; i < names.length; i++) {
      const name = names[(round + i) % names.length];
      const time = await timeOf(ways[name], concurrency);
      if (round >= WARM_UP) times[name].push(time);
    }
  }
  return names.map((name) => ({
    name,
    concurrency,
    microseconds: spread(times[name]).median,
    ratio: spread(times[name].map((time, round) => time / times.fetch[round])),
  }));
}

/** µs a call, over CALLS calls of which `concurrency` are under way at a time. */
async function timeOf(way, concurrency) {
  let left = CALLS;
  const worker = async () => {
    while (left-- > 0) await way();
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  return ((performance.now() - begun) * 1000) / CALLS;
}
