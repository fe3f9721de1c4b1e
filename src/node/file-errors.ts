/** Whether a file operation failed with this code. Not by class: test runners give modules an `Error` of their own. */
export function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}

/** For `catch`: a missing file gives `undefined`. */
export function ignoreMissing(error: unknown): undefined {
  if (!hasCode(error, "ENOENT")) throw error;
}
