import type { CallInfo } from "../call.js";
import { AmiliError, ConfigurationError, requestIdOf } from "../errors.js";
import type { Signals } from "./abort.js";
import type { ReceivedResponse } from "./exchange.js";
import { type CallEndEvent, type CallStartEvent, notify, startInside } from "./hooks.js";
import type { ApiConfig } from "./transport.js";

/** A call as its events and errors show it. */
export interface ObservedCall extends CallInfo {
  id: number;
}

/** Stands for a path that is no operation's: it may hold values. */
export const UNKNOWN_PATH = "(unknown path)";

let lastId = 0;

export const createCall = (method: string, path: string): ObservedCall => ({ id: ++lastId, method, path, attempts: 0 });

/** Runs a call and reports its start and end, also if it fails before anything is sent. */
export function observeCall<Result extends { response: ReceivedResponse }>(
  config: ApiConfig,
  call: ObservedCall,
  signals: Signals,
  run: () => Promise<Result>,
): Promise<Result> {
  const { onCallStart, onCallEnd } = config.hooks;
  return onCallStart || onCallEnd ? reportCall(config, call, signals, run) : run();
}

async function reportCall<Result extends { response: ReceivedResponse }>(
  { api, hooks, transport }: ApiConfig,
  call: ObservedCall,
  signals: Signals,
  run: () => Promise<Result>,
): Promise<Result> {
  const origin = transport instanceof ConfigurationError ? undefined : transport.origin;
  const startedAt = Date.now();
  const start = performance.now();
  // Raw calls learn their path while they run.
  const describe = (): CallStartEvent => ({
    callId: call.id,
    api,
    origin,
    method: call.method,
    path: call.path,
    startedAt,
  });
  const end = (ending: Pick<CallEndEvent, "outcome" | "status" | "requestId" | "errorCode">) => {
    const duration = performance.now() - start;
    notify(hooks.onCallEnd, { ...describe(), attempts: call.attempts, duration, ...ending });
  };
  try {
    const result = await startInside(hooks, describe(), run);
    const { ok, status, headers } = result.response;
    const requestId = requestIdOf(headers);
    end({ outcome: ok ? "success" : "error", status, requestId, errorCode: ok ? undefined : `http_${status}` });
    return result;
  } catch (error) {
    end(endingOf(error, signals));
    throw error;
  }
}

function endingOf(
  error: unknown,
  signals: Signals,
): Pick<CallEndEvent, "outcome" | "status" | "requestId" | "errorCode"> {
  if (!(error instanceof AmiliError)) {
    const outcome = signals.some(({ aborted }) => aborted) ? "aborted" : "error";
    return { outcome, status: undefined, requestId: undefined, errorCode: undefined };
  }
  const { code: errorCode, status, requestId }: AmiliError & { status?: unknown; requestId?: unknown } = error;
  return {
    outcome: "error",
    status: typeof status === "number" ? status : undefined,
    requestId: typeof requestId === "string" ? requestId : undefined,
    errorCode,
  };
}
