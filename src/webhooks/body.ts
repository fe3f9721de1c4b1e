import { concatBytes } from "../bytes.js";
import { ConfigurationError } from "../errors.js";
import { WebhookError } from "./webhook-error.js";

/** The part of a `Request` that the handler reads. */
export type WebhookRequest = Pick<Request, "method" | "headers" | "body" | "bodyUsed">;

/** The largest body that is read, in bytes: 1 MiB. */
const MAX_BODY_SIZE = 1024 * 1024;

/** Reads the raw bytes of a body. `Content-Length` can refuse a body early, but does not replace counting. */
export async function readBody({ headers, body, bodyUsed }: WebhookRequest): Promise<Uint8Array> {
  if (bodyUsed) throw alreadyRead("The request's body was already read.");
  if (Number(headers.get("content-length")) > MAX_BODY_SIZE) {
    // Otherwise the platform may read all of it. A stream that fails meanwhile changes nothing.
    await body?.cancel().catch(() => {});
    throw tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of readable(body)) {
    // A stream with an encoding gives text.
    if (!ArrayBuffer.isView(chunk)) throw alreadyRead(`The request's body gives chunks of type ${typeof chunk}.`);
    size += chunk.byteLength;
    if (size > MAX_BODY_SIZE) throw tooLarge();
    chunks.push(chunk);
  }
  return concatBytes(chunks, size);
}

/** The chunks of a body. Only an error of the stream itself becomes `incomplete_body`. */
async function* readable(body: WebhookRequest["body"]): AsyncGenerator<Uint8Array> {
  try {
    yield* body ?? [];
  } catch (error) {
    throw new WebhookError("incomplete_body", "The body ended early", { cause: error });
  }
}

function alreadyRead(problem: string): ConfigurationError {
  return new ConfigurationError(
    "invalid_argument",
    `${problem} The signature covers the raw bytes: do not run a body parser before the webhook handler.`,
  );
}

function tooLarge(): WebhookError {
  return new WebhookError("too_large", `The body is larger than ${MAX_BODY_SIZE} bytes`);
}
