import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

async function listen(server: Server, port = 0): Promise<string> {
  await once(server.listen(port, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An HTTP server on loopback until the test ends, with a count of its connections and requests. */
export async function serve(handler: RequestListener, port = 0) {
  const seen = { connections: 0, requests: 0 };
  const server = createServer((request, response) => {
    seen.requests++;
    handler(request, response);
  });
  server.on("connection", () => {
    seen.connections++;
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: await listen(server, port), seen };
}

/** A server that may break HTTP: `respond` gets each complete request as text. */
export async function serveRaw(respond: (request: string, socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    let text = "";
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      const [head = "", body] = text.split(/\r\n\r\n(.*)/s);
      const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
      if (body === undefined || body.length < length) return;
      requests.push(text);
      text = "";
      respond(requests.at(-1) as string, socket);
    });
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: await listen(server), requests };
}

/** A port of loopback where nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createSocketServer();
  const url = await listen(server);
  server.close();
  await once(server, "close");
  return Number(new URL(url).port);
}

/** Base URLs that all lead to one address. */
export const allAt = (url: string) => ({ identity: url, debtCollection: url, accountsReceivable: url });
