import type { IncomingMessage } from "node:http";

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
export function parseBody(body: string, contentType: string): unknown {
  if (body === "") return undefined;
  return contentType === "application/x-www-form-urlencoded" ? Object.fromEntries(new URLSearchParams(body)) : body;
}
