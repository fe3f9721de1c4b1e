import { readdirSync, readFileSync } from "node:fs";
import * as entry from "amili-client/webhooks";
import { expect, it } from "vitest";

it("gives its functions and one class, and nothing else", () => {
  expect(Object.keys(entry).toSorted()).toEqual([
    "WebhookError",
    "createWebhookHandler",
    "hmacSignature",
    "parseWebhook",
    "signWebhook",
    "toNodeHandler",
  ]);
});

it("needs nothing of Node", () => {
  const folder = new URL("../../../src/webhooks/", import.meta.url);
  for (const name of readdirSync(folder)) {
    const imports = readFileSync(new URL(name, folder), "utf8").match(/from "[^"]+"/g) ?? [];
    expect(imports.filter((from) => !from.startsWith('from ".'))).toEqual([]);
  }
});
