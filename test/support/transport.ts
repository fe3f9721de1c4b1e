import type { Fetch } from "amili-client";
import { undiciFetch } from "amili-client/undici";
import type { Dispatcher } from "undici";
import { it } from "vitest";
import { allAt } from "./server.js";

/** The tests of the request path run twice, as vitest.config.ts says: with `fetch` and with `undiciFetch`. */
export const isUndici = process.env.TEST_TRANSPORT === "undici";

/** A test of what only a `fetch` can do. */
export const itOfFetch = it.skipIf(isUndici);

/** Options to reach a server by the transport that is tested. */
export const reaching = (url: string) => ({ baseUrls: allAt(url), ...(isUndici && { fetch: undiciFetch() }) });

/** The transport that is tested, with a stub at its end. */
export const transportTo = (fetch: Fetch): Fetch => (isUndici ? overUndici(fetch) : fetch);

const overUndici = (fetch: Fetch) =>
  undiciFetch({
    dispatcher: {
      dispatch(options, handler) {
        void play(fetch, options, handler);
        return true;
      },
    },
  });

async function play(
  fetch: Fetch,
  { origin, path, method, headers, body }: Dispatcher.DispatchOptions,
  handler: Dispatcher.DispatchHandler,
): Promise<void> {
  const aborting = new AbortController();
  let resume = () => {};
  const controller = {
    aborted: false,
    paused: false,
    reason: null,
    abort(reason: Error) {
      aborting.abort(reason);
      handler.onResponseError?.(this, reason);
    },
    pause() {
      this.paused = true;
    },
    resume() {
      this.paused = false;
      resume();
    },
  };
  handler.onRequestStart?.(controller, {});
  const { signal } = aborting;
  try {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: headers as Record<string, string>,
      ...(body && { body: body as string }),
      signal,
    });
    const reader = response.body?.getReader();
    // A body that the abort has broken cannot be cancelled any more.
    signal.addEventListener("abort", () => reader?.cancel(signal.reason).catch(() => {}));
    if (signal.aborted) return await reader?.cancel();
    handler.onResponseStart?.(controller, response.status, Object.fromEntries(response.headers), response.statusText);
    for (;;) {
      const { value } = (await reader?.read()) ?? {};
      if (signal.aborted) return;
      if (!value) break;
      handler.onResponseData?.(controller, Buffer.from(value));
      if (controller.paused) await new Promise<void>((resolve) => (resume = resolve));
    }
    handler.onResponseEnd?.(controller, {});
  } catch (error) {
    // What `fetch` wraps.
    const cause = error instanceof TypeError && error.cause instanceof Error ? error.cause : error;
    handler.onResponseError?.(controller, cause as Error);
  }
}
