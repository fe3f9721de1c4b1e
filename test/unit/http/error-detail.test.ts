import { ApiError } from "amili-client";
import { describe, expect, it } from "vitest";
import { describeErrorBody } from "../../../src/http/error-detail.js";
import { clientWith, failure, json } from "../../support/stub.js";

describe("the server's reason", () => {
  it.each([
    [{ message: "Invoice is closed" }, "Invoice is closed"],
    [
      { title: "Conflict", detail: "Invoice is closed", status: 409, traceId: "00-4bf9" },
      "Conflict; Invoice is closed",
    ],
    [{ error: "invalid_client", error_description: "Unknown client" }, "invalid_client; Unknown client"],
    [{ error: { code: "E7", message: "Closed" } }, "E7: Closed"],
    [{ errors: ["one", "two", "one"] }, "one; two"],
    [
      { errors: [{ field: "currency", message: "is unknown" }, { message: "is late" }] },
      "currency: is unknown; is late",
    ],
    [
      { title: "Invalid", errors: { "invoices[0].type": ["is unknown"], a: "b" } },
      "Invalid; invoices[0].type: is unknown; a: b",
    ],
    [{ error: { errors: [{ error: { message: "deep" } }] } }, undefined],
    [[{ message: "a" }, { message: "b" }], "a; b"],
    ["Not today\n\tplease\u0007", "Not today please"],
    ["<html><body>Bad Gateway</body></html>", undefined],
    [{ message: "" }, undefined],
    [{ message: 7 }, undefined],
    [{ ssn: "01017012345", name: "Kari" }, undefined],
    [undefined, undefined],
    [null, undefined],
    [7, undefined],
  ])("of %j is %j", (body, detail) => {
    expect(describeErrorBody(body, [])).toBe(detail);
  });

  it("has at most 300 characters, and a text of more than 4096 is none", () => {
    expect(describeErrorBody({ message: "ab ".repeat(200) }, [])).toHaveLength(300);
    expect(describeErrorBody({ message: "ab ".repeat(2000) }, [])).toBeUndefined();
    expect(
      describeErrorBody(
        {
          errors: Array(50)
            .fill(0)
            .map((_, n) => `e${n}`),
        },
        [],
      ),
    ).toMatch(/^e0; .*e9$/);
  });

  it.each([
    ["ssn 01017012345 is unknown", "ssn [redacted] is unknown"],
    ["kari.nordmann+a@post.example.no has no account", "[redacted] has no account"],
    ["ærlig@blåbær.no", "[redacted]"],
    ["token eyJhbGciOi.eyJzdWIi.c2ln is expired", "token [redacted] is expired"],
    ["of 2026-01-31, at most 1000", "of 2026-01-31, at most 1000"],
  ])("is redacted: %s", (message, detail) => {
    expect(describeErrorBody({ message }, [])).toBe(detail);
  });

  it.each<[string[], string, string]>([
    [["Kari Nordmann"], "kari nordmann is unknown", "[redacted] is unknown"],
    [["Kari", "Kari Nordmann"], "Kari Nordmann", "[redacted]"],
    [["1"], "1 of 2018 is 1.", "[redacted] of 2018 is [redacted]."],
    [["", " "], "a b", "a b"],
    [["a.*(b"], "see a.*(b, not aXXb", "see [redacted], not aXXb"],
  ])("has no value that was sent: %j", (values, message, detail) => {
    expect(describeErrorBody({ message }, values)).toBe(detail);
  });
});

describe("no value of a request is in its error", () => {
  const echo = async (request: { url: URL; body: string | undefined; headers: Headers }) => {
    const words = [decodeURIComponent(request.url.href), request.body ?? "", ...request.headers.values()];
    return json({ message: words.join(" | ").slice(0, 4_000) }, { status: 400 });
  };

  it("of path, query, headers and body", async () => {
    const { org, client } = clientWith({ accessToken: "t0ken-t0ken", headers: { "x-a": "of-the-client" } }, echo);
    const headers = { "x-mine": "of-the-call" };
    const calls = [
      client.arItems.get("kari/7", { expand: "øre" } as never, { headers }),
      org.invoices.create([{ debtor: { name: "Ola", age: 47 }, tags: ["blå"] } as never], { headers }),
    ];
    for (const call of calls) {
      const { detail } = await failure(call, ApiError);
      expect(detail).toContain("[redacted]");
      expect(detail).not.toMatch(/kari|øre|Ola|47|blå|of-the-c|t0ken|2218|3fa85f64/);
    }
  });

  it("in the encoding of a URL", async () => {
    const { client } = clientWith({}, async ({ url }) => json({ message: `no ${url.href}` }, { status: 404 }));
    const { detail } = await failure(client.arItems.get("kari@x.no", { expand: "a b/c" } as never), ApiError);
    expect(detail).toBe("no https://api.amili.no/arm/v1/clients/[redacted]/aritems/[redacted]?expand=[redacted]");
  });

  it("of a form", async () => {
    const { amili } = clientWith({}, async () => json({ error: "no client id&1 with s=cret" }, { status: 400 }));
    const body = { grant_type: "client_credentials", client_id: "id&1", client_secret: "s=cret" } as const;
    const { detail } = await failure(amili.identity.token(body), ApiError);
    expect(detail).toBe("no client [redacted] with [redacted]");
  });
});
