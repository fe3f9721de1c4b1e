import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";

/** An Ajv for the schemas of the specs. */
export function createAjv(): Ajv2020 {
  // The specs are checked by their own tests; here it would only take time.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  formats.default(ajv);
  return ajv;
}
