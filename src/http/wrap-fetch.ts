import type { Fetch } from "./attempt.js";

/** The platform's fetch, looked up when a call is made, so that a mock installed later is used. */
export const platformFetch: Fetch = (url, init) => globalThis.fetch(url, init);

/** On a fetch that sends with the platform's. Registered, so that other copies of this package find it. */
const USES_PLATFORM = Symbol.for("amili-client.usesPlatformFetch");

/** Whether requests go out through the platform's own `fetch`, which may repeat them by itself. */
export const usesPlatform = (fetch: Fetch | undefined): boolean =>
  fetch === undefined || fetch === globalThis.fetch || fetch === platformFetch || USES_PLATFORM in fetch;

/**
 * A `fetch` around another one, by default the platform's. It must pass on the options that it is given: where the platform's
 * sends the requests, the client prepares them as without the wrapper.
 */
export function wrapFetch(inner: Fetch | undefined, wrap: (fetch: Fetch) => Fetch): Fetch {
  const fetch = wrap(inner === undefined || inner === globalThis.fetch ? platformFetch : inner);
  return usesPlatform(inner) ? Object.assign(fetch, { [USES_PLATFORM]: true }) : fetch;
}
