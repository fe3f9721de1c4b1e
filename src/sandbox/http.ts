import type { IncomingMessage, ServerResponse } from "node:http";
import type { SandboxAnswer } from "./answer.js";

/** The body as text; `undefined` when it is larger than `limit` bytes. */
export async function readBody(message: IncomingMessage, limit: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size <= limit ? Buffer.concat(chunks).toString("utf8") : undefined;
}

/** Forms become objects; JSON is left to the validator, which says what is wrong with it. */
export function parseBody(body: string, contentType = ""): unknown {
  if (contentType.startsWith("application/x-www-form-urlencoded")) return Object.fromEntries(new URLSearchParams(body));
  return body === "" ? undefined : body;
}

export function write(response: ServerResponse, { status, body, headers }: SandboxAnswer): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const text = JSON.stringify(body);
  response
    .writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text), ...headers })
    .end(text);
}
