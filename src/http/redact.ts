/** What stands in the place of a value that must not be shown. */
export const REDACTED = "[redacted]";

/** Shorter ones would be found within words. */
const SHORTEST_SECRET = 6;

/** Removes secrets from a text that quotes them, also as JSON with escaped slashes and as a part of a form. */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter(({ length }) => length >= SHORTEST_SECRET)
    .flatMap((secret) => [secret, secret.replaceAll("/", "\\/"), formEncode(secret)])
    .reduce((redacted, secret) => redacted.replaceAll(secret, REDACTED), text);
}

const formEncode = (value: string) => new URLSearchParams([["", value]]).toString().slice(1);
