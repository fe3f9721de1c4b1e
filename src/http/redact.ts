/** What stands in the place of a value that must not be shown. */
export const REDACTED = "[redacted]";

/** Shorter ones would be found within words. */
const SHORTEST_SECRET = 6;

/** Removes secrets from a text that a server echoed them in, also as JSON that escapes slashes. */
export function redactSecrets(text: string, secrets: readonly string[] = []): string {
  return secrets
    .filter(({ length }) => length >= SHORTEST_SECRET)
    .flatMap((secret) => [secret, secret.replaceAll("/", "\\/")])
    .reduce((redacted, secret) => redacted.replaceAll(secret, REDACTED), text);
}
