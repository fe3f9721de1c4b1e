import { createHmac } from "node:crypto";
import { type HmacOptions, hmacSignature } from "amili-client/webhooks";
import fc from "fast-check";
import { expect, test } from "vitest";
import { signatureReport } from "../../src/probe/signature-report.js";
import { type Delivery, isSupported, matchSignature } from "../../src/probe/webhook-signature.js";

const BODY = '{"type":"BATCH_COMPLETED","data":{"note":"$& {timestamp} Bråthen"}}';
const SECRET = "5f2b9c0e7a4d1836aabbccdd";
const TIME = "1763719200";

const delivery = (header: string, more: Partial<Delivery> = {}): Delivery => ({
  secret: SECRET,
  body: new TextEncoder().encode(BODY),
  header,
  ...more,
});

const hash = (algorithm: string) => algorithm.replace("-", "").toLowerCase();

test("each scheme that hmacSignature verifies is found, and verifies the delivery", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("SHA-1" as const, "SHA-256" as const, "SHA-384" as const, "SHA-512" as const),
      fc.constantFrom("hex" as const, "base64" as const, "base64url" as const),
      fc.constantFrom("", "sha256=", "v1,", "HMAC "),
      fc.constantFrom("text" as const, "hex" as const),
      async (algorithm, encoding, prefix, form) => {
        const key = form === "hex" ? Buffer.from(SECRET, "hex") : SECRET;
        const header = prefix + createHmac(hash(algorithm), key).update(BODY).digest(encoding);
        const found = await matchSignature(delivery(header));
        expect(found).toContainEqual({ algorithm, encoding, prefix, secret: form, signed: "{body}", isTrimmed: false });
        for (const { algorithm, encoding, prefix = "" } of found) {
          const options: HmacOptions = { secret: key, algorithm, encoding, prefix };
          const headers = new Headers({ "x-webhook-signature": header });
          expect(await hmacSignature(options)({ headers, body: delivery("").body })).toBe(true);
        }
        expect(signatureReport(found)).toContain(`algorithm: "${algorithm}", encoding: "${encoding}"`);
        expect(signatureReport(found)).not.toContain(SECRET);
      },
    ),
    { numRuns: 60 },
  );
});

const sign = (content: string, key: string | Buffer = SECRET) =>
  createHmac("sha256", key).update(content).digest("hex");

test.each<[string, Delivery, object, string]>([
  [
    "a timestamp in the header",
    delivery(`t=${TIME},v1=${sign(`${TIME}.${BODY}`)}`),
    { signed: "{timestamp}.{body}", prefix: undefined },
    '.update("" + timestamp + ".").update(body);',
  ],
  [
    "a timestamp in another header",
    delivery(sign(`v0:${TIME}:${BODY}`), { timestamp: TIME }),
    { signed: "v0:{timestamp}:{body}", prefix: "" },
    '.update("v0:" + timestamp + ":").update(body);',
  ],
  [
    "several signatures",
    delivery(`v1=${sign(BODY)},v0=00`),
    { signed: "{body}", prefix: undefined },
    "more than a fixed prefix",
  ],
  [
    "a file that an editor ended with a line break",
    delivery(sign(BODY), { body: new TextEncoder().encode(`${BODY}\n`) }),
    { signed: "{body}", isTrimmed: true },
    "The line break at the end of the file was not signed.",
  ],
  [
    "a secret in base64 with a prefix",
    delivery(sign(BODY, Buffer.from("c2VjcmV0IG9mIGFtaWxp", "base64")), { secret: "whsec_c2VjcmV0IG9mIGFtaWxp" }),
    { signed: "{body}", secret: "base64" },
    'Buffer.from(process.env.AMILI_WEBHOOK_SECRET, "base64")',
  ],
  ["a signature in capitals", delivery(sign(BODY).toUpperCase()), { encoding: "hex", prefix: "" }, 'encoding: "hex"'],
])("%s is found", async (_, given, scheme, report) => {
  const found = await matchSignature(given);
  expect(found).toEqual([expect.objectContaining(scheme)]);
  expect(isSupported(found[0] as (typeof found)[0])).toBe(
    report.includes("encoding") || !report.match(/update|more than/),
  );
  expect(signatureReport(found)).toContain(report);
});

test.each([
  ["of another body", sign("{}")],
  ["of another secret", sign(BODY, "another")],
  ["that is empty", ""],
])("a signature %s fits no scheme", async (_, header) => {
  const found = await matchSignature(delivery(header));
  expect(found).toEqual([]);
  expect(signatureReport(found)).toMatch(/^No scheme fits/);
});
