import { createHmac } from "node:crypto";
import { ConfigurationError } from "amili-client";
import { type HmacOptions, hmacSignature, signWebhook } from "amili-client/webhooks";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { everything } from "../../support/secrets.js";
import { thrown } from "../../support/stub.js";
import { bytes, HMAC } from "../../webhooks/support.js";

const BODY = '{"type":"PING"}';
const NODE_NAMES = { "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512" } as const;

function verifies(options: HmacOptions, value: string | undefined, body: string | Uint8Array = BODY) {
  const headers = new Headers(value === undefined ? {} : { [options.header ?? "X-Webhook-Signature"]: value });
  return hmacSignature(options)({ headers, body: typeof body === "string" ? bytes(body) : body });
}

const signature = (encoding: "hex" | "base64" | "base64url" = "hex", secret: string | Uint8Array = HMAC.secret) =>
  createHmac("sha256", secret).update(BODY).digest(encoding);

describe("hmacSignature", () => {
  const schemes = Object.entries(NODE_NAMES).flatMap(([algorithm, name]) =>
    (["hex", "base64", "base64url"] as const).map((encoding) => ({ algorithm, name, encoding })),
  );
  it.each(schemes)("agrees with node:crypto: $algorithm, $encoding", async ({ algorithm, name, encoding }) => {
    const options = { ...HMAC, algorithm: algorithm as HmacOptions["algorithm"], encoding };
    const value = createHmac(name, HMAC.secret).update(BODY).digest(encoding);
    expect((await signWebhook(BODY, options)).headers["X-Webhook-Signature"]).toBe(value);
    expect(await verifies(options, value)).toBe(true);
    expect(await verifies(options, value, `${BODY} `)).toBe(false);
  });

  it("matches the test vector of RFC 4231", async () => {
    const options = { ...HMAC, secret: "Jefe" };
    const value = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    expect(await verifies(options, value, "what do ya want for nothing?")).toBe(true);
  });

  it("refuses a signature that is missing, empty, truncated, repeated, of another secret or encoding", async () => {
    const good = signature();
    for (const value of [
      undefined,
      "",
      good.slice(0, -2),
      good.slice(0, -1),
      `${good}00`,
      `${good}, ${good}`,
      `x${good.slice(1)}`,
      signature("hex", "other"),
      signature("base64"),
    ]) {
      expect(await verifies(HMAC, value), String(value)).toBe(false);
    }
    for (const encoding of ["base64", "base64url"] as const) {
      for (const value of ["", "*", "a", good, signature(encoding).slice(0, -4)]) {
        expect(await verifies({ ...HMAC, encoding }, value), value).toBe(false);
      }
    }
  });

  it("accepts hex in either case, and base64url with or without padding but not base64", async () => {
    expect(await verifies(HMAC, signature().toUpperCase())).toBe(true);
    const options = { ...HMAC, encoding: "base64url" as const };
    expect(await verifies(options, `${signature("base64url")}=`)).toBe(true);
    // A body whose signature differs between the two.
    const body = [..."abcdefgh"].find((text) =>
      /[+/]/.test(createHmac("sha256", HMAC.secret).update(text).digest("base64")),
    );
    const value = createHmac("sha256", HMAC.secret).update(String(body)).digest("base64");
    expect(await verifies(options, value, String(body))).toBe(false);
  });

  it("requires the prefix, and no prefix if none is set", async () => {
    const options = { ...HMAC, prefix: "sha256=" };
    expect(await verifies(options, `sha256=${signature()}`)).toBe(true);
    expect(await verifies(options, signature())).toBe(false);
    expect(await verifies(options, `sha512=${signature()}`)).toBe(false);
    expect(await verifies(HMAC, `sha256=${signature()}`)).toBe(false);
  });

  it("reads the given header", async () => {
    const options = { ...HMAC, header: "X-Other" };
    expect(await verifies(options, signature())).toBe(true);
    const headers = new Headers({ "X-Webhook-Signature": signature() });
    expect(await hmacSignature(options)({ headers, body: bytes(BODY) })).toBe(false);
  });

  it("accepts any of several secrets, as text or as bytes", async () => {
    const key = new Uint8Array([0, 255, 128, 7]);
    const options = { ...HMAC, secret: ["new", key, "old"] };
    for (const secret of ["new", key, "old"]) expect(await verifies(options, signature("hex", secret))).toBe(true);
    expect(await verifies(options, signature())).toBe(false);
    expect(await verifies({ ...HMAC, secret: key }, signature("hex", key))).toBe(true);
  });

  it("compares with crypto.subtle.verify, in constant time", async () => {
    const verify = vi.spyOn(crypto.subtle, "verify");
    expect(await verifies({ ...HMAC, secret: ["new", HMAC.secret] }, signature())).toBe(true);
    expect(verify).toHaveBeenCalledTimes(2);
  });

  it("imports the secret once, at the first delivery", async () => {
    const importKey = vi.spyOn(crypto.subtle, "importKey");
    const verify = hmacSignature(HMAC);
    expect(importKey).not.toHaveBeenCalled();
    const delivery = { headers: new Headers({ "x-webhook-signature": signature() }), body: bytes(BODY) };
    expect([await verify(delivery), await verify(delivery)]).toEqual([true, true]);
    expect(importKey).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["a misspelt option", { secrets: ["s3cret"] }, /^The options of hmacSignature .*; secrets was given/],
    ["no secret", { secret: undefined }, /^secret/],
    ["an empty secret", { secret: "" }, /^secret/],
    ["an empty key", { secret: new Uint8Array() }, /^secret/],
    ["no secrets", { secret: [] }, /^secret/],
    ["an empty one among secrets", { secret: ["s3cret", ""] }, /^secret/],
    ["no algorithm", { algorithm: undefined }, /^algorithm must be one of "SHA-1", "SHA-256"/],
    ["an unknown algorithm", { algorithm: "MD5" }, /^algorithm/],
    ["no encoding", { encoding: undefined }, /^encoding must be one of "hex", "base64", "base64url"/],
    ["an encoding inherited from Object", { encoding: "toString" }, /^encoding/],
    ["an invalid header name", { header: "a b" }, /^header/],
    ["an invalid prefix", { prefix: "a\nb" }, /^header/],
  ])("refuses %s", (_, wrong, message) => {
    const error = thrown(() => hmacSignature({ ...HMAC, ...wrong } as HmacOptions), ConfigurationError);
    expect(error.code).toBe("invalid_option");
    expect(error.message).toMatch(message);
    expect(everything(error)).not.toContain("s3cret");
  });

  it("verifies every signed body, and none with a changed byte", async () => {
    const options = fc.record({
      secret: fc.string({ minLength: 1 }),
      algorithm: fc.constantFrom(...(Object.keys(NODE_NAMES) as HmacOptions["algorithm"][])),
      encoding: fc.constantFrom("hex", "base64", "base64url"),
      prefix: fc.constantFrom("", "sha256=", "v1="),
    });
    await fc.assert(
      fc.asyncProperty(
        options,
        fc.jsonValue(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (scheme, json, at, by) => {
          const { body, headers } = await signWebhook(JSON.stringify(json), scheme);
          const verify = hmacSignature(scheme);
          const sent = bytes(body);
          expect(await verify({ headers: new Headers(headers), body: sent })).toBe(true);
          const index = at % sent.length;
          sent[index] = (sent[index] as number) ^ by;
          expect(await verify({ headers: new Headers(headers), body: sent })).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });
});
