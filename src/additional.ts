/**
 * Undocumented fields, to spread into an input, whose type accepts the documented fields only:
 * `{ invoiceNumber: "INV-1", ...additional({ debtor: { postalCode: "0155" } }) }`. They are sent as given.
 */
export const additional = (fields: object): object => fields;

/** What the compiler names where items have fields that the API does not document. */
export interface UndocumentedFields<Names> {
  "leave them out, or spread them with additional()": Names;
}

/** Items are sent whole, so those of a wider type would send fields that the API does not document. */
export type DocumentedOnly<Item, Input> = string extends keyof Item
  ? unknown
  : [Exclude<keyof Item, keyof Input>] extends [never]
    ? unknown
    : UndocumentedFields<Exclude<keyof Item, keyof Input>>;
