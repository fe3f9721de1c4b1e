/** Bytes; the default of `maxResponseSize`. */
const MAX_BODY = 64 * 1024 * 1024;

/**
 * A response with the same content, whose text is known as soon as the reader of its body has come to the end. Not a clone:
 * that would be read whether or not the other is, and keep what the other has not read.
 *
 * @param onText not called for a body that breaks off, is cancelled, or is longer than 64 MiB
 */
export function tapText(response: Response, onText: (text: string) => void): Response {
  if (!response.body) return response;
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let size = 0;
  const tap = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size <= MAX_BODY) parts.push(decoder.decode(chunk, { stream: true }));
      else parts = [];
      controller.enqueue(chunk);
    },
    flush() {
      if (size <= MAX_BODY) onText(parts.join("") + decoder.decode());
    },
  });
  const tapped = new Response(response.body.pipeThrough(tap), response);
  return Object.defineProperty(tapped, "url", { value: response.url });
}
