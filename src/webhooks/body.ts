import { ConfigurationError } from "../errors.js";
import { WebhookError } from "./error.js";

/** What of a `Request` is read. */
export type WebhookRequest = Pick<Request, "method" | "headers" | "body" | "bodyUsed">;

/** The largest body that is read, in bytes: 1 MiB. */
export const BODY_LIMIT = 1024 * 1024;

/** The bytes of a body, as they came. A `Content-Length` above the limit is believed, one below it is not. */
export async function readBody({ headers, body, bodyUsed }: WebhookRequest): Promise<Uint8Array> {
  if (bodyUsed) {
    throw new ConfigurationError(
      "invalid_argument",
      "The request's body was read before. The signature is that of the raw bytes: keep body parsers away from webhooks.",
    );
  }
  if (Number(headers.get("content-length")) > BODY_LIMIT) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      size += chunk.byteLength;
      if (size > BODY_LIMIT) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof WebhookError) throw error;
    throw new WebhookError("incomplete_body", "The body ended before it was whole", { cause: error });
  }
  return joined(chunks, size);
}

function tooLarge(): WebhookError {
  return new WebhookError("too_large", `The body is larger than ${BODY_LIMIT} bytes`);
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
