import { pipeline, Readable } from "node:stream";
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";
import type { ChunkReader } from "../http/exchange.js";

// As lenient as `fetch`, curl and browsers: what a body lacks at its end is no error.
const ZLIB = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH };

const DECODERS = {
  gzip: () => createGunzip(ZLIB),
  "x-gzip": () => createGunzip(ZLIB),
  // Some servers leave out the header that "deflate" should have.
  deflate: ([first = 0]: Uint8Array) => ((first & 15) === 8 ? createInflate(ZLIB) : createInflateRaw(ZLIB)),
  br: () => createBrotliDecompress(BROTLI),
};
type Coding = keyof typeof DECODERS;

/** The limit of `fetch`: decoders in a chain multiply what a small body becomes. */
const MAX_CODINGS = 5;

/** Decompresses a body; one in an unknown coding stays as it is, as with `fetch`. */
export function decompress(compressed: ChunkReader, contentEncoding: string): ChunkReader {
  const codings = contentEncoding.toLowerCase().split(/\s*,\s*/);
  if (!codings.every((coding): coding is Coding => Object.hasOwn(DECODERS, coding))) return compressed;
  const chunks = decompressed(compressed, codings);
  return {
    read: () => chunks.next(),
    cancel: async (reason) => {
      await compressed.cancel(reason);
      await chunks.return(undefined);
    },
  };
}

async function* decompressed(reader: ChunkReader, codings: Coding[]): AsyncGenerator<Uint8Array, undefined> {
  if (codings.length > MAX_CODINGS) {
    await reader.cancel();
    throw new TypeError(`The body has more than ${MAX_CODINGS} content codings.`);
  }
  const { value: first } = await reader.read();
  // The response to a HEAD request names the coding of a body that it does not have.
  if (!first) return;
  async function* read(chunk: Uint8Array | undefined) {
    for (; chunk; { value: chunk } = await reader.read()) yield chunk;
  }
  let stream = Readable.from(read(first));
  for (const coding of codings.reverse()) {
    stream = pipeline(stream, DECODERS[coding](first), (error) => {
      if (error) reader.cancel(error).catch(() => {});
    });
  }
  yield* stream;
}
