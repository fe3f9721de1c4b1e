import { defaultBodySerializer } from "openapi-fetch";
import { ConfigurationError } from "../errors.js";

// It reads the headers for the form of the body; its declaration leaves them out.
const serialize: (body: unknown, headers?: Headers) => unknown = defaultBodySerializer;

/** Writes a body as openapi-fetch does. One that cannot be written is told of like any other wrong argument. */
export function serializeBody(body: unknown, headers?: Headers): unknown {
  try {
    return serialize(body, headers);
  } catch (cause) {
    throw new ConfigurationError("invalid_argument", "The body must be what JSON can write. Nothing was sent.", {
      cause,
    });
  }
}
