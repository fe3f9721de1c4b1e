import { context, metrics, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { Amili, type AmiliOptions, ApiError } from "amili-client";
import { openTelemetryHooks } from "amili-client/opentelemetry";
import { startSandbox } from "amili-client/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { serve } from "../support/server.js";
import {
  CREDENTIALS,
  clientWith,
  failure,
  hang,
  identityAnd,
  json,
  type Reply,
  settle,
  status,
} from "../support/stub.js";

const spans = new InMemorySpanExporter();
const exporter = new InMemoryMetricExporter(AggregationTemporality.DELTA);
const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 2 ** 30 });

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
});
afterAll(async () => {
  await reader.shutdown();
  for (const api of [context, trace, metrics]) api.disable();
});
beforeEach(async () => {
  await reader.forceFlush();
  spans.reset();
  exporter.reset();
});

const traced = (options: AmiliOptions, ...script: Reply[]) =>
  clientWith({ hooks: openTelemetryHooks(), ...options }, ...script);

const finished = () => spans.getFinishedSpans();
const named = (name: string) => finished().filter((span) => span.name === name);
const parentOf = (span: ReadableSpan | undefined) =>
  finished().find((other) => other.spanContext().spanId === span?.parentSpanContext?.spanId)?.name;

const ITEM = "/clients/{clientno}/aritems/{aritemid}";
const OPERATION = `accountsReceivable GET ${ITEM}`;
const REQUEST = {
  "http.request.method": "GET",
  "url.template": ITEM,
  "server.address": "api.amili.no",
  "server.port": 443,
};

describe("openTelemetryHooks", () => {
  it("gives each call a span, with one for each attempt below it", async () => {
    vi.useFakeTimers();
    let n = 0;
    const { client } = traced({}, () => (++n === 1 ? status(503) : json({}, { headers: { "x-request-id": "r-1" } })));
    await settle(client.arItems.get("2218-500002-35078-0"));
    const [operation] = named(OPERATION);
    expect(operation).toMatchObject({ kind: SpanKind.INTERNAL, status: { code: SpanStatusCode.UNSET } });
    expect(operation?.attributes).toEqual({
      ...REQUEST,
      "amili.api": "accountsReceivable",
      "amili.outcome": "success",
      "amili.attempts": 2,
      "amili.request_id": "r-1",
      "http.response.status_code": 200,
    });
    expect(operation?.events).toMatchObject([
      {
        name: "amili.retry",
        attributes: { "amili.attempt": 1, "amili.delay": expect.any(Number), "http.response.status_code": 503 },
      },
    ]);
    const attempts = named(`GET ${ITEM}`);
    expect(attempts).toMatchObject([
      {
        kind: SpanKind.CLIENT,
        status: { code: SpanStatusCode.ERROR },
        attributes: { ...REQUEST, "http.response.status_code": 503, "error.type": "503" },
      },
      {
        kind: SpanKind.CLIENT,
        status: { code: SpanStatusCode.UNSET },
        attributes: { ...REQUEST, "http.response.status_code": 200, "http.request.resend_count": 1 },
      },
    ]);
    expect(attempts.map(parentOf)).toEqual([OPERATION, OPERATION]);
  });

  it("puts calls below the span that is active, and token requests below the call that waits for them", async () => {
    const { client } = traced(
      CREDENTIALS,
      identityAnd(() => json({})),
    );
    await trace.getTracer("test").startActiveSpan("job", async (span: Span) => {
      await client.arItems.get("1");
      span.end();
    });
    const [operation] = named(OPERATION);
    expect(parentOf(operation)).toBe("job");
    expect(parentOf(named("identity POST /token")[0])).toBe(OPERATION);
    expect(parentOf(named("POST /token")[0])).toBe("identity POST /token");
    expect(operation?.events).toMatchObject([
      { name: "amili.token", attributes: { "amili.token.source": "identity" } },
    ]);
  });

  it("records failures by their code, without a message", async () => {
    vi.useFakeTimers();
    const { client } = traced({ maxRetries: 0, timeout: 50 }, status(404), hang);
    await failure(client.arItems.get("1"), ApiError);
    await settle(client.arItems.get("1")).catch(() => {});
    expect(named(OPERATION).map((span) => [span.status, span.attributes["error.type"]])).toEqual([
      [{ code: SpanStatusCode.ERROR }, "http_404"],
      [{ code: SpanStatusCode.ERROR }, "timeout"],
    ]);
    expect(named(`GET ${ITEM}`).map((span) => [span.status, span.attributes["error.type"]])).toEqual([
      [{ code: SpanStatusCode.ERROR }, "404"],
      [{ code: SpanStatusCode.ERROR }, "timeout"],
    ]);
  });

  it("treats an abort as no error of the call", async () => {
    const controller = new AbortController();
    const { client } = traced({}, (sent) => {
      controller.abort(new Error("gave up"));
      return hang(sent);
    });
    await expect(client.arItems.get("1", {}, { signal: controller.signal })).rejects.toThrow("gave up");
    const [operation] = named(OPERATION);
    expect(operation).toMatchObject({
      status: { code: SpanStatusCode.UNSET },
      attributes: { "amili.outcome": "aborted" },
    });
    expect(named(`GET ${ITEM}`)[0]?.attributes["error.type"]).toBe("aborted");
  });

  it("records the duration of attempts in seconds", async () => {
    vi.useFakeTimers();
    const { client } = traced({}, async () => {
      await new Promise((resolve) => setTimeout(resolve, 250));
      return json({});
    });
    await settle(client.arItems.get("1"));
    vi.useRealTimers();
    await reader.forceFlush();
    const [metric] = exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    expect(metric?.descriptor).toMatchObject({ name: "http.client.request.duration", unit: "s" });
    expect(metric?.dataPoints).toMatchObject([
      { attributes: { ...REQUEST, "http.response.status_code": 200 }, value: { count: 1, sum: 0.25 } },
    ]);
  });

  it("leaves attempts to an HTTP instrumentation, whose spans are below the call's", async () => {
    const { client } = traced({ hooks: openTelemetryHooks({ attempts: false }) }, () => {
      trace.getTracer("http").startSpan("GET").end();
      return json({});
    });
    await client.arItems.get("1");
    await reader.forceFlush();
    expect(finished().map(({ name }) => name)).toEqual(["GET", OPERATION]);
    expect(parentOf(named("GET")[0])).toBe(OPERATION);
    expect(exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics)).toEqual([]);
  });

  it("reports a limiter that fails", async () => {
    const limiter = { acquire: async () => Promise.reject(new TypeError("down")) };
    await traced({ limiter }, json({})).client.arItems.get("1");
    expect(named(OPERATION)[0]?.events).toMatchObject([
      { name: "amili.limiter_error", attributes: { "amili.limiter.action": "acquire", "error.type": "TypeError" } },
    ]);
  });

  it("works without a context manager and for calls that send nothing", async () => {
    context.disable();
    onTestFinished(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
    const { client, amili } = traced(
      CREDENTIALS,
      identityAnd(() => json({})),
    );
    await client.arItems.get("1");
    expect(parentOf(named(`GET ${ITEM}`)[0])).toBe(OPERATION);
    await expect(amili.autoCollectLegacy.http.GET("/x" as never)).rejects.toThrow();
    expect(named("autoCollectLegacy GET (unknown path)")[0]?.attributes).toMatchObject({ "amili.attempts": 0 });
  });

  it("refuses unknown options", () => {
    expect(() => openTelemetryHooks({ spans: true } as never)).toThrow(
      "openTelemetryHooks must be an object of attempts",
    );
  });

  it("contains no id, secret or token in any span, over HTTP with pages, errors and raw calls", async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const amili = new Amili({ baseUrls: sandbox.baseUrls, ...sandbox.credentials, hooks: openTelemetryHooks() });
    const client = amili.accountsReceivable.client(2218);
    for await (const _ of client.customers.list({ pagesize: 5 }, { maxItems: 20 }));
    await client.arItems.get("2218-no-such-item").catch(() => {});
    await amili.accountsReceivable.http.GET("/secret-path" as never).catch(() => {});
    const { url } = await serve((_, response) => response.writeHead(500).end("4711"));
    const failing = new Amili({
      baseUrls: { debtCollection: url },
      accessToken: "s3cret",
      maxRetries: 0,
      hooks: openTelemetryHooks(),
    });
    await failing.debtCollection
      .organization("3fa85f64-5717-4562-b3fc-2c963f66afa6")
      .batches.get("4711")
      .catch(() => {});
    const text = JSON.stringify(
      finished().map(({ name, attributes, events, status }) => [name, attributes, events, status]),
    );
    expect(finished().length).toBeGreaterThan(10);
    for (const secret of [
      "no-such-item",
      "/2218",
      "secret-path",
      "4711",
      "3fa85f64",
      "s3cret",
      "url.full",
      sandbox.credentials.clientSecret,
    ]) {
      expect(text).not.toContain(secret);
    }
  });
});
