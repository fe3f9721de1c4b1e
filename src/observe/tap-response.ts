/** What became of a body: all of its bytes, or why they were not kept. */
export type TappedBody = { bytes: readonly Uint8Array[]; size: number } | "tooLarge" | "incomplete";

/**
 * A response like the given one, whose body is reported when it has been read. It is read only as its reader reads it, so
 * that backpressure, aborts and a body that nobody reads are as without it.
 *
 * @param maxSize how many bytes are kept
 */
export function tapResponse(response: Response, maxSize: number, onEnd: (body: TappedBody) => void): Response {
  const source = response.body;
  if (!source || source.locked) return response;
  // Not before the first read: where no Response can be made of this one, it is still whole.
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let bytes: Uint8Array[] | undefined = [];
  let size = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        reader ??= source.getReader();
        try {
          const { done, value } = await reader.read();
          if (!done) {
            size += value.length;
            if (size > maxSize) bytes = undefined;
            bytes?.push(value);
            return controller.enqueue(value);
          }
          controller.close();
          onEnd(bytes ? { bytes, size } : "tooLarge");
        } catch (error) {
          controller.error(error);
          onEnd("incomplete");
        }
      },
      cancel(reason) {
        onEnd(bytes ? "incomplete" : "tooLarge");
        return reader ? reader.cancel(reason) : source.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  const { url, redirected, type } = response;
  const own = { url: { value: url }, redirected: { value: redirected }, type: { value: type } };
  return Object.defineProperties(new Response(body, response), own);
}
