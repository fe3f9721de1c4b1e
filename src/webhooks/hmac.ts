import { ConfigurationError } from "../errors.js";
import { checkHeaders } from "../http/checks.js";
import { ENCODINGS } from "./encoding.js";

const ALGORITHMS = ["SHA-1", "SHA-256", "SHA-384", "SHA-512"] as const;

/** A key: text stands for its UTF-8 bytes; give bytes where the key was handed over in hex or base64. */
export type HmacSecret = string | Uint8Array;

/**
 * How an HMAC of the raw body is written into a header. The documentation names the header and not the scheme, so that
 * nothing of it has a default: ask Amili.
 *
 * @see https://docs.amili.dev/webhooks-361430m0
 */
export interface HmacOptions {
  /** Of several, any may have signed: the new one and the old one, while secrets change. */
  secret: HmacSecret | readonly HmacSecret[];
  algorithm: (typeof ALGORITHMS)[number];
  encoding: keyof typeof ENCODINGS;
  /** What stands before the signature in the header, such as `sha256=`. Without it the header is the signature alone. */
  prefix?: string;
  /** The header with the signature. Default: the documented `X-Webhook-Signature`. */
  header?: string;
}

/** The HMAC of bodies under the given options, which are checked. */
export class Hmac {
  readonly header: string;
  readonly #secrets: readonly HmacSecret[];
  readonly #algorithm: string;
  readonly #encoding: (typeof ENCODINGS)[keyof typeof ENCODINGS];
  readonly #prefix: string;
  #keys: Promise<CryptoKey[]> | undefined;

  constructor({ secret, algorithm, encoding, prefix = "", header = "X-Webhook-Signature" }: HmacOptions) {
    this.#secrets = isSecret(secret) ? [secret] : secret;
    check("algorithm", algorithm, ALGORITHMS);
    check("encoding", encoding, Object.keys(ENCODINGS));
    if (!(Array.isArray(this.#secrets) && this.#secrets.length > 0 && this.#secrets.every(isSecret))) {
      throw new ConfigurationError(
        "invalid_option",
        "secret must be text or bytes, or a list of them; none may be empty.",
      );
    }
    checkHeaders("header", { [header]: prefix });
    this.header = header;
    this.#algorithm = algorithm;
    this.#encoding = ENCODINGS[encoding];
    this.#prefix = prefix;
  }

  /** What the header says of a body, by the first secret. */
  async sign(body: Uint8Array): Promise<string> {
    const [key] = (await this.#imported()) as [CryptoKey];
    const signature = await crypto.subtle.sign("HMAC", key, body as BufferSource);
    return this.#prefix + this.#encoding.encode(new Uint8Array(signature));
  }

  /** Whether a header's value is the signature of a body by any of the secrets. Compares in constant time. */
  async verify(value: string, body: Uint8Array): Promise<boolean> {
    const signature = value.startsWith(this.#prefix) && this.#encoding.decode(value.slice(this.#prefix.length));
    if (!signature) return false;
    const keys = await this.#imported();
    const results = await Promise.all(
      keys.map((key) => crypto.subtle.verify("HMAC", key, signature as BufferSource, body as BufferSource)),
    );
    return results.includes(true);
  }

  // Not before the first delivery: some platforms allow no cryptography while a module loads.
  #imported(): Promise<CryptoKey[]> {
    this.#keys ??= Promise.all(
      this.#secrets.map((secret) => {
        const bytes = typeof secret === "string" ? new TextEncoder().encode(secret) : secret;
        const algorithm = { name: "HMAC", hash: this.#algorithm };
        return crypto.subtle.importKey("raw", bytes as BufferSource, algorithm, false, ["sign", "verify"]);
      }),
    );
    return this.#keys;
  }
}

function isSecret(value: unknown): value is HmacSecret {
  return (typeof value === "string" || value instanceof Uint8Array) && value.length > 0;
}

function check(name: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  const choice = allowed.map((word) => JSON.stringify(word)).join(", ");
  throw new ConfigurationError("invalid_option", `${name} must be one of ${choice}.`);
}
