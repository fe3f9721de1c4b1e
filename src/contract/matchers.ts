import type { OperationName } from "../../generated/schemas.js";
import { type PayloadOptions, validatePayload } from "./validate-payload.js";

/** For `expect.extend` of Vitest and Jest. */
export const matchers = {
  /** Expects a payload to conform to the spec of an operation. Its message has no values of the payload. */
  toMatchSpec(payload: unknown, operation: OperationName, options?: PayloadOptions) {
    const violations = validatePayload(operation, payload, options);
    const lines = violations.map(
      ({ at, expected, received, count }) =>
        `  ${at || "the payload"} ${expected}, received ${received}${count > 1 ? ` (${count} times)` : ""}`,
    );
    return {
      pass: violations.length === 0,
      message: () =>
        lines.length > 0
          ? [`The payload does not match the spec of ${operation}:`, ...lines].join("\n")
          : `The payload matches the spec of ${operation}, which was not expected.`,
    };
  },
};

interface SpecMatchers<R> {
  /**
   * Expects a payload to conform to the spec of an operation: `expect(body).toMatchSpec("debtCollection.getBatch")`. By default
   * it is a successful response; of a webhook, its body.
   */
  toMatchSpec(operation: OperationName, options?: PayloadOptions): R;
}

declare global {
  // Vitest has this namespace, too.
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: interfaces merge only with the same type parameters.
    interface Matchers<R, T = {}> extends SpecMatchers<R> {}
  }
}

// Users of @jest/globals have this module, others do not. Only a comment of this form is in the declarations, too.
// biome-ignore lint/suspicious/noTsIgnore: with the module there is no error to expect.
/** @ts-ignore */
declare module "expect" {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends SpecMatchers<R> {}
}
