import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Delivery, HttpRequest } from "./http.js";

/** Serves over HTTP on loopback. A connection cannot be refused for one request: it closes instead. */
export async function listen(deliver: (request: HttpRequest) => Delivery): Promise<{ url: string; close(): void }> {
  const server = createServer(async (message, response) => send(deliver(await readRequest(message)), response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function readRequest(message: IncomingMessage): Promise<HttpRequest> {
  const { pathname, searchParams } = new URL(message.url ?? "/", "http://localhost");
  const chunks: Uint8Array[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const headers = new Headers({ authorization: message.headers.authorization ?? "" });
  const body = Buffer.concat(chunks).toString();
  return { method: message.method ?? "GET", path: pathname, query: searchParams, headers, body };
}

function send(delivery: Delivery, response: ServerResponse): void {
  if (typeof delivery === "string") return void response.destroy();
  const { status, headers, body, cut } = delivery;
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  if (cut) response.write(body.slice(0, body.length / 2), () => response.destroy());
  else response.end(body);
}
