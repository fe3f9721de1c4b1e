import { AmiliError } from "../errors.js";

/** Why a delivery is refused, and the status of the answer that says so. */
export const REFUSALS = {
  invalid_signature: 401,
  too_large: 413,
  incomplete_body: 400,
  invalid_json: 400,
  invalid_event: 400,
} as const;

/** A delivery that cannot be taken. The message names what is wrong and quotes nothing of the body. */
export class WebhookError extends AmiliError {
  declare readonly code: keyof typeof REFUSALS;

  static {
    // On the prototype, so that a minifier that renames the class cannot change what logs say.
    Object.defineProperty(WebhookError.prototype, "name", {
      value: "WebhookError",
      configurable: true,
      writable: true,
    });
  }

  constructor(code: keyof typeof REFUSALS, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}
