import type { Dispatcher } from "undici";
import type { Chunk, ChunkReader, Exchange } from "../http/exchange.js";
import { UndiciResponse } from "./response.js";

/** How much of a body is buffered before the connection is paused, in bytes. */
const HIGH_WATER_MARK = 64 * 1024;

/** A request that undici sends, the handler of its response, and the reader of its body. */
export class UndiciExchange implements Exchange, ChunkReader, Dispatcher.DispatchHandler {
  readonly response: Promise<UndiciResponse>;
  #resolve!: (response: UndiciResponse) => void;
  #reject!: (reason: unknown) => void;
  readonly #method: string;
  readonly #onEnd: (() => void) | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #hasResponse = false;
  #chunks: Uint8Array[] = [];
  #buffered = 0;
  #reading: { resolve(chunk: Chunk): void; reject(reason: unknown): void } | undefined;
  /** Set when the body is complete, or will not be. */
  #end: { error?: unknown } | undefined;

  /** @param onEnd called when nothing more is received */
  constructor(method: string, onEnd?: () => void) {
    this.#method = method;
    this.#onEnd = onEnd;
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Whether nothing more is received. */
  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  send(dispatcher: Pick<Dispatcher, "dispatch">, options: Omit<Dispatcher.DispatchOptions, "method">): void {
    if (this.#end) return;
    try {
      dispatcher.dispatch({ ...options, method: this.#method }, this);
    } catch (error) {
      this.fail(new TypeError("fetch failed", { cause: error }));
    }
  }

  /** Rejects the response, or the read of its body. */
  fail(error: unknown): void {
    if (this.#end) return;
    this.#end = { error };
    this.#reject(error);
    this.#reading?.reject(error);
    this.#onEnd?.();
  }

  abort(reason: unknown): void {
    this.#chunks = [];
    this.fail(reason);
    this.#controller?.abort(new Error("The request was aborted."));
  }

  read(): Promise<Chunk> {
    const value = this.#chunks.shift();
    if (value) {
      this.#buffered -= value.length;
      if (this.#controller?.paused && this.#buffered < HIGH_WATER_MARK) this.#controller.resume();
      return Promise.resolve({ value });
    }
    if (!this.#end) return new Promise((resolve, reject) => (this.#reading = { resolve, reject }));
    return "error" in this.#end ? Promise.reject(this.#end.error) : Promise.resolve({});
  }

  async cancel(reason?: unknown): Promise<void> {
    if (!this.#end) this.abort(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#end) this.abort(undefined);
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
    statusText = "",
  ): void {
    // Others are informational, and the response is still to come.
    if (status < 200) return;
    this.#hasResponse = true;
    this.#resolve(new UndiciResponse(this, status, statusText, headers));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.#reading) {
      this.#reading.resolve({ value: chunk });
      this.#reading = undefined;
      return;
    }
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    if (this.#buffered >= HIGH_WATER_MARK) controller.pause();
  }

  onResponseEnd(): void {
    this.#end ??= {};
    this.#reading?.resolve({});
    this.#onEnd?.();
  }

  onResponseError(_: Dispatcher.DispatchController, cause: Error): void {
    this.fail(new TypeError(this.#hasResponse ? "terminated" : "fetch failed", { cause }));
  }
}
