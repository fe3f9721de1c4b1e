import type { FileHandle } from "node:fs/promises";
import { MAX_LINE } from "./journal-format.js";

const NEWLINE = 0x0a;
/** Lines nearer to each other than this are read at once. */
const WINDOW = 64 * 1024;

export interface Line {
  text: string;
  /** Of the first byte in the file. */
  offset: number;
  /** Of the byte after the line. */
  end: number;
}

/**
 * The lines of a file that end with a newline, as many at a time as fit a buffer. A line longer than `MAX_LINE` comes in
 * pieces, none of which is valid JSON.
 */
export async function* lineBatches(file: FileHandle): AsyncGenerator<Line[], void, undefined> {
  const buffer = Buffer.allocUnsafe(MAX_LINE);
  let start = 0;
  let filled = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, start + filled);
    if (bytesRead === 0) return;
    filled += bytesRead;
    const content = buffer.subarray(0, filled);
    const lines: Line[] = [];
    let from = 0;
    for (let end = content.indexOf(NEWLINE); end !== -1; end = content.indexOf(NEWLINE, from)) {
      lines.push({ text: content.toString("utf8", from, end), offset: start + from, end: start + end + 1 });
      from = end + 1;
    }
    if (from === 0 && filled === buffer.length) {
      lines.push({ text: content.toString(), offset: start, end: start + filled });
      from = filled;
    }
    yield lines;
    content.copyWithin(0, from);
    start += from;
    filled -= from;
  }
}

/** Reads lines at increasing offsets, those within 64 KB at once. */
export class LineReader {
  readonly #file: FileHandle;
  #window = Buffer.alloc(0);
  #start = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** The line from an offset; without its end if there is no newline. */
  async lineAt(offset: number): Promise<string> {
    for (const size of [0, WINDOW, MAX_LINE]) {
      if (size > 0) await this.#read(offset, size);
      const from = offset - this.#start;
      const end = this.#window.indexOf(NEWLINE, from);
      if (end !== -1) return this.#window.toString("utf8", from, end);
    }
    return "";
  }

  async #read(offset: number, size: number): Promise<void> {
    const buffer = Buffer.allocUnsafe(size);
    const { bytesRead } = await this.#file.read(buffer, 0, size, offset);
    this.#window = buffer.subarray(0, bytesRead);
    this.#start = offset;
  }
}
