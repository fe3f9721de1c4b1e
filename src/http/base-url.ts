import { ConfigurationError } from "../errors.js";

/** Not `*.localhost`, which a resolver may send elsewhere. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export const isLoopback = (url: string) => URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);

/**
 * Checks a base URL and returns it without a trailing slash. It receives tokens, so it must be `https:`; `http:` is
 * allowed for loopback only.
 */
export function checkBaseUrl(option: string, value: string): string {
  const refuse = (problem: string) =>
    new ConfigurationError(
      "invalid_option",
      `${option} must be an https URL such as "https://api.amili.no/arm/v1"; ${problem}.`,
    );
  const url = URL.canParse(value) ? new URL(value) : undefined;
  // The value is not quoted where it may hold a password or key.
  if (url?.username || url?.password || /[?#]/.test(value)) {
    throw refuse("the given one has a user name, password, query or fragment");
  }
  if (!url) throw refuse(/@/.test(value) ? "the given one is not a URL" : `"${value}" is not a URL`);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(value))) {
    throw refuse(`"${value}" would send tokens over ${url.protocol} (http: is allowed on loopback only)`);
  }
  return url.href.replace(/\/+$/, "");
}
