import { reasonOf, UnreadableError } from "../unreadable-error.js";
import { MAX_BYTES } from "./source.js";

/** The text of a page. @throws {UnreadableError} */
export function decodePage(bytes: Uint8Array): string {
  if (bytes.byteLength > MAX_BYTES) throw new UnreadableError(`larger than ${MAX_BYTES} bytes`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll("\r\n", "\n");
  } catch {
    throw new UnreadableError("not UTF-8");
  }
}

/** Makes every failure an {@link UnreadableError}. */
export function asUnreadable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UnreadableError ? error : new UnreadableError(reasonOf(error), { cause: error });
  }
}
