import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { Sandbox } from "amili-client/sandbox";
import { serve } from "../support/server.js";
import { CHANGES, type Reply } from "./changes.js";

/** A server that passes requests on to the sandbox and changes its responses. It knows nothing of the specs. */
export async function startStranger({ url: sandbox, credentials }: Sandbox) {
  const { url } = await serve((request, response) => void pass(sandbox, request, response));
  const baseUrls = {
    identity: `${url}/identity`,
    debtCollection: `${url}/collection/v1`,
    accountsReceivable: `${url}/arm/v1`,
  };
  return { baseUrls, credentials };
}

async function pass(sandbox: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", url = "/", headers } = request;
  const { authorization = "", "content-type": type = "" } = headers;
  const sent = { ...(authorization && { authorization }), ...(type && { "content-type": type }) };
  const body = method === "GET" ? null : await text(request);
  const original = await fetch(sandbox + url, { method, headers: sent, body });
  const parsed: unknown = await original.json();
  const reply: Reply = {
    status: original.status,
    headers: { "content-type": "application/json" },
    // What the sandbox says of an error is its own.
    body: original.ok ? parsed : undefined,
  };
  const [path = ""] = url.split("?");
  for (const { at, change } of CHANGES) if (pathOf(at).test(path)) change(reply);
  const isText = typeof reply.body === "string";
  response.writeHead(reply.status, reply.body === undefined ? {} : reply.headers);
  response.end(isText ? reply.body : JSON.stringify(reply.body));
}

const pathOf = (template: string) => new RegExp(`^/(collection|arm)/v1${template.replaceAll("{}", "[^/]+")}$`);
