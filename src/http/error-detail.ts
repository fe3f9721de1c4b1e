import { REDACTED } from "./redact.js";

const MAX_LENGTH = 300;
/** A longer text is no message. */
const MAX_SOURCE_LENGTH = 4_096;
const MAX_MESSAGES = 10;
const MAX_DEPTH = 4;

/** Where APIs put the reason, most general first: RFC 9457, OAuth, ASP.NET and others. No page of Amili's shows an error body. */
const MESSAGE_FIELDS = ["message", "title", "detail", "error", "error_description", "errors"];
/** What a message of a list is about. */
const SUBJECT_FIELDS = ["field", "property", "path", "code"];

const PERSONAL = [/eyJ[\w-]+(\.[\w-]+)+/g, /[\p{L}\p{N}_.+-]+@[\p{L}\p{N}_.-]+/gu, /\d{5,}/g];

/**
 * Why the server refused a request, from the body of its response: at most 300 characters, without the values that were
 * sent, e-mail addresses, tokens and runs of five digits or more.
 */
export function describeErrorBody(body: unknown, sentValues: Iterable<string>): string | undefined {
  const messages = [...new Set(messagesOf(body, MAX_DEPTH))].slice(0, MAX_MESSAGES);
  const text = messages.join("; ");
  if (text === "" || text.length > MAX_SOURCE_LENGTH) return undefined;
  const redacted = PERSONAL.reduce(
    (redacted, pattern) => redacted.replace(pattern, REDACTED),
    removeValues(text, sentValues),
  );
  return redacted.length > MAX_LENGTH ? `${redacted.slice(0, MAX_LENGTH - 1)}…` : redacted;
}

function* messagesOf(value: unknown, depth: number): Generator<string> {
  if (typeof value === "string") {
    const text = value.replace(/[\s\p{C}]+/gu, " ").trim();
    // A page of HTML is for browsers.
    if (text !== "" && !text.startsWith("<")) yield text;
  } else if (depth > 0 && Array.isArray(value)) {
    for (const part of value.slice(0, MAX_MESSAGES)) yield* messagesOf(part, depth - 1);
  } else if (depth > 0 && typeof value === "object" && value !== null) {
    yield* messagesOfObject(value as Record<string, unknown>, depth);
  }
}

function* messagesOfObject(value: Record<string, unknown>, depth: number): Generator<string> {
  const subject = SUBJECT_FIELDS.map((name) => value[name]).find((part) => typeof part === "string");
  const prefix = subject === undefined || depth === MAX_DEPTH ? "" : `${subject}: `;
  for (const name of MESSAGE_FIELDS) {
    const part = value[name];
    if (name === "errors" && typeof part === "object" && part !== null && !Array.isArray(part)) {
      // Messages by field.
      for (const [field, reasons] of Object.entries(part).slice(0, MAX_MESSAGES)) {
        for (const message of messagesOf(reasons, depth - 1)) yield `${field}: ${message}`;
      }
    } else {
      for (const message of messagesOf(part, depth - 1)) yield `${prefix}${message}`;
    }
  }
}

function removeValues(text: string, values: Iterable<string>): string {
  const lower = text.toLowerCase();
  const found = new Set([...values].filter((value) => value.trim() !== "" && lower.includes(value.toLowerCase())));
  if (found.size === 0) return text;
  // The longest first, or a shorter one that it contains would leave the rest of it.
  const patterns = [...found].sort((a, b) => b.length - a.length).map(patternOf);
  return text.replace(new RegExp(patterns.join("|"), "giu"), REDACTED);
}

/** A short value only as a word of its own, or "1" would be found in "2018". */
function patternOf(value: string): string {
  const escaped = value.replace(/[\^$\\.*+?()[\]{}|/]/g, "\\$&");
  return value.length > 3 ? escaped : `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`;
}
