import {
  type Attributes,
  type Context,
  context,
  type MeterProvider,
  metrics,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TracerProvider,
  trace,
} from "@opentelemetry/api";
import { version } from "../../generated/version.js";
import { checkNames } from "../http/checks.js";
import type { Hooks, RequestEvent } from "../http/hooks.js";

/** Options of `openTelemetryHooks`. Unknown options are refused. */
export interface OpenTelemetryOptions {
  /**
   * Whether attempts get spans and the metric `http.client.request.duration`. Default true. Set it to false where an HTTP
   * instrumentation is installed, which makes both: its spans are then children of the call's.
   */
  attempts?: boolean;
  /** Default: the global one. */
  tracerProvider?: TracerProvider;
  /** Default: the global one. */
  meterProvider?: MeterProvider;
}

const OPTIONS = { attempts: true, tracerProvider: true, meterProvider: true } satisfies Record<
  keyof OpenTelemetryOptions,
  true
>;

/** Bounds of the histogram in seconds, as the semantic conventions advise. */
const DURATIONS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** A call in flight. */
interface TracedCall {
  span: Span;
  context: Context;
  attempt?: Span;
}

/**
 * Hooks that trace each call with OpenTelemetry. Attributes have the names of the semantic conventions for HTTP. Paths are
 * templates: no `url.full`, which would contain ids. Call it after the SDK has started, or the metric is not recorded.
 *
 * @throws {ConfigurationError} when an option is unknown
 */
export function openTelemetryHooks(options: OpenTelemetryOptions = {}): Hooks {
  checkNames("The options of openTelemetryHooks", options, OPTIONS);
  const { attempts = true, tracerProvider = trace, meterProvider = metrics } = options;
  const tracer = tracerProvider.getTracer("amili-client", version);
  const requestDuration = meterProvider
    .getMeter("amili-client", version)
    .createHistogram("http.client.request.duration", {
      description: "Duration of HTTP client requests.",
      unit: "s",
      advice: { explicitBucketBoundaries: DURATIONS },
    });
  const calls = new Map<number, TracedCall>();

  function endAttempt(event: RequestEvent & { duration: number }, outcome: Attributes): void {
    const call = calls.get(event.callId);
    if (call?.attempt) endSpan(call.attempt, outcome);
    requestDuration.record(event.duration / 1000, { ...requestAttributes(event), ...outcome }, call?.context);
  }

  return {
    onCallStart(event, start) {
      const { callId, api, method, path } = event;
      const attributes = { "amili.api": api, ...requestAttributes(event) };
      const span = tracer.startSpan(`${api} ${method} ${path}`, { kind: SpanKind.INTERNAL, attributes });
      const call = { span, context: trace.setSpan(context.active(), span) };
      calls.set(callId, call);
      context.with(call.context, start);
    },
    onCallEnd({ callId, outcome, attempts, status, requestId, errorCode }) {
      const span = calls.get(callId)?.span;
      calls.delete(callId);
      span?.setAttributes({ "amili.outcome": outcome, "amili.attempts": attempts });
      if (requestId !== undefined) span?.setAttribute("amili.request_id", requestId);
      // An abort is the caller's will.
      if (span) endSpan(span, { ...statusAttribute(status), ...(outcome === "error" && errorType(errorCode)) });
    },
    onRetry({ callId, attempt, delay, status, error }) {
      const outcome = { ...statusAttribute(status), ...(error && errorType(error.code)) };
      calls.get(callId)?.span.addEvent("amili.retry", { "amili.attempt": attempt, "amili.delay": delay, ...outcome });
    },
    onToken({ source, storeError }) {
      // The call that waited first; others wait for the same token.
      trace.getActiveSpan()?.addEvent("amili.token", {
        "amili.token.source": source,
        ...(storeError !== undefined && { "amili.token.store_error": storeError }),
      });
    },
    onLimiterError({ callId, action, error }) {
      calls.get(callId)?.span.addEvent("amili.limiter_error", { "amili.limiter.action": action, ...errorType(error) });
    },
    ...(attempts && {
      onRequest(event) {
        const call = calls.get(event.callId);
        if (!call) return;
        const { method, path, attempt } = event;
        const attributes = {
          ...requestAttributes(event),
          ...(attempt > 1 && { "http.request.resend_count": attempt - 1 }),
        };
        call.attempt = tracer.startSpan(`${method} ${path}`, { kind: SpanKind.CLIENT, attributes }, call.context);
      },
      onResponse(event) {
        const { status } = event;
        endAttempt(event, { ...statusAttribute(status), ...(status >= 400 && errorType(String(status))) });
      },
      onRequestError(event) {
        endAttempt(event, errorType(event.error?.code ?? "aborted"));
      },
    }),
  };
}

function requestAttributes({
  origin,
  method,
  path,
}: Pick<RequestEvent, "method" | "path"> & { origin?: string | undefined }): Attributes {
  const attributes = { "http.request.method": method, "url.template": path };
  if (origin === undefined) return attributes;
  const { hostname, port, protocol } = new URL(origin);
  return {
    ...attributes,
    "server.address": hostname,
    "server.port": Number(port || (protocol === "https:" ? 443 : 80)),
  };
}

const statusAttribute = (status: number | undefined): Attributes =>
  status === undefined ? {} : { "http.response.status_code": status };

/** `_OTHER` is what the conventions ask for where no code is known. */
const errorType = (code = "_OTHER"): Attributes => ({ "error.type": code });

function endSpan(span: Span, outcome: Attributes): void {
  span.setAttributes(outcome);
  if (outcome["error.type"] !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
