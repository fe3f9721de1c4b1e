import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";

interface StoredInvoice {
  id: string;
  batchId: string;
  uniqueSourceInvoiceId: string;
  createdAt: string;
}

/**
 * Invoices and batches of the Debt Collection API, on loopback. It stores the invoices of every POST that it has read
 * whole, and closes the connection without a response. Connections of other requests stay open.
 *
 * @param stops also stops listening at the first POST, as a server that crashes
 */
export async function startServer({ stops = false } = {}) {
  const invoices: StoredInvoice[] = [];
  const posts: { onReusedConnection: boolean }[] = [];
  const used = new WeakSet<Socket>();

  async function handlePost(request: IncomingMessage): Promise<void> {
    const batchId = `batch-${posts.length}`;
    posts.push({ onReusedConnection: used.has(request.socket) });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body: { invoices: { uniqueSourceInvoiceId: string }[] } = JSON.parse(Buffer.concat(chunks).toString());
    const createdAt = new Date().toISOString();
    for (const invoice of body.invoices)
      invoices.push({ ...invoice, id: `invoice-${invoices.length}`, batchId, createdAt });
    if (stops) server.close();
    request.socket.destroy();
  }

  function read(url: URL): unknown {
    const id = url.searchParams.get("UniqueSourceInvoiceId");
    if (/\/batches$/.test(url.pathname)) return { summary: { nextPageToken: null }, data: posts.map(batch) };
    return { data: invoices.filter(({ uniqueSourceInvoiceId }) => uniqueSourceInvoiceId === id) };
  }
  const batch = (_: unknown, index: number) => ({
    batchId: `batch-${index}`,
    createdAt: new Date().toISOString(),
    status: "SUCCESS",
    succeeded: invoices.filter(({ batchId }) => batchId === `batch-${index}`),
    failed: [],
  });

  const server = createServer((request, response) => {
    if (request.method === "POST") return void handlePost(request);
    used.add(request.socket);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(read(new URL(request.url ?? "/", "http://localhost"))));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    /** For `Amili`. */
    options: { accessToken: "token", baseUrls: { identity: url, debtCollection: url, accountsReceivable: url } },
    invoices,
    posts,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
