import { AmiliError, type WebhookErrorCode } from "../errors.js";

/**
 * A delivery was refused, or `onEvent` exceeded its time limit (`timeout`). The message says what is wrong and quotes nothing
 * of the body.
 */
export class WebhookError extends AmiliError {
  declare readonly code: WebhookErrorCode;

  static {
    // On the prototype, so that a minifier that renames the class does not change what logs say.
    Object.defineProperty(WebhookError.prototype, "name", {
      value: "WebhookError",
      configurable: true,
      writable: true,
    });
  }

  constructor(code: WebhookErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}
