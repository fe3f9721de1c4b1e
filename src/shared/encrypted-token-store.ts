import { ConfigurationError } from "../errors.js";
import type { TokenStore } from "../http/token-store.js";

/** A key of AES-GCM: 32 bytes, or a `CryptoKey` with the usages `encrypt` and `decrypt`. */
export type EncryptionKey = Uint8Array | CryptoKey;

/** Bytes of a nonce, as AES-GCM recommends. A random one for each value is unique enough for 2^32 of them. */
const NONCE_SIZE = 12;

/**
 * Encrypts the tokens in a store with AES-GCM. A value that cannot be decrypted, or that belongs to another key of the
 * store, counts as absent.
 *
 * @param keys the first encrypts, all decrypt: to replace a key, put the new one before it
 * @throws {ConfigurationError} when a key is invalid
 */
export function encryptedTokenStore(store: TokenStore, keys: EncryptionKey | readonly EncryptionKey[]): TokenStore {
  const list = [keys].flat() as EncryptionKey[];
  if (list.length === 0 || !list.every(isKey)) {
    throw new ConfigurationError("invalid_option", "Each encryption key must have 32 bytes, or be a CryptoKey.");
  }
  // Copies: the caller may erase its own. Imported later, since some platforms do no such work while a module is loaded.
  const given = list.map((key) => (ArrayBuffer.isView(key) ? new Uint8Array(key) : key));
  let imported: Promise<[CryptoKey, ...CryptoKey[]]> | undefined;
  const cryptoKeys = () => {
    imported ??= Promise.all(given.map(importKey)) as Promise<[CryptoKey, ...CryptoKey[]]>;
    return imported;
  };
  const lock = store.lock?.bind(store);
  return {
    async get(key) {
      const value = await store.get(key);
      const bytes = typeof value === "string" ? fromBase64(value) : undefined;
      if (!bytes) return undefined;
      for (const cryptoKey of await cryptoKeys()) {
        const parameters = parametersOf(key, bytes.subarray(0, NONCE_SIZE));
        const text = await crypto.subtle
          .decrypt(parameters, cryptoKey, bytes.subarray(NONCE_SIZE))
          .catch(() => undefined);
        if (text) return new TextDecoder().decode(text);
      }
      return undefined;
    },
    async set(key, value, ttl) {
      const [cryptoKey] = await cryptoKeys();
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE_SIZE));
      const text = new TextEncoder().encode(value);
      const encrypted = new Uint8Array(await crypto.subtle.encrypt(parametersOf(key, nonce), cryptoKey, text));
      return store.set(key, btoa(String.fromCharCode(...nonce, ...encrypted)), ttl);
    },
    delete: (key) => store.delete(key),
    ...(lock && { lock }),
  };
}

/** The key of the store is authenticated, so that no value can stand in the place of another. */
const parametersOf = (key: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams => ({
  name: "AES-GCM",
  iv,
  additionalData: new TextEncoder().encode(key),
});

/** Not `instanceof`: both may belong to another realm, such as a test's. */
const isKey = (key: EncryptionKey) => (ArrayBuffer.isView(key) ? key.byteLength === 32 : Object(key).type === "secret");

const importKey = async (key: Uint8Array<ArrayBuffer> | CryptoKey): Promise<CryptoKey> =>
  ArrayBuffer.isView(key) ? crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]) : key;

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
