import { createServer } from "node:http";
import { ConfigurationError } from "amili-client";
import { signWebhook, toNodeHandler } from "amili-client/webhooks";
import express from "express";
import { expect, it } from "vitest";
import { addressOf, receives } from "./scenario.js";
import { BATCH, HMAC, receiver } from "./support.js";

receives("Express, before any body parser", (handle) => {
  const app = express();
  app.post("/amili", toNodeHandler(handle));
  app.use(express.json());
  return addressOf(createServer(app));
});

// Its limit is above the handler's, so that the handler responds.
receives("Express with express.raw", (handle) => {
  const app = express();
  app.post("/amili", express.raw({ type: () => true, limit: "4mb" }), toNodeHandler(handle));
  return addressOf(createServer(app));
});

it("after express.json the handler fails and reports why", async () => {
  const { handle, onError } = receiver();
  const app = express();
  app.use(express.json());
  app.post("/amili", toNodeHandler(handle));
  const url = await addressOf(createServer(app));
  expect((await fetch(url, await signWebhook(BATCH, HMAC))).status).toBe(500);
  expect(onError.mock.calls).toEqual([[expect.any(ConfigurationError)]]);
});
