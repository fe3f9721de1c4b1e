import type { Fetch } from "./exchange.js";

const platformWrappers = new WeakSet<Fetch>();

/** The platform's fetch, looked up when a call is made, so that a mock installed later is used. */
const platformFetch: Fetch = (url, init) => globalThis.fetch(url, init);

/** The fetch that was passed, or else the platform's; that also if it was passed, since a mock may replace it later. */
export const orPlatformFetch = (fetch: Fetch | undefined): Fetch =>
  fetch === undefined || fetch === globalThis.fetch ? platformFetch : fetch;

/** Whether a fetch sends by the platform's own, which may repeat a request by itself. */
export const isPlatformFetch = (fetch: Fetch): boolean => fetch === platformFetch || platformWrappers.has(fetch);

/**
 * Wraps a fetch, or else the platform's. A wrapper of the platform's sends a request again where that does, and so needs the
 * same protection. A function of the user's own is trusted not to.
 */
export function wrapFetch(fetch: Fetch | undefined, wrap: (inner: Fetch) => Fetch): Fetch {
  const inner = orPlatformFetch(fetch);
  const wrapper = wrap(inner);
  if (isPlatformFetch(inner)) platformWrappers.add(wrapper);
  return wrapper;
}
