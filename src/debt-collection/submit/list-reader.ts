import type { CallOptions } from "../../call.js";
import { PaginationError } from "../../errors.js";
import { ReadRetry } from "./failure.js";
import type { Pages } from "./types.js";

/**
 * The pages of a list. A page that fails is read again until the read fails for good, so that nothing before it is. A
 * response without a list does not prove that an item is missing, and an entry that is no object is none.
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
          if (!page.done) requireList(page.value.body);
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

function requireList(body: { data?: unknown } | undefined): void {
  if (!Array.isArray(body?.data)) throw new PaginationError("missing_list", "The response contained no list.");
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
