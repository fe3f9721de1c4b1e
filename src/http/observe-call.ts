import type { CallInfo } from "../call.js";
import { AmiliError, ConfigurationError, requestIdOf } from "../errors.js";
import type { Signals } from "./abort.js";
import type { ReceivedResponse } from "./exchange.js";
import { type CallEndEvent, notify } from "./hooks.js";
import type { ApiConfig } from "./transport.js";

/** A call as its events and errors show it. */
export interface ObservedCall extends CallInfo {
  id: number;
}

/** Stands for a path that is no operation's: it may hold values. */
export const UNKNOWN_PATH = "(unknown path)";

let lastId = 0;

export const createCall = (method: string, path: string): ObservedCall => ({ id: ++lastId, method, path, attempts: 0 });

/** Runs a call and reports its end, also if it fails before anything is sent. */
export function observeCall<Result extends { response: ReceivedResponse }>(
  config: ApiConfig,
  call: ObservedCall,
  signals: Signals,
  run: () => Promise<Result>,
): Promise<Result> {
  return config.hooks.onCallEnd ? reportEnd(config, call, signals, run) : run();
}

async function reportEnd<Result extends { response: ReceivedResponse }>(
  { api, hooks, transport }: ApiConfig,
  call: ObservedCall,
  signals: Signals,
  run: () => Promise<Result>,
): Promise<Result> {
  const startedAt = Date.now();
  const start = performance.now();
  const end = (ending: Pick<CallEndEvent, "outcome" | "status" | "requestId" | "errorCode">) => {
    const { id: callId, method, path, attempts } = call;
    const origin = transport instanceof ConfigurationError ? undefined : transport.origin;
    const duration = performance.now() - start;
    notify(hooks.onCallEnd, { callId, api, origin, method, path, attempts, startedAt, duration, ...ending });
  };
  try {
    const result = await run();
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
