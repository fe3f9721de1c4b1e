/** A rule of the spec that a body breaks, at one kind of place. It has no values of the body. */
export interface Violation {
  /** The place: `data[].summary.total`; the body itself is `""`. `{}` stands for a name that may be a value. */
  at: string;
  /** The keyword of JSON Schema: `type`, `required`, `format`. */
  rule: string;
  /** What the spec expects: `must be number`. */
  expected: string;
  /** The JSON type of what is there. */
  received: string;
  /** The number of such places in the body. */
  count: number;
}
