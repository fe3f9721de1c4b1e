import { AuthenticationError, ConfigurationError } from "amili-client";
import { describe, expect, it } from "vitest";
import { everything } from "../../support/secrets.js";
import { clientWith, json, status, thrown } from "../../support/stub.js";

const BASE = "https://legacy.example/root";
const baseUrls = { autoCollectLegacy: BASE };
const read = ({ amili }: ReturnType<typeof clientWith>) => amili.autoCollectLegacy.batches.get();

describe("an API whose base URL or authentication is undocumented", () => {
  it.each([
    ["base URL", {}, /Set baseUrls\.autoCollectLegacy/],
    ["authentication", { baseUrls }, /Set auth\.autoCollectLegacy: "bearer"/],
  ])("names the option for its %s, and sends nothing", async (_, options, message) => {
    const with_ = clientWith(options, json({}));
    await expect(read(with_)).rejects.toThrow(message);
    await expect(read(with_)).rejects.toBeInstanceOf(ConfigurationError);
    await expect(with_.amili.autoCollectLegacy.http.GET("/webapi/api/Batch")).rejects.toThrow(message);
    expect(with_.sent).toEqual([]);
  });

  it("can use the token of the other APIs", async () => {
    const with_ = clientWith({ baseUrls, auth: { autoCollectLegacy: "bearer" } }, json({}));
    await read(with_);
    expect(with_.sent[0]?.url.href).toBe(`${BASE}/webapi/api/Batch`);
    expect(with_.sent[0]?.headers.get("authorization")).toBe("Bearer T0");
  });

  it("can use HTTP Basic, in UTF-8", async () => {
    const basic = { username: "bruker", password: "blåbær:1" };
    const with_ = clientWith({ baseUrls, auth: { autoCollectLegacy: { basic } } }, json({}));
    await read(with_);
    const [scheme, credentials = ""] = (with_.sent[0]?.headers.get("authorization") ?? "").split(" ");
    expect([scheme, Buffer.from(credentials, "base64").toString()]).toEqual(["Basic", "bruker:blåbær:1"]);
  });

  it("can use headers, without a token", async () => {
    const auth = { distributionInvoice: { headers: { "x-api-key": "key", "x-partner": "7" } } };
    const { amili, sent } = clientWith({ baseUrls: { distributionInvoice: BASE }, auth }, json({}));
    await amili.distribution.invoice.send.createB2cInvoice({});
    expect(Object.fromEntries(sent[0]?.headers ?? [])).toMatchObject({ "x-api-key": "key", "x-partner": "7" });
    expect(sent[0]?.headers.has("authorization")).toBe(false);
  });

  it("is not called again after a 401", async () => {
    const auth = { autoCollectLegacy: { basic: { username: "u", password: "pass-phrase" } } };
    const with_ = clientWith({ baseUrls, auth }, status(401), json({}));
    const error = await read(with_).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(with_.sent).toHaveLength(1);
    for (const secret of ["pass-phrase", btoa("u:pass-phrase")]) {
      expect(everything(error)).not.toContain(secret);
      expect(everything(with_.amili)).not.toContain(secret);
    }
  });

  it("can be used without credentials, unlike the other APIs", async () => {
    const options = {
      baseUrls,
      auth: { autoCollectLegacy: { headers: { "x-api-key": "key" } } },
      accessToken: undefined,
    };
    const with_ = clientWith(options as never, json({ batch: 1 }));
    await expect(read(with_)).resolves.toEqual({ batch: 1 });
    await expect(with_.client.insights.adbIntervals()).rejects.toMatchObject({ code: "missing_credentials" });
    expect(with_.sent).toHaveLength(1);
  });

  it.each([
    ["the key alone", "s3cret"],
    ["null", null],
    ["a number", 7],
    ["an empty object", {}],
    ["a user name without a password", { basic: { username: "s3cret" } }],
    ["basic as text", { basic: "s3cret:s3cret" }],
    ["headers as text", { headers: "s3cret" }],
    ["headers of null", { headers: null }],
  ])("refuses %s without quoting it", (_, auth) => {
    const make = () => clientWith({ baseUrls, auth: { autoCollectLegacy: auth as never } });
    const error = thrown(make, ConfigurationError);
    expect(error.code).toBe("invalid_option");
    expect(error.message).toMatch(
      /^auth\.autoCollectLegacy must be "bearer", .* (string|null|number|object) was given\.$/,
    );
    expect(everything(error)).not.toContain("s3cret");
  });

  it("accepts Headers", async () => {
    const auth = { autoCollectLegacy: { headers: new Headers({ "x-api-key": "key" }) as never } };
    const with_ = clientWith({ baseUrls, auth }, json({}));
    await read(with_);
    expect(with_.sent[0]?.headers.get("x-api-key")).toBe("key");
  });

  it.each([
    [
      "a colon in the user name",
      { basic: { username: "a:b", password: "p" } },
      /auth\.autoCollectLegacy\.basic\.username/,
    ],
    ["a header that cannot be sent", { headers: { "x-api-key": "sec\nret" } }, /auth\.autoCollectLegacy: "x-api-key"/],
  ])("refuses %s in the constructor", (_, auth, message) => {
    expect(() => clientWith({ baseUrls, auth: { autoCollectLegacy: auth } })).toThrow(message);
    expect(() => clientWith({ baseUrls, auth: { autoCollectLegacy: auth } })).not.toThrow("ret");
  });
});
