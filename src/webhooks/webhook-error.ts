import { AmiliError } from "../errors.js";

/** A delivery was refused. The message says what is wrong with it and quotes nothing of the body. */
export class WebhookError extends AmiliError {
  declare readonly code: "invalid_signature" | "too_large" | "incomplete_body" | "invalid_json" | "invalid_event";

  static {
    // On the prototype, so that a minifier that renames the class does not change what logs say.
    Object.defineProperty(WebhookError.prototype, "name", {
      value: "WebhookError",
      configurable: true,
      writable: true,
    });
  }

  constructor(code: WebhookError["code"], message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}
