import type { AmiliOptions } from "amili-client";
import type { Result, Step } from "./scenario.js";

/** The scenario as a classic script with the global `scenario`. The bundler writes it here. */
declare const SCENARIO_SCRIPT: string;

type Scenario = typeof import("./scenario.js");

/** What a program in another realm is given: test runners and edge runtimes do the same. */
const SHARED = [
  ...["Headers", "Request", "Response", "FormData", "Blob", "URL", "URLSearchParams", "TextEncoder", "TextDecoder"],
  ...["AbortController", "AbortSignal", "DOMException", "ReadableStream", "TransformStream", "Event", "EventTarget"],
  ...["performance", "console", "crypto", "process", "Bun", "Deno"],
].filter((name) => name in globalThis);

/** Runs the scenario with the platform's objects where `instanceof Object` knows none of them: in an iframe or a vm context. */
export async function run(step: Step, options: AmiliOptions): Promise<Result> {
  const shared: Record<string, unknown> = Object.fromEntries(
    SHARED.map((name) => [name, Reflect.get(globalThis, name)]),
  );
  // Bound: called on another global object, a browser refuses them.
  Object.assign(shared, {
    fetch: fetch.bind(globalThis),
    setTimeout: setTimeout.bind(globalThis),
    clearTimeout: clearTimeout.bind(globalThis),
  });
  const evaluate = "document" in globalThis ? inIframe(shared) : inContext(shared);
  if (evaluate("Headers") instanceof (evaluate("Object") as ObjectConstructor))
    throw new Error("It is the same realm.");
  evaluate(SCENARIO_SCRIPT);
  return (evaluate("scenario") as Scenario).run(step, options);
}

type Evaluate = (code: string) => unknown;

function inContext(shared: object): Evaluate {
  const { createContext, runInContext } = process.getBuiltinModule("node:vm");
  const context = createContext(shared);
  return (code) => runInContext(code, context);
}

function inIframe(shared: Record<string, unknown>): Evaluate {
  const frame = document.body.appendChild(document.createElement("iframe")).contentWindow as Window & typeof globalThis;
  for (const [name, value] of Object.entries(shared)) Object.defineProperty(frame, name, { value });
  return (code) => frame.eval(code);
}
