import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { addressOf, receives } from "./scenario.js";

receives("Hono", (handle) => {
  const app = new Hono();
  app.post("/amili", (context) => handle(context.req.raw));
  return addressOf(createAdaptorServer(app) as Server);
});
