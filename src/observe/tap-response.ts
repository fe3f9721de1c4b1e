/** What became of a body: all of its bytes, or why they were not kept. */
export type TappedBody = { bytes: readonly Uint8Array[] } | "tooLarge" | "incomplete";

/**
 * A response like the given one, whose body is reported when it has been read. It is read only as its reader reads it, so
 * that backpressure, aborts and a body that nobody reads are as without it.
 *
 * @param maxSize how many bytes are kept
 */
export function tapResponse(response: Response, maxSize: number, onEnd: (body: TappedBody) => void): Response {
  if (!response.body) {
    onEnd({ bytes: [] });
    return response;
  }
  const reader = response.body.getReader();
  let bytes: Uint8Array[] | undefined = [];
  let size = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) {
            size += value.length;
            if (size > maxSize) bytes = undefined;
            bytes?.push(value);
            return controller.enqueue(value);
          }
          controller.close();
          onEnd(bytes ? { bytes } : "tooLarge");
        } catch (error) {
          controller.error(error);
          onEnd("incomplete");
        }
      },
      cancel(reason) {
        onEnd(bytes ? "incomplete" : "tooLarge");
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  const { url, redirected, type } = response;
  const tapped = new Response(body, response);
  return Object.defineProperties(tapped, { url: { value: url }, redirected: { value: redirected }, type: { value: type } });
}
