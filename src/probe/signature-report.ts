import { BODY, isSupported, type SecretForm, type SignatureScheme, TIMESTAMP } from "./webhook-signature.js";

/** The schemes that fit a delivery as code: options of `hmacSignature`, or a `verify` function. */
export function signatureReport(schemes: readonly SignatureScheme[]): string {
  if (schemes.length === 0) {
    return (
      "No scheme fits: HMAC with SHA-1, SHA-256, SHA-384 or SHA-512, in hex or base64, of the body or of a timestamp and " +
      "the body. Check that the file has the raw body, byte by byte, and that the secret is the one of this delivery. " +
      "If a header of the delivery holds a timestamp, pass its value with --timestamp."
    );
  }
  return schemes.map((scheme) => (isSupported(scheme) ? optionsOf(scheme) : verifierOf(scheme))).join("\n\n");
}

function optionsOf({ algorithm, encoding, prefix, secret, isTrimmed }: SignatureScheme): string {
  const options = [
    `secret: ${secretCode(secret)}`,
    `algorithm: "${algorithm}"`,
    `encoding: "${encoding}"`,
    ...(prefix ? [`prefix: ${JSON.stringify(prefix)}`] : []),
  ];
  return ["These options fit:", ...notes(isTrimmed), "", `hmacSignature({ ${options.join(", ")} })`].join("\n");
}

function verifierOf({ algorithm, encoding, secret, signed, isTrimmed }: SignatureScheme): string {
  const isTimed = signed !== BODY;
  const reason = isTimed
    ? `The signed content is ${JSON.stringify(signed)}.`
    : "The header holds more than a fixed prefix and the signature.";
  const hash = algorithm.replace("-", "").toLowerCase();
  const [before = "", after = ""] = signed.split(BODY);
  const updates = [updateCode(before), ".update(body)", updateCode(after)].join("");
  return [
    `${reason} hmacSignature does not verify that. Pass a function as verify:`,
    ...notes(isTrimmed),
    "",
    'import { createHmac, timingSafeEqual } from "node:crypto";',
    "",
    "function verify({ headers, body }) {",
    "  // Take the signature out of its header.",
    '  const signature = signatureIn(headers.get("x-webhook-signature"));',
    ...(isTimed
      ? [
          "  // Refuse an old one, or a captured delivery can be sent again.",
          "  const timestamp = recentTimestampIn(headers);",
        ]
      : []),
    `  const hmac = createHmac("${hash}", ${secretCode(secret)})${updates};`,
    `  const expected = hmac.digest("${encoding}");`,
    "  return signature.length === expected.length && timingSafeEqual(Buffer.from(signature), Buffer.from(expected));",
    "}",
  ].join("\n");
}

/** `.update("v0:" + timestamp + ":")`, or nothing. */
function updateCode(text: string): string {
  const parts = text.split(TIMESTAMP).map((part) => JSON.stringify(part));
  return text === "" ? "" : `.update(${parts.join(" + timestamp + ")})`;
}

const secretCode = (form: SecretForm) =>
  form === "text" ? "process.env.AMILI_WEBHOOK_SECRET" : `Buffer.from(process.env.AMILI_WEBHOOK_SECRET, "${form}")`;

const notes = (isTrimmed: boolean) => (isTrimmed ? ["(The line break at the end of the file was not signed.)"] : []);
