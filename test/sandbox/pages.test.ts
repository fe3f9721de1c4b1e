import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { activityPage } from "../../src/sandbox/pages/activity.js";
import { dataElement, html } from "../../src/sandbox/pages/html.js";
import { createPages } from "../../src/sandbox/pages/index.js";
import type { BrowserPage } from "../../src/sandbox/pages/page.js";
import { sandboxWith } from "./support.js";

const SPECS = [
  "identity",
  "debt-collection",
  "accounts-receivable",
  "autocollect-legacy",
  "distribution-invoice",
  "distribution-partner",
];

interface ShownOperation {
  description: string;
  "x-evidence": string;
  "x-inferred"?: string;
  "x-unknown"?: string[];
  "x-badges": { name: string }[];
}

interface ShownSpec {
  info: { description: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, ShownOperation>>;
  components?: { parameters?: Record<string, { description: string; example?: unknown }> };
}

describe("the pages of the sandbox", () => {
  it("are HTML that loads nothing from other hosts", async () => {
    const { url } = await sandboxWith();
    for (const path of ["/", "/_sandbox"]) {
      const response = await fetch(url + path);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
      const policy = response.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'; script-src 'self';");
      expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
      const text = await response.text();
      expect(text).not.toMatch(/(src|href)="(https?:|\/\/)/);
      // There is no inline script.
      expect(text).not.toMatch(/<script(?! src=| type="application\/json")/);
    }
  });

  it("are not cached, and send no referrer", async () => {
    const { url } = await sandboxWith();
    for (const path of ["/", "/_sandbox", "/_sandbox/state.json", "/_sandbox/openapi/identity.json"]) {
      const { headers } = await fetch(url + path);
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
    }
  });

  it("refer to assets that exist", async () => {
    const { url } = await sandboxWith();
    const types = { css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8" };
    for (const path of ["/", "/_sandbox"]) {
      const text = await (await fetch(url + path)).text();
      const assets = [...text.matchAll(/"(\/_sandbox\/assets\/[^"]+)"/g)].map(([, asset]) => asset);
      expect(assets.length).toBeGreaterThan(1);
      for (const asset of assets) {
        const response = await fetch(url + asset);
        expect(response.status).toBe(200);
        expect(response.headers.get("content-type")).toBe(types[asset?.split(".").pop() as keyof typeof types]);
        expect((await response.text()).length).toBeGreaterThan(100);
      }
    }
  });

  it("respond to GET, and are not logged as requests", async () => {
    const sandbox = await sandboxWith();
    for (const path of ["/", "/_sandbox", "/_sandbox/openapi/identity.json"]) await fetch(sandbox.url + path);
    expect(sandbox.requests).toEqual([]);
    for (const method of ["POST", "PUT", "DELETE"]) {
      const response = await fetch(`${sandbox.url}/_sandbox`, { method });
      expect(response.status).toBe(404);
      expect(response.headers.get("content-type")).toBe("application/json");
    }
    expect(sandbox.requests).toHaveLength(3);
  });

  it.each([
    "/_sandbox/openapi/title-only.json",
    "/_sandbox/openapi/..%2fpackage.json",
    "/_sandbox/openapi/constructor.json",
    "/_sandbox/assets/none.js",
    "/__proto__",
    "/constructor",
    "/index.html",
  ])("are not at %s", async (path) => {
    const { url } = await sandboxWith();
    const response = await fetch(url + path);
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toBe("application/json");
  });
});

describe("the specs that the sandbox shows", () => {
  const specAt = async (url: string, name: string) =>
    (await (await fetch(`${url}/_sandbox/openapi/${name}.json`)).json()) as ShownSpec;

  it("have the sandbox as their only server", async () => {
    const { url, baseUrls } = await sandboxWith();
    const servers = await Promise.all(SPECS.map(async (name) => (await specAt(url, name)).servers.map((s) => s.url)));
    expect(servers).toEqual([...Object.values(baseUrls).map((base) => [base]), []]);
  });

  it("have the host that the browser uses, if it is loopback", async () => {
    const pages = createPages({ state: () => expect.fail(), url: () => "http://127.0.0.1:4010" });
    const serverFor = async (host: string) => {
      const message = { headers: { host } } as IncomingMessage;
      const page = (await pages["/_sandbox/openapi/identity.json"]?.(message)) as BrowserPage;
      return JSON.parse(String(page.body)).servers[0].url;
    };
    expect(await serverFor("localhost:4010")).toBe("http://localhost:4010/identity");
    expect(await serverFor("evil.example:4010")).toBe("http://127.0.0.1:4010/identity");
    expect(await serverFor('localhost:4010"><script>')).toBe("http://127.0.0.1:4010/identity");
  });

  it("have the evidence of every operation", async () => {
    const { url } = await sandboxWith();
    const specs = await Promise.all(SPECS.map((name) => specAt(url, name)));
    const operations = specs.flatMap(({ paths }) => Object.values(paths).flatMap((item) => Object.values(item)));
    expect(operations.length).toBeGreaterThan(50);
    for (const operation of operations) {
      const { description, "x-evidence": evidence, "x-inferred": inferred, "x-unknown": unknown = [] } = operation;
      expect(operation["x-badges"]).toEqual([expect.objectContaining({ name: evidence })]);
      expect(description).toContain(`**Evidence: ${evidence}**`);
      expect(description).toContain("**Source:**");
      if (inferred) expect(description).toContain(`**Inferred:** ${inferred.trim()}`);
      for (const line of unknown) expect(description).toContain(`- ${line}`);
    }
  });

  it("have what was inferred of a field, and what is known by title only", async () => {
    const { url } = await sandboxWith();
    const spec = await specAt(url, "accounts-receivable");
    expect(spec.components?.parameters?.ClientNo).toMatchObject({
      description: expect.stringContaining("*Inferred: Its type, from clientNo in the responses.*"),
      example: 2218,
    });
    expect((await specAt(url, "distribution-partner")).info.description).toContain("**Get available companies**");
    expect(spec.info.description).toContain("`https://api.staging.amili.no/arm/v1` (documented)");
  });
});

describe("without Scalar", () => {
  const pages = createPages({
    state: () => expect.fail(),
    url: () => "http://127.0.0.1:4010",
    scalar: () => undefined,
  });
  const pageAt = async (path: string) => pages[path]?.({ headers: {} } as IncomingMessage);

  it("the reference is a list of the operations that names the package to install", async () => {
    const text = String((await pageAt("/"))?.body);
    expect(text).toContain("npm install --save-dev @scalar/api-reference");
    expect(text).not.toContain("<script");
    expect(text).toContain("<code>POST /collection/v1/orgs/{organizationId}/invoices</code>");
    expect(text).toMatch(
      /createToken<\/td>\s*<td><code>POST \/identity\/token<\/code><\/td>\s*<td><span class="badge documented">/,
    );
    expect(text).toContain('<span class="badge inferred">inferred</span>');
    for (const name of SPECS) expect(text).toContain(`/_sandbox/openapi/${name}.json`);
  });

  it("its bundle does not exist", async () => {
    expect(await pageAt("/_sandbox/assets/scalar.js")).toBeUndefined();
  });
});

describe("/_sandbox", () => {
  it("shows errors of requests, the faults in force and the state", async () => {
    const sandbox = await sandboxWith({ faults: "listGl*:status=503;retry-after=1:n=2", seed: 7 });
    await fetch(`${sandbox.baseUrls.identity}/token`, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "client_credentials", client_secret: "hunter2" }),
    });
    const text = await (await fetch(`${sandbox.url}/_sandbox`)).text();
    expect(text).toContain("Seed 7");
    expect(text).toContain("<code>POST /identity/token</code>");
    expect(text).toContain("client_id");
    expect(text).toContain("<code>listGl*:status=503;retry-after=1:n=2</code>");
    expect(text).not.toContain("hunter2");
    expect(text).toMatch(/<dt>queued<\/dt><dd>0<\/dd>/);
  });

  it("shows no part of a path or id that was sent", async () => {
    const sandbox = await sandboxWith();
    const hostile = "%3Cscript%3Ealert(1)%3C/script%3E";
    await fetch(`${sandbox.url}/${hostile}?q=${hostile}`);
    await fetch(`${sandbox.baseUrls.debtCollection}/orgs/${hostile}/batches?${hostile}=1`);
    const text = await (await fetch(`${sandbox.url}/_sandbox`)).text();
    expect(sandbox.requests).toHaveLength(2);
    expect(text).not.toMatch(/alert\(1\)/);
  });

  it("escapes all values", () => {
    const hostile = `<img src=x onerror="alert('1')">&amp;`;
    const text = activityPage({
      now: hostile,
      seed: 1,
      size: 1,
      requestCount: 3,
      requests: [
        {
          no: 3,
          at: `${"x".repeat(11)}<b>`,
          api: "identity",
          operationId: hostile,
          method: hostile,
          path: hostile,
          status: 400,
          duration: 1,
          validationErrors: [hostile, hostile],
          unknownFields: [],
          injected: hostile,
        },
      ],
      faults: [{ rule: { fault: { kind: "close-before" } }, text: hostile, calls: 1, hits: 1 }],
      deliveries: [{ event: hostile, key: hostile, status: undefined, error: hostile }],
      counts: { [hostile]: 1 },
    });
    expect(text).not.toContain("<img");
    expect(text).not.toContain("<b>");
    expect(text.match(/&lt;img src=x onerror=&quot;alert\(&#39;1&#39;\)&quot;&gt;&amp;amp;/g)).toHaveLength(12);
  });

  it("escapes data for scripts", () => {
    expect(dataElement("x", "</script><!--").text).toBe(
      '<script type="application/json" id="x">"\\u003c/script>\\u003c!--"</script>',
    );
    expect(html`<p>${undefined}${0}${["<", html`<br>`]}</p>`.text).toBe("<p>0&lt;<br></p>");
  });
});
