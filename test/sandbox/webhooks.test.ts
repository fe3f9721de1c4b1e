import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import Ajv2020 from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { SandboxOptions, WebhookFaults, WebhookOptions } from "amili-client/sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { readSpecs } from "../../scripts/specs.js";
import { allOf, Caller, Clock, ORGANIZATION, sandboxWith } from "./support.js";

interface Received {
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: events of several shapes
  event: any;
}

/** A receiver of webhooks, and a sandbox that sends to it. */
async function receiving(options: Partial<SandboxOptions> = {}, webhook: Omit<WebhookOptions, "url"> = {}) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const text = (await request.toArray()).join("");
    received.push({ headers: request.headers, text, event: JSON.parse(text) });
    response.writeHead(204).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const sandbox = await sandboxWith({ size: 0, batchTime: 0, webhook: { url, ...webhook }, ...options });
  return { received, sandbox, caller: new Caller(sandbox) };
}

const INVOICES = { invoices: [{ invoiceNumber: "1", originalInvoiceAmount: 10, uniqueSourceInvoiceId: "erp-1" }] };

const spec = readSpecs().find(({ name }) => name === "debt-collection")?.spec;
const ajv = new Ajv2020.default({ strict: false });
formats.default(ajv);
ajv.addSchema(spec as object, "spec");
const errorsOf = ({ type, eventType, ...rest }: Record<string, unknown>) => {
  const place = `spec#/webhooks/${type ?? eventType}/post/requestBody/content/application~1json/schema`;
  const event = { ...rest, ...(type !== undefined && { type }), ...(eventType !== undefined && { eventType }) };
  return ajv.validate({ $ref: place }, event) ? [] : ajv.errors;
};

it("sends the documented events and headers, in order", async () => {
  const { received, sandbox, caller } = await receiving();
  const { body } = await caller.org("createInvoices", { body: INVOICES });
  const [invoice] = await allOf(caller, "listInvoices");
  await caller.org("createPayments", { body: { payments: [{ invoiceId: invoice.id, amount: 4 }] } });
  await caller.org("pauseInvoice", { path: { invoiceId: invoice.id } });
  await caller.org("createPayments", { body: { payments: [{ invoiceId: invoice.id, amount: 6 }] } });
  await sandbox.flush();

  const names = received.map(({ headers }) => headers["x-amili-event"]);
  expect(names).toEqual([
    ...["CASE", "BATCH_COMPLETED"],
    ...["SETTLEMENT_CREATED", "CASE_UPDATED", "BATCH_COMPLETED"],
    "CASE_UPDATED",
    ...["SETTLEMENT_CREATED", "CASE_UPDATED", "BATCH_COMPLETED"],
  ]);
  expect(received.map(({ event }) => event.type ?? event.eventType)).toEqual(names);
  expect(received.flatMap(({ event }) => errorsOf(event))).toEqual([]);
  expect(new Set(received.map(({ headers }) => headers.idempotencykey)).size).toBe(received.length);
  expect(new Set(received.map(({ headers }) => headers["x-amili-request-id"])).size).toBe(received.length);
  expect(received.every(({ headers }) => headers["x-webhook-signature"] === undefined)).toBe(true);

  const [created, completed, settled] = received.map(({ event }) => event);
  expect(created.data).toMatchObject({ orgId: ORGANIZATION, status: "OPEN", invoices: [invoice.id] });
  expect(completed.data).toEqual({ batchId: body.data.batchId, organizationId: ORGANIZATION, status: "SUCCESS" });
  const path = { settlementId: settled.data.settlementId };
  expect((await caller.org("getSettlement", { path })).body.data).toMatchObject({
    paymentAmount: 4,
    caseNumber: settled.data.caseNumber,
  });
  expect(
    received.filter(({ event }) => event.eventType === "CASE_UPDATED").map(({ event }) => event.data.fields),
  ).toEqual([["amounts"], ["status"], ["amounts", "status"]]);
  expect(sandbox.deliveries).toHaveLength(received.length);
  expect(sandbox.deliveries[0]).toEqual({
    event: "CASE",
    key: received[0]?.headers.idempotencykey,
    status: 204,
    error: undefined,
  });
});

it("sends events by a timer", async () => {
  const { received, caller } = await receiving({ batchTime: 20 });
  await caller.org("createInvoices", { body: INVOICES });
  await expect.poll(() => received.length).toBe(2);
});

it("sends what is due by a test's own clock", async () => {
  const clock = new Clock();
  const { received, caller, sandbox } = await receiving({ batchTime: 60_000, now: clock.now });
  await caller.org("createInvoices", { body: INVOICES });
  await sandbox.flush();
  expect(received).toEqual([]);
  clock.forward(60_000);
  await sandbox.flush();
  expect(received.map(({ event }) => event.timeStamp)).toEqual(Array(2).fill(new Date(clock.now()).toISOString()));
});

it("adds the headers of sign", async () => {
  const { received, caller, sandbox } = await receiving(
    {},
    { sign: (body) => ({ "x-webhook-signature": String(body.length) }) },
  );
  await caller.org("createInvoices", { body: INVOICES });
  await sandbox.flush();
  for (const { headers, text } of received) expect(headers["x-webhook-signature"]).toBe(String(text.length));
});

it("records failed deliveries and continues", async () => {
  const sandbox = await sandboxWith({ size: 0, batchTime: 0, webhook: "http://127.0.0.1:9/hook" });
  await new Caller(sandbox).org("createInvoices", { body: INVOICES });
  await sandbox.flush();
  expect(sandbox.deliveries).toMatchObject([
    { event: "CASE", status: undefined, error: expect.any(String) },
    { event: "BATCH_COMPLETED", status: undefined },
  ]);
});

it("aborts deliveries when it is closed", async () => {
  const server = createServer(() => {});
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  const webhook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const sandbox = await sandboxWith({ size: 0, batchTime: 0, webhook });
  await Promise.all([once(server, "request"), new Caller(sandbox).org("createInvoices", { body: INVOICES })]);
  await sandbox.close();
  await sandbox.flush();
  expect(sandbox.deliveries.map(({ error }) => error)).toEqual(Array(2).fill("The sandbox was closed."));
});

describe("on request, events are delivered", () => {
  /** What arrives of one batch of invoices, by type. */
  async function arriving(faults: WebhookFaults, options: Partial<SandboxOptions> = {}) {
    const clock = new Clock();
    const parts = await receiving({ now: clock.now, ...options }, { faults });
    const types = () => parts.received.map(({ event }) => event.type ?? event.eventType);
    await parts.caller.org("createInvoices", { body: INVOICES });
    return { ...parts, clock, types };
  }

  it("twice, with the same body and key", async () => {
    const { received, sandbox, types } = await arriving({ duplicate: 1 });
    await sandbox.flush();
    expect(types()).toEqual(["CASE", "CASE", "BATCH_COMPLETED", "BATCH_COMPLETED"]);
    expect(received[1]?.text).toBe(received[0]?.text);
    expect(received[1]?.headers.idempotencykey).toBe(received[0]?.headers.idempotencykey);
    expect(received[1]?.headers["x-amili-request-id"]).not.toBe(received[0]?.headers["x-amili-request-id"]);
    expect(sandbox.deliveries).toHaveLength(4);
  });

  it("late, by the sandbox's clock", async () => {
    const { sandbox, types, clock, received } = await arriving({ late: 1, delay: 60_000 });
    clock.forward(59_999);
    await sandbox.flush();
    expect(types()).toEqual([]);
    const created = new Date(clock.now() - 59_999).toISOString();
    clock.forward(1);
    await sandbox.flush();
    expect(types()).toEqual(["CASE", "BATCH_COMPLETED"]);
    expect(received.map(({ event }) => event.timeStamp)).toEqual([created, created]);
  });

  it("out of order: after the one that follows", async () => {
    const { sandbox, types, caller } = await arriving({ outOfOrder: 1 });
    await sandbox.flush();
    expect(types()).toEqual(["BATCH_COMPLETED", "CASE"]);
    const [invoice] = await allOf(caller, "listInvoices");
    await caller.org("createPayments", { body: { payments: [{ invoiceId: invoice.id, amount: 4 }] } });
    await sandbox.flush();
    // The third has none that follows.
    expect(types().slice(2)).toEqual(["CASE_UPDATED", "SETTLEMENT_CREATED", "BATCH_COMPLETED"]);
  });

  it("out of order: after the delay, where none follows", async () => {
    const { sandbox, types, caller, clock } = await arriving({ outOfOrder: 1, delay: 5000 });
    const [invoice] = await allOf(caller, "listInvoices");
    await sandbox.flush();
    await caller.org("pauseInvoice", { path: { invoiceId: invoice.id } });
    clock.forward(5000);
    // Any request runs what is due.
    await caller.org("listBatches");
    await expect.poll(types).toEqual(["BATCH_COMPLETED", "CASE", "CASE_UPDATED"]);
    await sandbox.flush();
    expect(types()).toHaveLength(3);
  });

  it("with a probability, the same ones for the same seed", async () => {
    const keysOf = async (seed: number) => {
      const { sandbox, caller } = await arriving({ duplicate: 0.5 }, { seed });
      for (let n = 0; n < 6; n++) await caller.org("createInvoices", { body: INVOICES });
      await sandbox.flush();
      return sandbox.deliveries.map(({ event }) => event).join();
    };
    expect(await keysOf(4)).toBe(await keysOf(4));
    expect(await keysOf(5)).not.toBe(await keysOf(4));
  });

  it("once, in order and at once by default", async () => {
    const { sandbox, types } = await arriving({});
    await sandbox.flush();
    expect(types()).toEqual(["CASE", "BATCH_COMPLETED"]);
  });
});
