import { WebhookError } from "./webhook-error.js";

/**
 * Runs a function with a signal. After `timeout` ms the signal aborts and the result is a `WebhookError` that is also the
 * signal's reason. What the function throws later is reported, since nobody waits for it any more.
 */
export async function runWithin(
  timeout: number | undefined,
  run: (signal: AbortSignal) => unknown,
  report: (error: unknown) => void,
): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  if (timeout === undefined) {
    await run(signal);
    return;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const reason = new WebhookError("timeout", `onEvent took longer than ${timeout} ms`);
      reject(reason);
      controller.abort(reason);
    }, timeout);
  });
  const running = (async () => run(signal))();
  running.catch((error: unknown) => {
    if (signal.aborted && error !== signal.reason) report(error);
  });
  try {
    await Promise.race([running, limit]);
  } finally {
    clearTimeout(timer);
  }
}
