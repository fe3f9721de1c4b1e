import { Amili, ConfigurationError } from "amili-client";
import { describe, expect, it } from "vitest";
import { clientWith, json, thrown } from "../../support/stub.js";

describe("a base URL", () => {
  const urlFor = async (baseUrl: string) => {
    const { client, sent } = clientWith({ baseUrls: { accountsReceivable: baseUrl } }, json({}));
    await client.arItems.get("1");
    return sent[0]?.url.href;
  };

  it.each([
    ["https://x.test", "https://x.test/clients/2218/aritems/1"],
    ["https://x.test/", "https://x.test/clients/2218/aritems/1"],
    ["https://x.test/arm/v1", "https://x.test/arm/v1/clients/2218/aritems/1"],
    ["https://x.test/arm/v1//", "https://x.test/arm/v1/clients/2218/aritems/1"],
    ["https://X.TEST:443/a/../b", "https://x.test/b/clients/2218/aritems/1"],
  ])("%s leads to %s", async (baseUrl, url) => {
    expect(await urlFor(baseUrl)).toBe(url);
  });

  it.each([
    ["", "is not a URL"],
    ["api.amili.no", "is not a URL"],
    ["https://", "is not a URL"],
    ["https://x.test?a=b", "query"],
    ["https://x.test/#f", "fragment"],
    ["https://x.test/?", "query"],
    ["https://x.test/arm#", "fragment"],
    ["https://user:hunter2@x.test", "user name"],
    ["https://hunter2@x.test", "user name"],
    ["http://user:hunter2@x.test", "user name"],
    ["https://user:hunter2@x.test:99999", "not a URL"],
    ["https://x.test?key=hunter2", "query"],
    ["https://x.test/arm#hunter2", "fragment"],
    ["http://x.test/?key=hunter2", "query"],
    ["x.test?key=hunter2", "query"],
    ["https://x.test:99999/#hunter2", "fragment"],
    [7 as never, '"7" is not a URL'],
    ["http://x.test", "http:"],
    ["javascript:alert(1)", "javascript:"],
  ])("%s is refused", (baseUrl, why) => {
    for (const api of ["identity", "debtCollection", "accountsReceivable"] as const) {
      const make = () => new Amili({ accessToken: "T", baseUrls: { [api]: baseUrl } });
      const error = thrown(make, ConfigurationError);
      expect(error).toMatchObject({ code: "invalid_option" });
      expect(error.message).toContain(`baseUrls.${api}`);
      expect(error.message).toContain(why);
      expect(error.message).not.toContain("hunter2");
    }
  });
});

describe("http: is allowed on loopback only", () => {
  const at = (url: string) => () => new Amili({ accessToken: "T", baseUrls: { accountsReceivable: url } });

  it.each([
    "http://localhost:4010/arm/v1",
    "http://127.0.0.1:1",
    "http://127.8.9.1",
    "http://[::1]:4010",
    "https://amili.test",
  ])("accepts %s", (url) => {
    expect(at(url)).not.toThrow();
  });

  it.each([
    "http://api.amili.no",
    // A resolver may send it elsewhere.
    "http://api.localhost",
    "http://localhost.evil.test",
    "http://127.0.0.1.evil.test",
    "http://notlocalhost",
    "http://10.0.0.1",
    "http://[::2]",
    "http://128.0.0.1",
    "ftp://localhost",
    "ws://localhost",
    "file:///etc",
  ])("refuses %s", (url) => {
    expect(thrown(at(url), ConfigurationError).message).toContain("baseUrls.accountsReceivable");
  });
});
