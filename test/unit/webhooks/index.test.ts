import { readdirSync, readFileSync } from "node:fs";
import * as entry from "amili-client/webhooks";
import { expect, it } from "vitest";

it("exports five functions and one class", () => {
  expect(Object.keys(entry).toSorted()).toEqual([
    "WebhookError",
    "createWebhookHandler",
    "hmacSignature",
    "parseWebhook",
    "signWebhook",
    "toNodeHandler",
  ]);
});

it("imports nothing from Node", () => {
  const folder = new URL("../../../src/webhooks/", import.meta.url);
  for (const name of readdirSync(folder)) {
    const imports = readFileSync(new URL(name, folder), "utf8").match(/from "[^"]+"/g) ?? [];
    expect(imports.filter((from) => !from.startsWith('from ".'))).toEqual([]);
  }
});
