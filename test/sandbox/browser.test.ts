import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { sandboxWith } from "./support.js";

const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const missing = !existsSync(CHROMIUM);

const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Requests to other hosts fail and are reported as errors.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

describe.skipIf(missing)(
  missing ? `in a browser: skipped without ${CHROMIUM}` : "in a browser",
  { timeout: 120_000 },
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
    }, 60_000);
    afterAll(() => browser?.close());

    /** Opens a page of a sandbox. After the test it must have no errors and no requests to other hosts. */
    async function open(url: string): Promise<Page> {
      const page = await browser.newPage();
      page.setDefaultTimeout(60_000);
      const errors: string[] = [];
      const foreign: string[] = [];
      page.on("pageerror", ({ message }) => errors.push(message));
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      page.on("request", (request) => {
        if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== new URL(url).origin)
          foreign.push(request.url());
      });
      onTestFinished(async () => {
        await page.close();
        expect({ errors, foreign }).toEqual({ errors: [], foreign: [] });
      });
      await page.goto(url);
      return page;
    }

    it("the reference lists the operations of all specs with their evidence", async () => {
      const { url } = await sandboxWith();
      const page = await open(`${url}/#debt-collection/tag/invoice/POST/orgs/{organizationId}/invoices`);
      const reference = page.locator("#reference");
      await reference.getByText("Evidence: partial").first().waitFor();
      await reference
        .locator(".badge", { hasText: /^partial$/ })
        .first()
        .waitFor();
      await reference.getByText("Undocumented:").first().waitFor();

      await page.getByRole("button", { name: "Debt Collection API" }).first().click();
      for (const name of [
        "Identity",
        "Accounts Receivable",
        "AutoCollect Legacy",
        "Distribution Invoice",
        "Distribution Partner",
      ]) {
        await page.getByText(`${name} API`, { exact: true }).first().waitFor();
      }
      await page.getByText("Distribution Invoice API", { exact: true }).first().click();
      await reference.getByText("Amili Distribution Invoice API").first().waitFor();
      await page.goto(`${url}/?#distribution-invoice/tag/send/POST/send/ehf30/invoice`);
      await reference.getByText("Path from that of the credit note").first().waitFor();
      await reference
        .locator(".badge", { hasText: /^inferred$/ })
        .first()
        .waitFor();
    });

    it("the reference can send a call, with a token that it fetched", async () => {
      const sandbox = await sandboxWith();
      // The calls must use the host that the browser uses.
      const url = sandbox.url.replace("127.0.0.1", "localhost");
      const page = await open(`${url}/#debt-collection/tag/batches/GET/orgs/{organizationId}/batches`);
      await page
        .getByRole("button", { name: /Test Request \(get \/orgs\/\{organizationId\}\/batches\)/ })
        .first()
        .click();
      const responded = page.waitForResponse((response) => response.url().includes("/collection/v1/"));
      await page.getByRole("button", { name: /^Send/ }).first().click();
      const response = await responded;
      expect(response.url()).toBe(`${url}/collection/v1/orgs/3fa85f64-5717-4562-b3fc-2c963f66afa6/batches`);
      expect(response.status()).toBe(200);
      await page.getByText("200 OK").first().waitFor();
      expect(sandbox.requests.map(({ operationId, status }) => [operationId, status])).toEqual([
        ["createToken", 200],
        ["listBatches", 200],
      ]);
    });

    it("the reference opens when a fault prevents its token", async () => {
      const { url } = await sandboxWith({ faults: "createToken:truncated-json" });
      const page = await open(`${url}/`);
      await page.locator("#reference").getByText("Amili Debt Collection API").first().waitFor();
    });

    it("/_sandbox shows failed requests and their errors as they happen", async () => {
      const sandbox = await sandboxWith({ faults: "listBatches:close-before" });
      const page = await open(`${sandbox.url}/_sandbox`);
      const requests = page.locator("#requests");
      await requests.getByText("None so far.").waitFor();

      const body = new URLSearchParams({ grant_type: "client_credentials", client_id: "7" });
      await fetch(`${sandbox.baseUrls.identity}/token`, { method: "POST", body });
      const row = requests.getByRole("row", { name: "createToken" });
      await row.getByText("400").waitFor();
      await row.getByText("client_secret").waitFor();

      await fetch(`${sandbox.baseUrls.debtCollection}/orgs/x/batches`).catch(() => {});
      await requests.getByRole("row", { name: "listBatches" }).getByText("fault: close-before").waitFor();
      expect(await page.locator("#faults td").allTextContents()).toEqual(["listBatches:close-before", "1", "1"]);

      sandbox.faults.clear();
      await page.locator("#faults").getByText("None.").waitFor();
    });
  },
);
