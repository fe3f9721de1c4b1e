import { toHex } from "../bytes.js";
import { ConfigurationError } from "../errors.js";
import { checkHeaders } from "../http/checks.js";

/** A key. A string means its UTF-8 bytes; pass bytes if Amili gives you the key in hex or base64. */
export type HmacSecret = string | Uint8Array;

/**
 * How the HMAC of the raw body is written into a header. The documentation names the header but not the scheme, so nothing
 * but the header has a default: ask Amili.
 *
 * @see https://docs.amili.dev/webhooks-361430m0
 */
export interface HmacOptions {
  /** Several secrets are all accepted: the new one and the old one during a rotation. */
  secret: HmacSecret | readonly HmacSecret[];
  algorithm: "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";
  encoding: "hex" | "base64" | "base64url";
  /** Text before the signature in the header, such as `sha256=`. Default: none. */
  prefix?: string;
  /** The header with the signature. Default: the documented `X-Webhook-Signature`. */
  header?: string;
}

const ALGORITHMS: Record<HmacOptions["algorithm"], true> = {
  "SHA-1": true,
  "SHA-256": true,
  "SHA-384": true,
  "SHA-512": true,
};

interface Encoding {
  encode(bytes: Uint8Array): string;
  /** `undefined` if the text is not in this encoding. */
  decode(text: string): Uint8Array | undefined;
}

const base64: Encoding = {
  encode: (bytes) => btoa(String.fromCharCode(...bytes)),
  decode(text) {
    try {
      return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    } catch {
      return undefined;
    }
  },
};

const ENCODINGS: Record<HmacOptions["encoding"], Encoding> = {
  hex: {
    encode: toHex,
    decode: (text) =>
      /^([0-9a-f]{2})*$/i.test(text)
        ? Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
        : undefined,
  },
  base64,
  base64url: {
    encode: (bytes) => base64.encode(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, ""),
    decode: (text) =>
      /^[\w-]*=*$/.test(text) ? base64.decode(text.replaceAll("-", "+").replaceAll("_", "/")) : undefined,
  },
};

/** Signs and verifies bodies. Checks its options. */
export class Hmac {
  readonly header: string;
  readonly #secrets: readonly HmacSecret[];
  readonly #algorithm: string;
  readonly #encoding: Encoding;
  readonly #prefix: string;
  #keys: Promise<CryptoKey[]> | undefined;

  constructor({ secret, algorithm, encoding, prefix = "", header = "X-Webhook-Signature" }: HmacOptions) {
    checkChoice("algorithm", algorithm, ALGORITHMS);
    checkChoice("encoding", encoding, ENCODINGS);
    this.#secrets = Array.isArray(secret) ? secret : [secret];
    if (this.#secrets.length === 0 || !this.#secrets.every(isSecret)) {
      throw new ConfigurationError(
        "invalid_option",
        "secret must be a string or bytes, or a list of them. None may be empty.",
      );
    }
    checkHeaders("header", { [header]: prefix });
    this.header = header;
    this.#algorithm = algorithm;
    this.#encoding = ENCODINGS[encoding];
    this.#prefix = prefix;
  }

  /** The header's value for a body, signed with the first secret. */
  async sign(body: Uint8Array): Promise<string> {
    const [key] = (await this.#importedKeys()) as [CryptoKey];
    const signature = await crypto.subtle.sign("HMAC", key, body as BufferSource);
    return this.#prefix + this.#encoding.encode(new Uint8Array(signature));
  }

  /** Whether a header's value is the signature of a body by any of the secrets. Compares in constant time. */
  async verify(value: string, body: Uint8Array): Promise<boolean> {
    const signature = value.startsWith(this.#prefix) && this.#encoding.decode(value.slice(this.#prefix.length));
    if (!signature) return false;
    const keys = await this.#importedKeys();
    const results = await Promise.all(
      keys.map((key) => crypto.subtle.verify("HMAC", key, signature as BufferSource, body as BufferSource)),
    );
    return results.includes(true);
  }

  // Not before the first delivery: some platforms allow no cryptography while a module loads.
  #importedKeys(): Promise<CryptoKey[]> {
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

/** Not by class: bytes of another realm are not instances of this realm's `Uint8Array`. */
function isSecret(value: unknown): value is HmacSecret {
  return typeof value === "string" ? value !== "" : ArrayBuffer.isView(value) && value.byteLength > 0;
}

function checkChoice(name: string, value: string, choices: object): void {
  if (Object.hasOwn(choices, value)) return;
  const expected = Object.keys(choices).map((choice) => JSON.stringify(choice));
  throw new ConfigurationError("invalid_option", `${name} must be one of ${expected.join(", ")}.`);
}
