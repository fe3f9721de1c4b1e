import type { CallOptions } from "../../../call.js";
import { ReadRetry } from "../failure.js";
import type { Pages } from "../types.js";

/**
 * The pages of a list. A page that fails is read again until the read fails for good, so that nothing before it is. An
 * entry that is no object is none.
 */
export async function* readPages<Entry extends object>(
  list: (options: CallOptions & { cursor?: string }) => Pages<Entry>,
  options: CallOptions & { signal: AbortSignal },
): AsyncGenerator<Entry[], void, undefined> {
  const retry = new ReadRetry(options.signal);
  let cursor: string | undefined;
  for (;;) {
    const pages = list({ ...options, ...(cursor !== undefined && { cursor }) })
      .pages()
      [Symbol.asyncIterator]();
    try {
      for (;;) {
        let page: Awaited<ReturnType<typeof pages.next>>;
        try {
          page = await pages.next();
        } catch (error) {
          await retry.failed(error);
          break;
        }
        if (page.done) return;
        retry.succeeded();
        yield page.value.items.filter(isObject);
        cursor = page.value.cursor;
        if (cursor === undefined) return;
      }
    } finally {
      await pages.return?.();
    }
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
