interface Encoding {
  encode(bytes: Uint8Array): string;
  /** `undefined` where the text is not of this encoding. */
  decode(text: string): Uint8Array | undefined;
}

const base64: Encoding = {
  encode: (bytes) => btoa(String.fromCharCode(...bytes)),
  decode(text) {
    try {
      return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    } catch {
      return undefined;
    }
  },
};

/** How the bytes of a signature are written. */
export const ENCODINGS: Record<"hex" | "base64" | "base64url", Encoding> = {
  hex: {
    encode: (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""),
    decode: (text) =>
      /^([0-9a-f]{2})*$/i.test(text)
        ? Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
        : undefined,
  },
  base64,
  base64url: {
    encode: (bytes) => base64.encode(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, ""),
    decode: (text) =>
      /^[\w-]*=*$/.test(text) ? base64.decode(text.replaceAll("-", "+").replaceAll("_", "/")) : undefined,
  },
};
