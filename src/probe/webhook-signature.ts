import { type HmacOptions, type HmacSecret, signWebhook } from "amili-client/webhooks";

export interface Delivery {
  secret: string;
  /** The raw body. */
  body: Uint8Array;
  /** The value of the signature header. */
  header: string;
  /** The value of another header, if there is one. */
  timestamp?: string | undefined;
}

/** A way of signing that gives the signature of a delivery. */
export interface SignatureScheme extends Required<Pick<HmacOptions, "algorithm" | "encoding">> {
  /** How the secret is written. */
  secret: SecretForm;
  /** What is signed: a text with `{body}` and `{timestamp}`. */
  signed: string;
  /** Whether the file has a line break at its end that was not signed. */
  isTrimmed: boolean;
  /** What stands before the signature; `undefined` if the header holds more than a fixed text and the signature. */
  prefix: string | undefined;
}

export type SecretForm = "text" | "hex" | "base64";

const HEADER = "Signature";
const ALGORITHMS = ["SHA-256", "SHA-512", "SHA-384", "SHA-1"] as const;
const ENCODINGS = ["hex", "base64", "base64url"] as const;
/** Of what is signed. */
export const BODY = "{body}";
export const TIMESTAMP = "{timestamp}";

/** What senders of webhooks sign. */
const SIGNED = [
  BODY,
  "{timestamp}.{body}",
  "{timestamp}{body}",
  "{timestamp}:{body}",
  "{timestamp}\n{body}",
  "v0:{timestamp}:{body}",
  "v1:{timestamp}:{body}",
  "{body}{timestamp}",
  "{body}.{timestamp}",
];

/** The schemes that give a delivery's signature, those that `hmacSignature` can verify first. */
export async function matchSignature(delivery: Delivery): Promise<SignatureScheme[]> {
  const contents = contentsOf(delivery);
  const found: SignatureScheme[] = [];
  for (const [secret, key] of secretsOf(delivery.secret)) {
    for (const algorithm of ALGORITHMS) {
      for (const encoding of ENCODINGS) {
        for (const { text, ...content } of contents) {
          const { headers } = await signWebhook(text, { secret: key, algorithm, encoding, header: HEADER });
          const { [HEADER]: signature = "" } = headers;
          const around = removeSignature(delivery.header, signature, encoding);
          if (around) found.push({ algorithm, encoding, secret, ...content, prefix: prefixOf(around) });
        }
      }
    }
  }
  return found.sort((a, b) => Number(isSupported(b)) - Number(isSupported(a)));
}

/** Whether `hmacSignature` has options for a scheme. */
export const isSupported = ({ signed, prefix }: SignatureScheme): boolean => signed === BODY && prefix !== undefined;

/** The texts that may have been signed. A timestamp may stand in the signature header, too. */
function contentsOf({ body, header, timestamp }: Delivery) {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(body);
  // Editors end a file with a line break.
  const trimmed = text.replace(/\r?\n$/, "");
  const bodies = [{ body: text, isTrimmed: false }, ...(trimmed === text ? [] : [{ body: trimmed, isTrimmed: true }])];
  const timestamps = [timestamp, ...(header.match(/\d{10,13}/g) ?? [])].filter((time) => time !== undefined);
  return bodies.flatMap(({ body, isTrimmed }) =>
    SIGNED.flatMap((signed) => {
      const times = signed === BODY ? [""] : timestamps;
      return times.map((time) => ({
        // Functions, since a body may hold the patterns of a replacement.
        text: signed.replace(TIMESTAMP, () => time).replace(BODY, () => body),
        signed,
        isTrimmed,
      }));
    }),
  );
}

/** Secrets are often bytes that are written in hex or base64, some with a prefix such as `whsec_`. */
function secretsOf(secret: string): [SecretForm, HmacSecret][] {
  const base64 = secret.replace(/^[a-z]+_/, "");
  return [
    ["text", secret],
    ...(/^([\da-f]{2})+$/i.test(secret) ? [["hex", Buffer.from(secret, "hex")] as [SecretForm, HmacSecret]] : []),
    ...(/^[\w+/-]{16,}=*$/.test(base64) ? [["base64", Buffer.from(base64, "base64")] as [SecretForm, HmacSecret]] : []),
  ];
}

/** What stands before and after the signature in the header; `undefined` if it is not there. */
function removeSignature(header: string, signature: string, encoding: HmacOptions["encoding"]) {
  const [text, part] = encoding === "hex" ? [header.toLowerCase(), signature] : [header, signature.replace(/=+$/, "")];
  const at = text.indexOf(part);
  return at < 0
    ? undefined
    : { before: header.slice(0, at), after: header.slice(at + part.length).replace(/^=+$/, "") };
}

/** A prefix is the same for all deliveries, so that it has no timestamp. */
const prefixOf = ({ before, after }: { before: string; after: string }) =>
  after === "" && before.length <= 20 && !/\d{4}/.test(before) ? before : undefined;
